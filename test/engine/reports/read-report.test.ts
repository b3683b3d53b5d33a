import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readReport } from '../../../engine/reports/read-report.ts';
import { renderReport } from '../../../engine/reports/render.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { emptySettings } from '../../../shared/profile.ts';
import { fakeReport } from '../../support/fake-report.ts';
import { errorOf, unwrap } from '../profiles/library-fixture.ts';

const report = fakeReport(emptySettings(), 'send');

test.each([false, true])('a report saved as JSON is read back as it was (masked: %s)', (mask) => {
  const { text } = renderReport(report, { format: 'json', mask });
  expect(unwrap(readReport(text))).toEqual(JSON.parse(text));
});

test('what is no report is refused with what is wrong with it', () => {
  expect(errorOf(readReport('no json')).code).toBe('PARSE_FAILED');
  for (const value of [null, [], {}, { ...report, version: 2 }, { ...report, surprise: 1 }]) {
    expect(errorOf(readReport(JSON.stringify(value))).code).toBe('INVALID_INPUT');
  }
});

test('a report with more lines than one can have is refused', () => {
  const line = { ms: 0, from: 'note' as const, text: '', encrypted: false };
  const transcript = Array.from({ length: LIMITS.transcriptLines + 1 }, () => line);
  expect(errorOf(readReport(JSON.stringify({ ...report, transcript }))).code).toBe('INPUT_TOO_LARGE');
});

test('whatever the text, reading it gives a value', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      expect(readReport(text).ok).toBe(false);
    }),
  );
});
