import type { Engine } from '../engine/index.ts';
import type { ReportRef } from '../shared/contract.ts';
import { appErrorOf } from '../shared/errors.ts';
import type { RunSummary } from '../shared/history.ts';
import { type CliResult, usage } from './failure.ts';
import { findProfile } from './profile-ref.ts';

/** A report that was named in the command line, and what to call it. */
export interface NamedReport {
  ref: ReportRef;
  name: string;
}

/** How a run of a profile is named, for help and errors. */
export const RUN_SYNTAX = 'PROFILE@last is the newest kept run, PROFILE@-2 the one before it, PROFILE@ID any by its id';

/** True for `PROFILE@last`, `PROFILE@-2`, `PROFILE@RUN-ID`. A mail address is none of these. */
export function isRunReference(text: string): boolean {
  return splitReference(text) !== null;
}

/**
 * The report behind `PROFILE@last`, `PROFILE@-2` or `PROFILE@RUN-ID`, or of a report file. Errors: NOT_FOUND,
 * AMBIGUOUS_NAME, and those of reading a file.
 */
export async function findReport(engine: Engine, text: string): Promise<CliResult<NamedReport>> {
  const split = splitReference(text);
  return split ? findRun(engine, ...split) : openReport(engine, text);
}

/** The newest kept run of a profile, or the one that a reference names. */
export async function findRun(engine: Engine, profile: string, which = 'last'): Promise<CliResult<NamedReport>> {
  const found = await findProfile(engine, profile);
  if (!found.ok) return found;
  const { id, name } = found.value;
  const runs = await engine.client('history.list', { profileId: id });
  if (!runs.ok) return runs;
  const run = pick(runs.value, which);
  if (!run) return { ok: false, error: appErrorOf('NOT_FOUND', { what: `kept run of ${name}`, name: `@${which}` }) };
  return { ok: true, value: { ref: { kind: 'kept', profileId: id, runId: run.runId }, name: `${name}@${which}` } };
}

/** Profile and run of a reference; null when the text is none. The last `@` counts: names may hold one. */
export function splitReference(text: string): [profile: string, which: string] | null {
  const [, profile = '', which = ''] = /^(.+)@(last|-\d{1,3}|[0-9a-f]{8}(?:-[0-9a-f-]{0,27})?)$/i.exec(text) ?? [];
  return profile === '' ? null : [profile, which.toLowerCase()];
}

function pick(runs: readonly RunSummary[], which: string): RunSummary | undefined {
  if (which === 'last') return runs[0];
  if (which.startsWith('-')) return runs[Number(which.slice(1)) - 1];
  const matches = runs.filter(({ runId }) => runId.startsWith(which));
  return matches.length === 1 ? matches[0] : undefined;
}

async function openReport(engine: Engine, path: string): Promise<CliResult<NamedReport>> {
  const chosen = await engine.client('files.open', { purpose: 'report', path });
  if (!chosen.ok) return chosen;
  if (!chosen.value) return usage('No report was named.', `Name a file, or a run: ${RUN_SYNTAX}.`);
  const opened = await engine.client('reports.open', { token: chosen.value.token });
  if (!opened.ok) return opened;
  return { ok: true, value: { ref: { kind: 'session', runId: opened.value.summary.runId }, name: chosen.value.name } };
}
