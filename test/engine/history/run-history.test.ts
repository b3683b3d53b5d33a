import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openHistory } from '../../../engine/history/run-history.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { emptySettings } from '../../../shared/profile.ts';
import type { TestReport } from '../../../shared/report.ts';
import { fakeReport } from '../../support/fake-report.ts';
import { errorOf, recordingLog, unwrap } from '../profiles/library-fixture.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'relaysmith-history-'));
});
afterEach(() => rm(directory, { recursive: true }));

const profileId = '11111111-1111-4111-8111-111111111111';
const fileOf = (id = profileId) => join(directory, 'history', `${id}.jsonl`);
const open = (log = recordingLog()) => openHistory({ directory, log });

function report(host = 'mail.acme.example', more: Partial<TestReport> = {}): TestReport {
  const settings = emptySettings();
  return {
    ...fakeReport({ ...settings, server: { ...settings.server, host } }, 'check'),
    id: randomUUID(),
    ...more,
  };
}

describe('the kept runs of a profile', () => {
  test('come back newest first, whole, in another process too', async () => {
    const history = open();
    const [first, second] = [report(), report('staging.acme.example')];
    history.add({ profileId, report: first, unsaved: false });
    history.add({ profileId, report: second, unsaved: true });
    await history.settled();
    const again = open();
    const runs = unwrap(await again.list(profileId));
    expect(runs.map(({ runId }) => runId)).toEqual([second.id, first.id]);
    expect(runs[0]).toMatchObject({ outcome: 'failed', stage: 'certificate', unsaved: true });
    expect(runs[1]).toMatchObject({ outcome: 'passed', stage: null, rule: '', unsaved: false });
    expect(unwrap(await again.get(profileId, first.id))).toEqual({ report: first, unsaved: false });
    expect((await again.lastResults()).get(profileId)).toEqual(runs[0]);
  });

  test('are files for their owner only', async () => {
    const history = open();
    history.add({ profileId, report: report(), unsaved: false });
    await history.settled();
    const folder = await stat(join(directory, 'history'));
    expect(folder.mode & 0o777).toBe(0o700);
    for (const name of await readdir(join(directory, 'history'))) {
      expect((await stat(join(directory, 'history', name))).mode & 0o777, name).toBe(0o600);
    }
  });

  test('are bounded in number: the oldest go', async () => {
    const history = open();
    const reports = Array.from({ length: LIMITS.historyRuns + 3 }, () => report());
    for (const each of reports) history.add({ profileId, report: each, unsaved: false });
    const runs = unwrap(await history.list(profileId));
    expect(runs).toHaveLength(LIMITS.historyRuns);
    expect(runs.at(-1)?.runId).toBe(reports[3]?.id);
  });

  test('are bounded in bytes: a dialogue that would fill the file keeps its ends and says so', async () => {
    const history = open();
    const line = { ms: 1, from: 'server' as const, text: '€'.repeat(LIMITS.transcriptLine), encrypted: false };
    for (let index = 0; index < 5; index += 1) {
      const transcript = Array.from({ length: LIMITS.transcriptLines }, () => line);
      history.add({ profileId, report: report('mail.acme.example', { transcript }), unsaved: false });
    }
    const [newest] = unwrap(await history.list(profileId));
    const kept = unwrap(await history.get(profileId, newest?.runId ?? ''));
    expect(kept.report.transcript).toHaveLength(41);
    expect(kept.report.transcript[20]).toMatchObject({ from: 'note', text: '960 lines were not kept.' });
    expect((await stat(fileOf())).size).toBeLessThanOrEqual(LIMITS.historyBytes);
  });

  test('of two doors at once are all kept', async () => {
    const doors = [open(), open(), open()];
    for (const door of doors) {
      for (let index = 0; index < 5; index += 1) door.add({ profileId, report: report(), unsaved: false });
    }
    await Promise.all(doors.map((door) => door.settled()));
    expect(unwrap(await open().list(profileId))).toHaveLength(15);
  });

  test('that are asked for by a wrong id are not found', async () => {
    expect(errorOf(await open().get(profileId, randomUUID())).code).toBe('NOT_FOUND');
    expect(unwrap(await open().list(profileId))).toEqual([]);
  });
});

