import { escapeControls } from '../../shared/text.ts';

/** Text from a server, a file or a profile, made harmless for a terminal and cut to `max` characters. */
export function safe(text: string, max = 2_000): string {
  const escaped = escapeControls(text);
  return escaped.length > max ? `${escaped.slice(0, max - 1)}…` : escaped;
}

/** Several lines from outside, each made harmless; tabs become spaces. */
export function safeLines(text: string): string[] {
  return text.split(/\r?\n/).map((line) => safe(line.replaceAll('\t', '    '), 10_000));
}
