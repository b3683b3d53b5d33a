import { emptyDocument, textOf } from '../../engine/profiles/document.ts';
import { newEntry, withAdded } from '../../engine/profiles/entries.ts';
import { emptySettings, type ProfileSettings } from '../../shared/profile.ts';

const SITES = ['production', 'staging', 'invoices', 'alerts', 'helpdesk', 'newsletter', 'backup', 'archive'];
const PRODUCTS = ['Mattermost', 'Keycloak', 'GitLab', 'Grafana', 'Jenkins', 'Zabbix'];
const ORGANIZATIONS = 200;

/** The text of a library file with `count` profiles of 200 organisations. */
export function largeLibrary(count: number): string {
  const stamp = { at: '2026-11-21T09:00:00.000Z', by: 'ada' };
  const entries = Array.from({ length: count }, (_, index) => newEntry(settingsOf(index), {}, stamp));
  const added = withAdded(emptyDocument(1), entries);
  if (!added.ok) throw new Error(added.error.code);
  return textOf(added.value);
}

function settingsOf(index: number): ProfileSettings {
  const settings = emptySettings();
  const name = `${PRODUCTS[index % PRODUCTS.length]} ${SITES[index % SITES.length]} ${index}`;
  const organization = `Organisation ${String(index % ORGANIZATIONS).padStart(3, '0')}`;
  return {
    ...settings,
    name,
    organizations: index % 10 === 0 ? [] : [organization],
    status: index % 7 === 0 ? 'inactive' : 'active',
    notes: index % 5 === 0 ? 'Ask the network team before the port is changed.' : '',
    server: { ...settings.server, host: `mail${index % 1_000}.site${index % 40}.example` },
    signIn: { ...settings.signIn, method: 'none' },
    sender: { ...settings.sender, from: { address: `app${index}@site${index % 40}.example`, name: 'Application' } },
  };
}
