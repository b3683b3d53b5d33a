import type { CliResult } from './failure.ts';
import { usage } from './failure.ts';
import type { Io } from './io.ts';

/**
 * Asks for a yes on the terminal; where there is none, `--yes` must have been given.
 * @param warning A sentence that goes before the question, and before the refusal where there is no terminal.
 */
export async function confirm(io: Io, question: string, yes: boolean, warning = ''): Promise<CliResult<null>> {
  if (yes) return { ok: true, value: null };
  const before = warning === '' ? '' : `${warning} `;
  if (!io.canAsk) return usage(`${before}This needs a confirmation, and there is no terminal to ask on.`, 'Add --yes.');
  const answer = await io.askLine(`${before}${question} [y/N] `);
  if (answer !== null && /^y(es)?$/i.test(answer.trim())) return { ok: true, value: null };
  return { ok: false, error: { code: 'CANCELLED', facts: {} } };
}
