import { JsonDocument } from './json/document.ts';
import { isSecretKey, maskJson, SHOWN_MASK } from './json/mask.ts';

const ASSIGNMENT = /^(\s*(?:export\s+|-\s+)?["']?([\w.:-]+)["']?\s*[:=]\s*)(\S.*)$/;

/** A text of `KEY=value` or `key: value` lines with the values of secret keys masked. Keeps the number of lines. */
export function maskLines(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      if (line.startsWith('{') && JsonDocument.read(line).ok) return maskJson(line);
      const match = ASSIGNMENT.exec(line);
      return match?.[2] && isSecretKey(match[2]) ? `${match[1]}${SHOWN_MASK}` : line;
    })
    .join('\n');
}
