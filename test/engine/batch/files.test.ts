import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { batchFile } from '../../../engine/batch/files.ts';
import { rowOf, rowWithoutRun } from '../../../engine/batch/row.ts';
import { type BatchFormat, type BatchReport, type BatchRow, batchReport } from '../../../shared/batch.ts';
import { appErrorOf } from '../../../shared/errors.ts';
import { emptySettings } from '../../../shared/profile.ts';
import { fakeReport } from '../../support/fake-report.ts';

const profileId = '11111111-1111-4111-8111-111111111111';

function rowFor(host: string, name = 'Acme'): BatchRow {
  const settings = emptySettings();
  const report = fakeReport({ ...settings, server: { ...settings.server, host } }, 'check');
  return rowOf({ profileId, name, destination: report.destination }, report, true);
}

function reportOf(...rows: BatchRow[]): BatchReport {
  return {
    id: profileId,
    startedAt: '2026-11-21T09:00:00.000Z',
    ms: 1_234,
    cancelled: false,
    concurrency: 64,
    perHost: 4,
    rows,
  };
}

/** Reads an XML document strictly; throws where it is not well formed. */
function readXml(text: string): { name: string; attributes: Record<string, string>; text: string }[] {
  const elements: { name: string; attributes: Record<string, string>; text: string }[] = [];
  const open: typeof elements = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, text: '' };
    elements.push(element);
    open.push(element);
  });
  parser.on('text', (more) => {
    const element = open.at(-1);
    if (element) element.text += more;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(text).close();
  return elements;
}

/** Reads CSV by RFC 4180. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  const row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const [whole, quoted, bare = ''] = /"((?:[^"]|"")*)"|([^",\r\n]*)/y.exec(text.slice(at)) ?? [''];
    row.push(quoted?.replaceAll('""', '"') ?? bare);
    at += whole.length;
    if (text.startsWith('\r\n', at)) rows.push(row.splice(0));
    at += text[at] === ',' ? 1 : 2;
  }
  return rows;
}

const batchText = (report: BatchReport, format: BatchFormat) => batchFile(report, format).text;

const odd = fc.string({ unit: 'binary', maxLength: 30 });

describe('CSV', () => {
  test('has a row for each profile, with what went wrong', () => {
    const needed = rowWithoutRun(
      { profileId, name: 'Lab', destination: { host: 'localhost', port: 25, security: 'none' } },
      appErrorOf('SECRET_NEEDED', { kinds: ['password'], reason: 'not-stored' }),
    );
    const rows = readCsv(batchText(reportOf(rowFor('mail.acme.example'), rowFor('staging.example'), needed), 'csv'));
    expect(rows.map((row) => row.length)).toEqual([13, 13, 13, 13]);
    expect(rows[1]?.slice(0, 5)).toEqual(['Acme', 'mail.acme.example', '587', 'starttls', 'passed']);
    expect(rows[2]?.slice(4, 7)).toEqual(['failed', 'certificate', 'CERT_EXPIRED']);
    expect(rows[3]?.[4]).toBe('secret-needed');
    expect(rows[3]?.[7]).not.toBe('');
  });

  test('is safe in a spreadsheet and comes back as it was, whatever the names', () => {
    const names = fc.oneof(
      odd,
      fc.constantFrom('=1+1', '+1', '-1', '@A1', '\t=1', ' =1', '＝1', '"=1"', 'a,"b"\r\nc;d'),
    );
    fc.assert(
      fc.property(names, (name) => {
        const [, row] = readCsv(batchText(reportOf(rowFor('mail.acme.example', name)), 'csv'));
        const shown = row?.[0] ?? '';
        expect(shown).toMatch(/^(?!\s*[=+\-@＝＋－＠])/u);
        expect(shown.startsWith("'") && !name.startsWith("'") ? shown.slice(1) : shown).toBe(name);
        expect(row).toHaveLength(13);
      }),
    );
  });
});

describe('JUnit', () => {
  test('has a test case for each profile; a failure is the diagnosis, a missing secret an error', () => {
    const item = { profileId, name: 'Lab', destination: { host: 'localhost', port: 25, security: 'none' } };
    const needed = rowWithoutRun(item, appErrorOf('SECRET_NEEDED', { kinds: ['password'], reason: 'not-stored' }));
    const text = batchText(
      reportOf(rowFor('mail.acme.example'), rowFor('staging.example'), needed, rowWithoutRun(item, null)),
      'junit',
    );
    const elements = readXml(text);
    const suite = elements.find(({ name }) => name === 'testsuite');
    expect(suite?.attributes).toMatchObject({ tests: '4', failures: '1', errors: '1', skipped: '1', time: '1.234' });
    expect(elements.filter(({ name }) => name === 'testcase')).toHaveLength(4);
    const failure = elements.find(({ name }) => name === 'failure');
    expect(failure?.attributes.type).toBe('CERT_EXPIRED');
    expect(failure?.text).toContain('Certificate: ');
    expect(elements.find(({ name }) => name === 'error')?.attributes.type).toBe('SECRET_NEEDED');
    expect(elements.filter(({ name }) => name === 'skipped')).toHaveLength(1);
  });

  test('is well formed and says what it was given, whatever the names and words', () => {
    fc.assert(
      fc.property(odd, odd, (name, cause) => {
        const row = { ...rowFor('staging.example', name), cause: `x${cause}` };
        const elements = readXml(batchText(reportOf(row), 'junit'));
        const shown = elements.find((element) => element.name === 'testcase')?.attributes.name ?? '';
        // XML has no place for most control characters, whatever their spelling.
        const plain = (text: string) =>
          text.toWellFormed().replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
        const asAttribute = (text: string) => plain(text).replace(/\n/g, ' ');
        expect(shown).toBe(asAttribute(name));
        expect(elements.find((element) => element.name === 'failure')?.attributes.message).toBe(
          asAttribute(`x${cause}`),
        );
      }),
    );
  });
});

test('JSON is the report as it is', () => {
  const report = reportOf(rowFor('mail.acme.example'));
  expect(batchReport.parse(JSON.parse(batchText(report, 'json')))).toEqual(report);
});
