import type { TargetInfo } from '../../../shared/target.ts';

/** The groups of the product picker, each with its targets in order. */
export const PRODUCT_GROUPS = {
  collaboration: ['mattermost', 'rocketchat', 'nextcloud', 'discourse', 'mastodon'],
  identity: ['keycloak', 'authentik', 'zerothreat', 'keepnet', 'vaultwarden'],
  monitoring: ['grafana', 'helm-grafana', 'alertmanager', 'zabbix', 'sentry', 'homeassistant'],
  development: ['gitlab', 'gitea', 'jenkins', 'sonarqube', 'redmine'],
  business: ['odoo', 'zuora', 'metabase', 'n8n'],
  frameworks: ['nodemailer', 'spring-properties', 'spring-yaml', 'django', 'laravel'],
  anything: ['env', 'compose', 'kubernetes', 'ansible', 'postfix', 'msmtp'],
} as const satisfies Record<string, readonly string[]>;

/** A group of {@link PRODUCT_GROUPS}, the products that the profile is for, or what is in none. */
export type ProductGroupId = keyof typeof PRODUCT_GROUPS | 'preferred' | 'other';

/** The products under one heading. */
export interface ProductGroup {
  id: ProductGroupId;
  targets: readonly TargetInfo[];
}

/** Targets that match what was typed: every word is in the name, the file name or the summary. */
export function matchingTargets(targets: readonly TargetInfo[], typed: string): TargetInfo[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return targets.filter(({ name, fileName, summary }) => {
    const text = `${name}\n${fileName}\n${summary}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Targets by group, those that the profile is for first; each stands once, and a group without any is left out. */
export function groupedTargets(targets: readonly TargetInfo[], preferred: readonly string[]): ProductGroup[] {
  const left = new Map(targets.map((target) => [target.id, target]));
  const take = (ids: readonly string[]) =>
    ids.flatMap((id) => {
      const target = left.get(id);
      left.delete(id);
      return target ? [target] : [];
    });
  const groups: ProductGroup[] = [
    { id: 'preferred', targets: take(preferred) },
    ...Object.entries(PRODUCT_GROUPS).map(([id, ids]) => ({ id: id as ProductGroupId, targets: take(ids) })),
  ];
  return [...groups, { id: 'other' as const, targets: [...left.values()] }].filter(
    ({ targets: some }) => some.length > 0,
  );
}
