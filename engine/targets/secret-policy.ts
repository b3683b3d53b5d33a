import { isMask, type SecretKind } from '../../shared/secrets.ts';
import type { SecretsForExport } from './target.ts';

/**
 * Stand-ins for the policy `placeholder`. Angle brackets say "fill me in" to a person, and our own import knows these
 * texts again, so that one is never taken for a password.
 */
const PLACEHOLDERS: Record<SecretKind, string> = {
  password: '<smtp password>',
  clientSecret: '<oauth client secret>',
  refreshToken: '<oauth refresh token>',
  accessToken: '<oauth access token>',
  clientKey: '<client certificate key>',
  clientKeyPassphrase: '<client key passphrase>',
};

const PLACEHOLDER_TEXTS: ReadonlySet<string> = new Set(Object.values(PLACEHOLDERS));

/** True for a text that the policy `placeholder` writes. */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDER_TEXTS.has(text);
}

/**
 * The text that stands for a secret in a file; null when nothing is to be written for it.
 * @param environment The product's own way to point at a value outside the file; null when it has none.
 */
export function secretText(secrets: SecretsForExport, kind: SecretKind, environment: string | null): string | null {
  switch (secrets.policy) {
    case 'leave-out':
      return null;
    case 'placeholder':
      return PLACEHOLDERS[kind];
    case 'environment':
      return environment;
    case 'include':
      return secrets.values[kind] ?? null;
  }
}

/** What stands where a secret should be. */
export interface SecretReading {
  state: 'value' | 'mask' | 'reference' | 'empty';
  /** The reference as written, unless it has a fallback: that may be the secret itself. */
  reference: string;
}

const REFERENCES = [
  /^\$\{[\w.:/-]+\}$/,
  /^\$\(\w+\)$/,
  /^\{\{[^{}]+\}\}$/,
  /^<%=?[^%]+%>$/,
  /^ENV\[["']\w+["']\]$/,
  /^(?:env|file|vault):\/\/\S+$/,
];

/** Tells a real secret from a mask, a placeholder, a reference and nothing at all. */
export function readSecret(text: string): SecretReading {
  if (text === '') return { state: 'empty', reference: '' };
  if (isMask(text) || isPlaceholder(text)) return { state: 'mask', reference: '' };
  if (text.length > 300 || (!REFERENCES.some((pattern) => pattern.test(text)) && !hasFallback(text))) {
    return { state: 'value', reference: '' };
  }
  return { state: 'reference', reference: hasFallback(text) ? '' : text };
}

/** `${NAME:fallback}` and `${NAME:-fallback}`. */
function hasFallback(text: string): boolean {
  return /^\$\{[\w.]+:[^}]*\}$/.test(text) && !/^\$\{vault\./.test(text);
}
