import { isSecretKey, SHOWN_MASK } from '../json/mask.ts';
import { readSecret } from '../secret-policy.ts';
import { DIALECTS } from './dialects.ts';
import { maskUrls } from './mail-url.ts';
import { scanEnv } from './scan.ts';

/**
 * An env file with the values of secret keys masked, those that are commented out too, and the passwords inside of
 * URLs. References and empty values stay. Keeps the number of lines.
 */
export function maskEnv(text: string): string {
  const { entries, hints } = scanEnv(text, DIALECTS.compose);
  const parts: string[] = [];
  let at = 0;
  for (const { key, value, valueStart, valueEnd, end } of [...entries, ...hints].toSorted(
    (a, b) => a.start - b.start,
  )) {
    if (valueStart < at || !isSecret(key) || readSecret(value).state !== 'value') continue;
    // To the end of the line: other readers take more than the value for a part of it.
    const rest = text.slice(valueStart, end);
    const breaks = rest.replace(/[^\n]/g, '');
    const lineEnd = rest.endsWith('\r\n') ? '\r\n' : rest.endsWith('\n') ? '\n' : '';
    parts.push(
      text.slice(at, valueStart),
      SHOWN_MASK,
      '\n'.repeat(Math.max(0, breaks.length - (lineEnd === '' ? 0 : 1))),
      lineEnd,
    );
    at = Math.max(end, valueEnd);
  }
  parts.push(text.slice(at));
  return maskUrls(parts.join(''), SHOWN_MASK);
}

function isSecret(key: string): boolean {
  return isSecretKey(key) || /pwd$/i.test(key);
}