describe('a damaged history', () => {
  test('is set aside with its bytes; the runs that can be read stay, and new ones are kept', async () => {
    const history = open();
    const first = report();
    history.add({ profileId, report: first, unsaved: false });
    await history.settled();
    const damaged = `${await readFile(fileOf(), 'utf8')}{"v":1,"report":{"cut off`;
    await writeFile(fileOf(), damaged);
    const log = recordingLog();
    const again = open(log);
    const second = report();
    again.add({ profileId, report: second, unsaved: false });
    expect(unwrap(await again.list(profileId)).map(({ runId }) => runId)).toEqual([second.id, first.id]);
    expect(await readFile(join(directory, 'history', `${profileId}.damaged`), 'utf8')).toBe(damaged);
    expect(log.events.join()).toContain('history-damaged');
  });

  test('of a newer version keeps its lines', async () => {
    await mkdir(join(directory, 'history'));
    await writeFile(fileOf(), '{"v":2,"new":true}\n');
    const history = open();
    history.add({ profileId, report: report(), unsaved: false });
    expect(unwrap(await history.list(profileId))).toHaveLength(1);
    expect(await readFile(fileOf(), 'utf8')).toMatch(/^\{"v":2,"new":true\}\n\{"v":1,/);
  });

  test('leaves the index right: a missing or damaged one is made anew from the runs', async () => {
    const history = open();
    const kept = report();
    history.add({ profileId, report: kept, unsaved: false });
    await history.settled();
    const index = join(directory, 'history', 'last.json');
    await writeFile(index, '{"schemaVersion":1,"last":');
    expect((await open().lastResults()).get(profileId)?.runId).toBe(kept.id);
    await rm(index);
    expect((await open().lastResults()).get(profileId)?.runId).toBe(kept.id);
  });

  test.each(['a folder in its place', 'a link in its place'])(
    'that cannot be written (%s) only costs the run, and is logged',
    async (what) => {
      await mkdir(join(directory, 'history'));
      if (what.includes('folder')) await mkdir(fileOf());
      else {
        await writeFile(join(directory, 'elsewhere'), 'mine');
        await symlink(join(directory, 'elsewhere'), fileOf());
      }
      const log = recordingLog();
      const history = open(log);
      history.add({ profileId, report: report(), unsaved: false });
      await history.settled();
      expect(log.events.join()).toContain('history-not-kept');
      expect(await history.lastResults()).toEqual(new Map());
      if (what.includes('link')) expect(await readFile(join(directory, 'elsewhere'), 'utf8')).toBe('mine');
    },
  );

  test('whose folder cannot be made does not stop anything', async () => {
    await writeFile(join(directory, 'history'), 'a file');
    const log = recordingLog();
    const history = open(log);
    history.add({ profileId, report: report(), unsaved: false });
    await history.settled();
    expect(log.events.join()).toContain('history-not-kept');
  });
});

describe('forgetting', () => {
  const other = '22222222-2222-4222-8222-222222222222';

  test('takes one profile, or all', async () => {
    const history = open();
    history.add({ profileId, report: report(), unsaved: false });
    history.add({ profileId: other, report: report(), unsaved: false });
    expect(unwrap(await history.clear([profileId]))).toBe(1);
    expect([...(await history.lastResults()).keys()]).toEqual([other]);
    expect(unwrap(await history.list(profileId))).toEqual([]);
    expect(unwrap(await history.clear('all'))).toBe(1);
    expect(await readdir(join(directory, 'history'))).toEqual(['last.json']);
    expect(unwrap(await history.clear('all'))).toBe(0);
  });

  test('of unknown profiles spares what was tested within the hour', async () => {
    const history = open();
    history.add({ profileId, report: report(), unsaved: false });
    history.add({ profileId: other, report: report(), unsaved: false });
    await history.settled();
    const longAgo = new Date(Date.now() - 2 * 3_600_000);
    await utimes(fileOf(profileId), longAgo, longAgo);
    await history.prune(new Set());
    expect([...(await history.lastResults()).keys()]).toEqual([other]);
  });
});
