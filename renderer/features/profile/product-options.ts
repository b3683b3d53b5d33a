import { form as text } from '../../text.ts';

/** How one product option is edited. */
export interface ProductOption {
  key: string;
  kind: 'switch' | 'text' | 'number' | 'choice' | 'pairs';
  /** For `choice`. */
  values?: readonly string[];
  /** For `number`, where it counts something. */
  unit?: string;
}

/** A product with options of its own, by its key in the settings. */
export interface ProductGroup {
  id: 'mattermost' | 'keycloak' | 'keepnet' | 'zuora';
  name: string;
  options: readonly ProductOption[];
}

const switches = (...keys: string[]): ProductOption[] => keys.map((key) => ({ key, kind: 'switch' }));
const texts = (...keys: string[]): ProductOption[] => keys.map((key) => ({ key, kind: 'text' }));
const number = (key: string, unit?: string): ProductOption => ({ key, kind: 'number', ...(unit && { unit }) });

/** Every option that only one product knows, under the product's own names, as in shared/profile.ts. */
export const PRODUCT_GROUPS: readonly ProductGroup[] = [
  {
    id: 'mattermost',
    name: 'Mattermost',
    options: [
      ...switches('EnableSignUpWithEmail', 'EnableSignInWithEmail', 'EnableSignInWithUsername'),
      ...switches('UseChannelInEmailNotifications', 'RequireEmailVerification'),
      ...texts('FeedbackOrganization'),
      ...switches('SendPushNotifications'),
      ...texts('PushNotificationServer', 'PushNotificationContents'),
      number('PushNotificationBuffer', text.units.notifications),
      ...switches('EnableEmailBatching'),
      number('EmailBatchingBufferSize', text.units.mails),
      number('EmailBatchingInterval', text.seconds),
      ...switches('EnablePreviewModeBanner'),
      { key: 'EmailNotificationContentsType', kind: 'choice', values: ['full', 'generic'] },
      ...texts('LoginButtonColor', 'LoginButtonBorderColor', 'LoginButtonTextColor'),
      ...switches('EnableSecurityFixAlert'),
    ],
  },
  {
    id: 'keycloak',
    name: 'Keycloak',
    options: [
      ...texts('realm'),
      ...switches('allowutf8', 'debug'),
      number('timeout', text.units.milliseconds),
      number('writeTimeout', text.units.milliseconds),
    ],
  },
  {
    id: 'keepnet',
    name: 'Keepnet',
    options: [
      { key: 'serviceProvider', kind: 'choice', values: ['Gsuite', 'O365', 'Custom'] },
      { key: 'availableForRequests', kind: 'pairs' },
      ...texts('resourceId'),
    ],
  },
  {
    id: 'zuora',
    name: 'Zuora',
    options: [
      ...texts('oauthProvider'),
      number('socketFactoryPort'),
      ...texts('socketFactoryClass'),
      ...switches('socketFactoryFallback', 'selected'),
    ],
  },
];

/** One entry of a list of typed resources. */
export interface TypedResource {
  type: string;
  resourceId: string;
}

/** Reads lines of "type resourceId"; undefined for a text without entries, so that the key goes away. */
export function readPairs(text: string): TypedResource[] | undefined {
  const pairs = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const [type = '', ...rest] = line.split(/\s+/);
      return { type, resourceId: rest.join(' ') };
    });
  return pairs.length > 0 ? pairs : undefined;
}

/** Writes entries as lines of "type resourceId". */
export function writePairs(pairs: readonly TypedResource[] | undefined): string {
  return (pairs ?? []).map(({ type, resourceId }) => `${type} ${resourceId}`.trim()).join('\n');
}
