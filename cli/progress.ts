import type { Progress } from '../shared/progress.ts';
import type { Context } from './command.ts';
import { safe } from './output/safe.ts';

const CLEAR_LINE = '\r\u001b[K';

/** Shows the progress of long work on one line of the terminal, and clears it at the end; nothing where there is none. */
export function progressLine({ io, json }: Pick<Context, 'io' | 'json'>): (progress: Progress) => void {
  if (json || !io.stderr.isTTY) return () => {};
  return ({ done, total, name }) => {
    const count = total > 0 ? `${done + 1} of ${total}` : `${done + 1}`;
    io.stderr.write(name === '' ? CLEAR_LINE : `${CLEAR_LINE}${count}: ${safe(name, 60)}`);
  };
}
