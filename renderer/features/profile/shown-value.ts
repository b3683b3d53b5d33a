import { library, form as text } from '../../text.ts';

const WORDS: Record<string, Record<string, string>> = {
  status: { active: library.statuses.active, inactive: library.statuses.inactive },
  environment: text.environments,
  'server.security': text.security,
  'signIn.method': text.methods,
  'signIn.oauth.provider': text.oauthProviders,
  'signIn.oauth.grant': text.grants,
  'signIn.mechanism': text.mechanisms,
  'tls.minVersion': text.tlsVersions,
  'server.proxy.kind': text.proxies,
};

/** A value of the settings in words, on one line; '' for one that is not set. */
export function shownValue(field: string, value: unknown): string {
  if (value === undefined || value === null || value === '') return '';
  if (typeof value === 'boolean') return value ? text.on : text.off;
  if (Array.isArray(value)) return value.map(shownItem).join(', ');
  if (typeof value === 'object') return JSON.stringify(value);
  const words = WORDS[field]?.[String(value)] ?? String(value);
  return words.includes('-----BEGIN') ? text.certificates(words.split('-----BEGIN').length - 1) : words;
}

function shownItem(item: unknown): string {
  if (typeof item !== 'object' || item === null) return String(item);
  return Object.values(item).join(': ');
}
