import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ReportShelf } from '../../../engine/handlers/report-shelf.ts';
import { reportHandlers } from '../../../engine/handlers/reports.ts';
import { openHistory } from '../../../engine/history/run-history.ts';
import { emptySettings } from '../../../shared/profile.ts';
import { fakeReport } from '../../support/fake-report.ts';
import { recordingLog } from '../profiles/library-fixture.ts';
import { listening, newPlace, type Place } from './support.ts';

let place: Place;
beforeEach(async () => {
  place = await newPlace();
});
afterEach(() => place.remove());

/** Saves the chain of a report to a file of the test. */
async function saveChain(report: ReturnType<typeof fakeReport>, name: string) {
  const shelf = new ReportShelf();
  shelf.put(report);
  const history = openHistory({ directory: place.path('data'), log: recordingLog() });
  const handlers = reportHandlers(history, shelf, place.tokens);
  const input = {
    report: { kind: 'session', runId: report.id },
    destination: place.token(name),
    followLink: false,
  } as const;
  return handlers['reports.saveChain'](input, listening());
}

test('the certificates of a report are saved as PEM, the server’s own first', async () => {
  const report = fakeReport(emptySettings(), 'check');
  const chain = report.stages.find(({ stage }) => stage === 'certificate')?.facts.chain ?? [];
  expect(await saveChain(report, 'chain.pem')).toMatchObject({ ok: true, value: { file: 'chain.pem' } });
  expect(readFileSync(place.path('chain.pem'), 'utf8')).toBe(chain.map(({ pem }) => pem).join(''));
});

test('a report without certificates, and a link in the place of the file, are refused', async () => {
  const report = fakeReport(emptySettings(), 'check');
  const none = { ...report, stages: report.stages.filter(({ stage }) => stage !== 'certificate') };
  expect(await saveChain(none, 'none.pem')).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
  writeFileSync(place.path('other'), 'mine');
  symlinkSync(place.path('other'), place.path('link.pem'));
  expect(await saveChain(report, 'link.pem')).toMatchObject({ ok: false, error: { code: 'FILE_IS_LINK' } });
  expect(readFileSync(place.path('other'), 'utf8')).toBe('mine');
});
