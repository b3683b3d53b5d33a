import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { compareReports } from '../../shared/compare.ts';
import { appErrorOf } from '../../shared/errors.ts';
import { summaryOf } from '../../shared/history.ts';
import { LIMITS } from '../../shared/limits.ts';
import type { TestReport } from '../../shared/report.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { HandlerGroup } from '../dispatch.ts';
import { decodeText } from '../files/decode-text.ts';
import { readBounded } from '../files/read-bounded.ts';
import type { RunHistory } from '../history/run-history.ts';
import type { FileTokens } from './file-tokens.ts';
import { reportFinder } from './find-report.ts';
import type { ReportShelf } from './report-shelf.ts';
import { saveText } from './save-text.ts';

/** Requests that give reports out, read them back and compare them. */
export function reportHandlers(history: RunHistory, shelf: ReportShelf, tokens: FileTokens): HandlerGroup<'reports'> {
  const find = reportFinder(history, shelf);
  return {
    'reports.render': async ({ report, ...choice }) => {
      const found = await find(report);
      if (!found.ok) return found;
      const { renderReport } = await import('../reports/render.ts');
      return ok(renderReport(found.value, choice));
    },
    'reports.save': async ({ report, format, mask, ...where }) => {
      const found = await find(report);
      if (!found.ok) return found;
      const { renderReport } = await import('../reports/render.ts');
      return saveText(tokens, renderReport(found.value, { format, mask }).text, where);
    },
    'reports.saveChain': async ({ report, ...where }) => {
      const found = await find(report);
      if (!found.ok) return found;
      const pem = chainOf(found.value);
      if (pem === '') return fail(appErrorOf('NOT_FOUND', { what: 'certificate', name: found.value.destination.host }));
      return saveText(tokens, pem, where);
    },
    'reports.open': async ({ token }) => {
      const read = await readReportFile(tokens, token);
      if (!read.ok) return read;
      // An id of our own: the file's could be that of a run of this session.
      const report = { ...read.value, id: randomUUID() };
      shelf.put(report);
      return ok({ profileName: report.profileName, summary: summaryOf(report, false) });
    },
    'reports.compare': async ({ before, after }) => {
      const [a, b] = [await find(before), await find(after)];
      if (!a.ok) return a;
      return b.ok ? ok(compareReports(a.value, b.value)) : b;
    },
  };
}

/** The certificates of a report as PEM; '' where it holds none. */
function chainOf({ stages }: TestReport): string {
  const chain = stages.find(({ stage }) => stage === 'certificate')?.facts.chain ?? [];
  return chain.map(({ pem }) => pem).join('');
}

async function readReportFile(tokens: FileTokens, token: string): Promise<Result<TestReport>> {
  const path = tokens.resolve(token);
  if (!path.ok) return path;
  const read = await readBounded(path.value, LIMITS.reportBytes);
  if (!read.ok) return read;
  const text = decodeText(read.value.bytes, basename(path.value));
  if (!text.ok) return text;
  const { readReport } = await import('../reports/read-report.ts');
  return readReport(text.value.text);
}
