import type { Page } from 'playwright-core';
import { emptySettings } from '../../shared/profile.ts';
import type { TestReport, TranscriptLine } from '../../shared/report.ts';
import { fakeReport } from '../../test/support/fake-report.ts';

/** A report that passed, with a transcript of that many lines. */
export function reportWith(lines: number): TestReport {
  const settings = { ...emptySettings(), name: 'Bench', server: { ...emptySettings().server, host: 'mail.example' } };
  const transcript = Array.from({ length: lines }, (_, index): TranscriptLine => {
    const text = index % 2 === 0 ? `RCPT TO:<user${index}@example.com>` : `250 2.1.5 Ok, line ${index} of the answer`;
    return { ms: index, from: index % 2 === 0 ? 'client' : 'server', text, encrypted: true };
  });
  return { ...fakeReport(settings, 'check'), transcript };
}

/** Answers every connection test of a page with this report, in place of the host; all else goes to the host. */
export async function answerTests(page: Page, report: TestReport): Promise<void> {
  await page.route('**/api/call', async (route) => {
    const { name } = route.request().postDataJSON() as { name: string };
    if (name !== 'tests.check') return route.continue();
    const events = report.stages.flatMap((result) => [
      { event: { type: 'stage-started', stage: result.stage } },
      { event: { type: 'stage-finished', result } },
    ]);
    const lines = [...events, { result: { ok: true, value: report } }].map((each) => JSON.stringify(each));
    return route.fulfill({ contentType: 'application/x-ndjson; charset=utf-8', body: `${lines.join('\n')}\n` });
  });
}
