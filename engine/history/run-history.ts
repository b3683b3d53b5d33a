import { join } from 'node:path';
import { appErrorOf } from '../../shared/errors.ts';
import { type RunSummary, summaryOf } from '../../shared/history.ts';
import type { TestReport } from '../../shared/report.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { systemCode, writeError } from '../files/file-errors.ts';
import { makeDirectory } from '../files/make-directory.ts';
import type { Logger } from '../ports.ts';
import { type LockTiming, withLibraryLock } from '../profiles/library-lock.ts';
import { historyDirectory, INDEX_NAME } from './history-directory.ts';
import { type KeptRun, readRuns, withRun } from './history-file.ts';
import type { LastResults } from './last-results.ts';

/** What the history is opened with. */
export interface HistoryOptions {
  /** Absolute path of the data directory; the history is a folder in it. */
  directory: string;
  log: Logger;
  /** Only tests pass this. */
  lock?: LockTiming;
}

/** A run to keep, and for which profile. */
export interface RunToKeep {
  profileId: string;
  report: TestReport;
  /** True when the tested settings were not those that are stored. */
  unsaved: boolean;
}

/**
 * The last runs of each profile, redacted as the tester gave them, bounded in number and bytes. Keeping one never blocks
 * or fails a test: what goes wrong is logged.
 */
export interface RunHistory {
  /** Keeps a run; it is written in the background. */
  add(run: RunToKeep): void;
  /** Waits until what was added is written. */
  settled(): Promise<void>;
  /** The runs of a profile, newest first. Errors: FILE_UNREADABLE, FILE_IS_LINK, FILE_NOT_REGULAR. */
  list(profileId: string): Promise<Result<RunSummary[]>>;
  /** One kept run. Errors: NOT_FOUND, and those of `list`. */
  get(profileId: string, runId: string): Promise<Result<KeptRun>>;
  /** Forgets the runs of these profiles, or all; returns how many profiles had any. Errors: LIBRARY_BUSY, STORAGE_*. */
  clear(profileIds: readonly string[] | 'all'): Promise<Result<number>>;
  /** The newest run of each profile; does not wait for what is being written. */
  lastResults(): Promise<LastResults>;
  /** Forgets profiles that are not known any more, except those tested within the hour. */
  prune(known: ReadonlySet<string>): Promise<void>;
}

/** A killed process's lock ends well within the wait. */
const LOCK: LockTiming = { waitMs: 8_000, staleMs: 5_000 };
/** Files written at the same time when many runs end together. */
const WRITERS = 4;
const HOUR_MS = 3_600_000;

/** Opens the history; touches the disk only when asked something. */
export function openHistory({ directory, log, lock = LOCK }: HistoryOptions): RunHistory {
  const folder = join(directory, 'history');
  const files = historyDirectory(folder, log);
  let waiting: RunToKeep[] = [];
  let writing: Promise<void> | null = null;
  /** Last results that are not in the index yet. */
  const ahead = new Map<string, RunSummary>();

  async function exclusively<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
    try {
      makeDirectory(folder);
      return await withLibraryLock(join(folder, INDEX_NAME), lock, work);
    } catch (cause) {
      return fail(writeError(cause, 'history'));
    }
  }

  /** Writes all that waits, then what came meanwhile: runs that end together cost one lock and one index. */
  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      const kept = await exclusively(() => keep(batch)).catch((bug: unknown) => {
        log.error('history-failed', { error: systemCode(bug) ?? (bug instanceof Error ? bug.name : typeof bug) });
        return null;
      });
      if (kept && !kept.ok) log.warn('history-not-kept', { code: kept.error.code, runs: batch.length });
      for (const { profileId, report } of batch) {
        if (ahead.get(profileId)?.runId === report.id) ahead.delete(profileId);
      }
    }
    writing = null;
  }

  async function keep(batch: readonly RunToKeep[]): Promise<Result<void>> {
    const last = new Map(await files.readIndex());
    const pending = [...byProfile(batch)];
    const writeFiles = async () => {
      for (let next = pending.pop(); next; next = pending.pop()) {
        const [profileId, runs] = next;
        const newest = await keepOne(profileId, runs);
        if (newest) last.set(profileId, summaryOf(newest.report, newest.unsaved));
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, writeFiles));
    const written = await files.writeIndex(last);
    return written.ok ? ok(undefined) : written;
  }

  /** Returns the run that is now the newest, or null when they could not be kept. */
  async function keepOne(profileId: string, runs: readonly RunToKeep[]): Promise<RunToKeep | null> {
    const earlier = await files.readToChange(profileId);
    const written = earlier.ok ? await files.write(profileId, runs.reduce(withRun, earlier.value)) : earlier;
    if (written.ok) return runs.at(-1) ?? null;
    log.warn('history-not-kept', { code: written.error.code, runs: runs.length });
    return null;
  }

  async function settled(): Promise<void> {
    while (writing) await writing;
  }

  async function runsOf(profileId: string): Promise<Result<KeptRun[]>> {
    await settled();
    const text = await files.read(profileId);
    return text.ok ? ok(readRuns(text.value)) : text;
  }

  async function clear(profileIds: readonly string[] | 'all'): Promise<Result<number>> {
    await settled();
    const kept = new Set((await files.profiles()).map(({ id }) => id));
    const going = profileIds === 'all' ? [...kept] : profileIds.filter((id) => kept.has(id));
    if (going.length === 0) return ok(0);
    return exclusively(async () => {
      for (const id of going) await files.remove(id);
      const gone = new Set(going);
      const last = [...(await files.readIndex())].filter(([id]) => !gone.has(id));
      const written = await files.writeIndex(new Map(last));
      return written.ok ? ok(going.length) : written;
    });
  }

  return {
    add: (run) => {
      waiting.push(run);
      ahead.set(run.profileId, summaryOf(run.report, run.unsaved));
      writing ??= write();
    },
    settled,
    clear,
    list: async (profileId) => {
      const runs = await runsOf(profileId);
      return runs.ok ? ok(runs.value.map(({ report, unsaved }) => summaryOf(report, unsaved))) : runs;
    },
    get: async (profileId, runId) => {
      const runs = await runsOf(profileId);
      if (!runs.ok) return runs;
      const run = runs.value.find(({ report }) => report.id === runId);
      return run ? ok(run) : fail(appErrorOf('NOT_FOUND', { what: 'test run', name: runId }));
    },
    lastResults: async () => new Map([...(await files.readIndex()), ...ahead]),
    prune: async (known) => {
      const isDue = ({ id, changedAt }: { id: string; changedAt: number }) =>
        !known.has(id) && Date.now() - changedAt > HOUR_MS;
      const due = (await files.profiles()).filter(isDue);
      if (due.length > 0) await clear(due.map(({ id }) => id));
    },
  };
}

function byProfile(runs: readonly RunToKeep[]): Map<string, RunToKeep[]> {
  const groups = new Map<string, RunToKeep[]>();
  for (const run of runs) {
    const group = groups.get(run.profileId);
    if (group) group.push(run);
    else groups.set(run.profileId, [run]);
  }
  return groups;
}
