import * as z from 'zod/mini';
import { LIMITS } from '../../shared/limits.ts';
import { type TestReport, testReport } from '../../shared/report.ts';

/** One run as it is kept. `unsaved` says that the tested settings were not those that were stored. */
export interface KeptRun {
  unsaved: boolean;
  report: TestReport;
}

/** Version of a line; a line of a newer one is kept as it is and not shown. */
const VERSION = 1;
const keptLine = z.strictObject({ v: z.literal(VERSION), unsaved: z.boolean(), report: testReport });
const anyLine = z.looseObject({ v: z.int() });

/** Lines kept at either end of a dialogue that would fill the file alone. */
const KEPT_DIALOGUE = 20;

/** The runs of a history file's text that this version can read, newest first. */
export function readRuns(text: string): KeptRun[] {
  return linesOf(text)
    .reverse()
    .flatMap((line) => {
      const run = keptLine.safeParse(jsonOrNull(line));
      return run.success ? [{ unsaved: run.data.unsaved, report: run.data.report }] : [];
    });
}

/** A history file's text without the lines that nobody can have written; `damaged` when there were any. */
export function soundPart(text: string): { text: string; damaged: boolean } {
  const lines = linesOf(text);
  const sound = lines.filter((line) => anyLine.safeParse(jsonOrNull(line)).success);
  return { text: joined(sound), damaged: sound.length < lines.length };
}

/**
 * Adds a run at the end, one line of JSON; the oldest lines go when there are too many runs or bytes. Earlier lines are
 * not read for it, so that a run of a newer version stays, and adding to a full file costs little.
 */
export function withRun(text: string, { unsaved, report }: KeptRun): string {
  const lines = [...linesOf(text), lineOf(unsaved, report)].slice(-LIMITS.historyRuns);
  let bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
  while (lines.length > 1 && bytes > LIMITS.historyBytes) bytes -= Buffer.byteLength(lines.shift() ?? '') + 1;
  return joined(lines);
}

function lineOf(unsaved: boolean, report: TestReport): string {
  const line = JSON.stringify({ v: VERSION, unsaved, report });
  if (Buffer.byteLength(line) <= LIMITS.historyBytes) return line;
  return JSON.stringify({ v: VERSION, unsaved, report: withShortDialogue(report) });
}

/** Keeps the beginning and the end of the dialogue, and says so in between. */
function withShortDialogue(report: TestReport): TestReport {
  const { transcript } = report;
  const left = transcript.length - 2 * KEPT_DIALOGUE;
  if (left <= 0) return report;
  const { ms = 0 } = transcript[KEPT_DIALOGUE] ?? {};
  const gap = { ms, from: 'note' as const, text: `${left} lines were not kept.`, encrypted: false };
  return {
    ...report,
    transcript: [...transcript.slice(0, KEPT_DIALOGUE), gap, ...transcript.slice(-KEPT_DIALOGUE)],
  };
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

function joined(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
