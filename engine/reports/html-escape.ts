import { escapeControls } from '../../shared/text.ts';

/** A piece of HTML that is safe to put into a page. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Piece = Html | string | number | readonly Html[];

/**
 * Template tag for HTML: every value is escaped unless it is `Html` itself, control and hiding characters made visible
 * too. Attribute values must stand in double quotes.
 */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return new Html(strings.reduce((text, part, at) => text + pieceText(pieces[at - 1]) + part));
}

/** Nothing, for a part that is left out. */
export const NOTHING = new Html('');

function pieceText(piece: Piece | undefined): string {
  if (piece instanceof Html) return piece.text;
  if (typeof piece === 'object') return piece.map(({ text }) => text).join('');
  return escapeHtml(String(piece ?? ''));
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: string): string {
  return escapeControls(text.toWellFormed()).replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '');
}
