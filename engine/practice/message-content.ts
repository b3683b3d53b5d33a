import { LIMITS } from '../../shared/limits.ts';
import type { MessageContent } from '../../shared/practice.ts';
import { escapeControls } from '../../shared/text.ts';

/** Bounds for the parser; a message that exceeds them is shown as its source only. */
const BOUNDS = { maxNestingDepth: 30, maxHeadersSize: 262_144, maxRfc822NestingDepth: 0 };

/**
 * Takes a message apart (RFC 5322, RFC 2045): headers, text, HTML, and what is attached. Every part is bounded. HTML is
 * as the sender wrote it, so it is for a sandbox only.
 * @returns null when it is no message that can be taken apart.
 */
export async function contentOf(source: Buffer): Promise<MessageContent | null> {
  const { decodeWords, default: PostalMime } = await import('postal-mime');
  const parsed = await PostalMime.parse(source, BOUNDS).catch(() => null);
  if (!parsed) return null;
  const { headers, text = '', html = '', attachments } = parsed;
  return {
    headers: headers.slice(0, LIMITS.messageParts).map(({ originalKey, value }) => ({
      name: line(originalKey),
      value: line(decodeWords(value.slice(0, LIMITS.messageHeader))),
    })),
    text: text.slice(0, LIMITS.messageText),
    html: html.slice(0, LIMITS.messageText),
    attachments: attachments.slice(0, LIMITS.messageParts).map(({ filename, mimeType, content }) => ({
      name: line(filename ?? ''),
      type: line(mimeType),
      bytes: typeof content === 'string' ? content.length : content.byteLength,
    })),
    isCut: text.length > LIMITS.messageText || html.length > LIMITS.messageText,
  };
}

function line(text: string): string {
  return escapeControls(text.slice(0, LIMITS.messageHeader)).trim();
}
