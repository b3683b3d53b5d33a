import { JsonDocument } from './json/document.ts';
import { isSecretKey, maskJson, SHOWN_MASK } from './json/mask.ts';

const ASSIGNMENT = /^(\s*(?:export\s+|-\s+)?["']?([\w.:-]+)["']?\s*[:=]\s*)(\S.*)$/;

/**
 * A part of a text that a target wrote or merged, masked by its syntax: JSON, or line by line.
 * @param from Offset of the beginning of a line, `to` of the end of one.
 */
export function maskText(text: string, from = 0, to = text.length): string {
  // What begins so is valid JSON: merging has checked it.
  return /^\ufeff?\s*[[{]/.test(text) ? maskJson(text, from, to) : maskLines(text.slice(from, to));
}

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
