import { escapeControls } from '../../shared/text.ts';

/** One reply as it came: nothing escaped, nothing redacted. */
export interface RawReply {
  code: number;
  /** Text of each line, without the code. */
  lines: string[];
  /** All lines with their codes, joined by a line feed. */
  raw: string;
  /** Milliseconds between the command and the end of the reply. */
  delayMs: number;
  /** Tolerated departures from RFC 5321, in words. */
  oddities: string[];
}

const ENHANCED = /^([245]\.\d{1,3}\.\d{1,3})(?=\s|$)/;

/** Characters of reply text that are kept. */
const TEXT_LIMIT = 4_096;

/** The RFC 3463 code of a reply, or ''. */
export function enhancedCode(reply: RawReply): string {
  for (const line of reply.lines) {
    const match = ENHANCED.exec(line);
    if (match?.[1]) return match[1];
  }
  return '';
}

/** The text of a reply for people: enhanced codes off, lines joined, controls visible, at most 4 KB. */
export function replyText(reply: RawReply): string {
  const lines = reply.lines.map((line) => line.replace(ENHANCED, '').trim());
  return escapeControls(
    lines
      .filter((line) => line !== '')
      .join(' ')
      .slice(0, TEXT_LIMIT),
  );
}

/** True for 2xx. */
export function isPositive(reply: RawReply): boolean {
  return reply.code >= 200 && reply.code < 300;
}
