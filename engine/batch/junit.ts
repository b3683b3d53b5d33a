import { type BatchReport, type BatchRow, countOutcomes } from '../../shared/batch.ts';
import { describeError } from '../../shared/messages.ts';
import { STAGE_WORDS } from '../../shared/report.ts';

/**
 * The result as JUnit XML, as CI systems read it: a test case for each profile, its failure the diagnosis. A profile
 * that was not tested is skipped, except for a missing secret or another error: CI must not take that for fine.
 */
export function batchJunit(report: BatchReport): string {
  const { rows, startedAt, ms } = report;
  const counts = countOutcomes(rows);
  const sums = {
    tests: rows.length,
    failures: counts.failed,
    errors: counts['secret-needed'] + counts['not-tested'],
    skipped: counts.cancelled,
    time: seconds(ms),
  };
  const suite = { name: 'relaysmith', ...sums, timestamp: startedAt.replace(/\.\d+Z$/, '') };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'relaysmith', ...sums })}>`,
    `  <testsuite${attributes(suite)}>`,
    ...rows.map(testCase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(row: BatchRow): string {
  const { host, port, security } = row.destination;
  const name = { name: row.name, classname: `${host}:${port} ${security}`, time: seconds(row.ms) };
  const content = verdict(row) + stageOutput(row);
  return `    <testcase${attributes(name)}>${content}\n    </testcase>`;
}

function verdict(row: BatchRow): string {
  const { outcome, rule, cause, remedy, error, stage } = row;
  if (error) {
    const { what, next } = describeError(error);
    return element('error', { type: error.code, message: what }, `${what}\n${next}`);
  }
  if (outcome === 'cancelled') return element('skipped', { message: 'Cancelled.' }, '');
  if (outcome !== 'failed') return '';
  const where = stage ? `${STAGE_WORDS[stage]}: ` : '';
  const message = cause || 'Nothing failed, but not all could be tested.';
  return element('failure', { type: rule || 'NOT_ALL_TESTED', message }, `${where}${message}\n${remedy}`.trim());
}

function stageOutput({ stages }: BatchRow): string {
  if (stages.length === 0) return '';
  const lines = stages.map(
    ({ stage, status, ms, note }) => `${STAGE_WORDS[stage]}: ${status}, ${Math.round(ms)} ms. ${note}`,
  );
  return element('system-out', {}, lines.join('\n'));
}

function element(name: string, values: Record<string, string>, text: string): string {
  return `\n      <${name}${attributes(values)}>${escaped(text)}</${name}>`;
}

function attributes(values: Record<string, string | number>): string {
  return Object.entries(values)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join('');
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Text for XML 1.0: markup escaped, characters that no XML document may hold (XML 1.0, 2.2) replaced. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '')
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[\t\r]/g, (char) => `&#${char.charCodeAt(0)};`);
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
