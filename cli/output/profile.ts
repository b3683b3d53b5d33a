import { formatMailbox } from '../../shared/address.ts';
import { adviceOn } from '../../shared/advice.ts';
import { hostPort } from '../../shared/host.ts';
import type { StoredProfile } from '../../shared/library.ts';
import { type ProfileSettings, settingsOf } from '../../shared/profile.ts';
import type { SecretState } from '../../shared/secrets.ts';
import { fixCommand } from '../fix-command.ts';
import { indented, pad } from './layout.ts';
import { safe } from './safe.ts';
import type { Style } from './style.ts';

/** What `--json` prints of a stored profile: the stored form, its id in front, and the advice on it. */
export function profileJson(stored: StoredProfile): Record<string, unknown> {
  return { id: stored.profile.id, ...stored, advice: adviceOn(settingsOf(stored.profile)) };
}

/** A profile as labelled lines; what is not set is left out. */
export function profileLines(stored: StoredProfile, style: Style, columns: number): string[] {
  const { profile } = stored;
  const rows: [label: string, value: string][] = [
    ['Id', `${profile.id} (revision ${stored.revision})`],
    ['Status', profile.status],
    ['Environment', profile.environment ?? ''],
    ['For', profile.organizations.join(', ')],
    ['Provider', profile.provider === 'custom' ? '' : profile.provider],
    ...settingRows(profile),
    ...stored.secrets.map((state): [string, string] => [`Secret ${state.kind}`, secretWords(state)]),
    ['Notes', profile.notes.replaceAll('\n', ' ')],
    ['Changed', `${profile.updated.at} by ${profile.updated.by}`],
  ];
  const shown = rows.filter(([, value]) => value !== '');
  return [
    style.bold(safe(profile.name)),
    ...shown.map(([label, value]) => `  ${style.dim(pad(label, 22))}${safe(value)}`),
    ...adviceLines(profile.id, settingsOf(profile), style, columns),
  ];
}

/** What is stored of a secret, in words. */
export function secretWords({ storage, available, matchesDestination }: SecretState): string {
  if (!matchesDestination) return 'kept for another destination; asked for here';
  if (storage === 'ask') return 'asked for each time';
  if (storage === 'session') return available ? 'kept for this session' : 'was kept for an earlier session';
  return available ? 'in the keychain' : 'in the keychain, not readable now';
}

/** The advice on settings, each with the command that follows it. */
export function adviceLines(id: string, settings: ProfileSettings, style: Style, columns: number): string[] {
  return adviceOn(settings).flatMap((advice) => {
    const icon = advice.severity === 'warning' ? style.warned(style.icons.warned) : style.dim(style.icons.bullet);
    const text = indented(safe(advice.text), 2, Math.min(columns, 100)).trimStart();
    const lines = [`${icon} ${text}`];
    if (advice.fix) lines.push(`    ${safe(advice.fix.label)}: ${style.accent(fixCommand(id, advice.fix))}`);
    return lines;
  });
}

function settingRows({ server, tls, signIn, sender, testRecipient }: ProfileSettings): [string, string][] {
  const withTls = server.security !== 'none';
  const proxy =
    server.proxy.kind === 'none' ? '' : `${server.proxy.kind} ${hostPort(server.proxy.host, server.proxy.port)}`;
  return [
    ['Server', `${hostPort(server.host, server.port)}, ${server.security}`],
    ['Proxy', proxy],
    ['EHLO name', server.ehloName],
    ['Certificate', withTls ? (tls.verifyCertificate ? 'checked' : 'not checked') : ''],
    ['Certificate name', tls.serverName],
    ['Private CA', tls.caPem === '' ? '' : 'set'],
    ['Client certificate', tls.clientCertificatePem === '' ? '' : 'set'],
    ['Oldest TLS', withTls ? tls.minVersion : ''],
    [
      'Sign-in',
      signIn.method === 'none'
        ? 'none'
        : `${signIn.method} as ${signIn.username || '(no user name)'}, ${signIn.mechanism}`,
    ],
    ['From', formatMailbox(sender.from)],
    ['Reply-To', formatMailbox(sender.replyTo)],
    ['Envelope from', sender.envelopeFrom],
    ['Errors-To', sender.errorsTo],
    ['Cc', sender.cc.join(', ')],
    ['Bcc', sender.bcc.join(', ')],
    ['Headers', sender.headers.map(({ name, value }) => `${name}: ${value}`).join('; ')],
    ['Test recipient', testRecipient],
  ];
}
