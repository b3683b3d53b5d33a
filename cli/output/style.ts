import type { Io, Output } from '../io.ts';

/** Colours of the terminal by meaning; each is the identity where colour is off. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  passed(text: string): string;
  warned(text: string): string;
  failed(text: string): string;
  accent(text: string): string;
  /** Symbols; ASCII where the locale does not say UTF-8. Always printed beside a word. */
  readonly icons: { passed: string; warned: string; failed: string; skipped: string; running: string; bullet: string };
}

const UNICODE = { passed: '✓', warned: '!', failed: '✕', skipped: '○', running: '…', bullet: '•' };
const ASCII = { passed: '+', warned: '!', failed: 'x', skipped: 'o', running: '.', bullet: '-' };

/** Style for one stream: colour only on a terminal, and never with NO_COLOR (no-color.org) or TERM=dumb. */
export function styleFor(io: Pick<Io, 'env' | 'platform'>, output: Pick<Output, 'isTTY'>): Style {
  const colour = output.isTTY && !io.env.NO_COLOR && io.env.TERM !== 'dumb';
  const paint = (code: number, end: number) => (text: string) =>
    colour ? `\u001b[${code}m${text}\u001b[${end}m` : text;
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    passed: paint(32, 39),
    warned: paint(33, 39),
    failed: paint(31, 39),
    accent: paint(36, 39),
    icons: speaksUnicode(io) ? UNICODE : ASCII,
  };
}

function speaksUnicode({ env, platform }: Pick<Io, 'env' | 'platform'>): boolean {
  if (platform === 'win32') return Boolean(env.WT_SESSION ?? env.TERM_PROGRAM);
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return platform === 'darwin' || /utf-?8/i.test(locale);
}
