import type { KeychainReport } from '../../shared/secrets.ts';
import { safe } from './safe.ts';
import type { Style } from './style.ts';

/** The health of the keychain in words, with the steps that mend it. */
export function keychainLines(status: KeychainReport, style: Style): string[] {
  if (status.state === 'ready') return [`${style.passed(style.icons.passed)} Keychain ready: ${safe(status.backend)}.`];
  return [
    `${style.warned(style.icons.warned)} Keychain ${status.state}: ${safe(status.what)}`,
    ...status.steps.map((step) => `    ${safe(step)}`),
  ];
}
