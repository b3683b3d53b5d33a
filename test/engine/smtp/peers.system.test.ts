import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyFix } from '../../../shared/fix.ts';
import { EXPECTATIONS, type Expectation } from './peers/expectations.ts';
import { type MailServers, requireMailServers, startMailServers, waitForMessage } from './peers/servers.ts';
import { profileFor } from './peers/settings.ts';
import { expectNoSecret, failedStage, run, stageOf } from './support.ts';

/** Most milliseconds that the servers may take to start, and one run to end. */
const START_LIMIT = 300_000;
const RUN_LIMIT = 60_000;

describe.skipIf(!requireMailServers())('a run against a real server', () => {
  let servers: MailServers;

  beforeAll(async () => {
    servers = await startMailServers();
  }, START_LIMIT);

  afterAll(async () => {
    await servers?.stop();
  }, START_LIMIT);

  test('is expected for every endpoint', () => {
    const expected = new Set(EXPECTATIONS.map(({ endpoint }) => endpoint));
    expect([...expected].sort()).toEqual([...servers.endpoints.keys()].sort());
  });

  // Vitest runs five at a time.
  test.concurrent.each(EXPECTATIONS.map((expectation) => [titleOf(expectation), expectation] as const))(
    '%s',
    async (_title, { endpoint: name, given = {}, ends, rule = '', fix, afterFix = '', also = [], warns = [] }) => {
      const endpoint = servers.endpoints.get(name);
      if (!endpoint) throw new Error(`No endpoint ${name}`);
      const { settings, secrets } = profileFor(endpoint, given);
      const request = { action: 'send', secrets, recipient: given.to ?? 'bob@mail.test' } as const;
      const report = await run(settings, request);
      for (const secret of Object.values(secrets)) expectNoSecret(JSON.stringify(report), secret);
      const possible = (report.diagnosis?.alsoPossible ?? []).map((finding) => finding.rule);
      expect({
        ok: report.ok,
        ends: failedStage(report),
        rule: report.diagnosis?.rule ?? '',
        fix: report.diagnosis?.fix?.label,
        also: also.filter((wanted) => possible.includes(wanted)),
        warns: report.stages.flatMap(({ warnings }) => warnings.map((finding) => finding.rule)).sort(),
      }).toEqual({
        ok: ends === undefined,
        ends: ends ?? '',
        rule: typeof rule === 'string' ? rule : expect.toBeOneOf([...rule]),
        fix,
        also,
        warns: [...warns].sort(),
      });
      if (ends === undefined) await waitForMessage(endpoint, stageOf(report, 'data').facts.messageId ?? '');
      const mending = report.diagnosis?.fix;
      if (!mending) return;
      const mended = await run(applyFix(settings, mending), request);
      expect({ ok: mended.ok, rule: mended.diagnosis?.rule ?? '' }).toEqual({ ok: afterFix === '', rule: afterFix });
    },
    RUN_LIMIT,
  );
});

function titleOf({ endpoint, given, ends, rule }: Expectation): string {
  const how = given === undefined ? '' : ` with ${JSON.stringify(given)}`;
  return `${endpoint}${how} ${ends === undefined ? 'takes a message' : `ends at ${ends} with ${String(rule)}`}`;
}
