import type { Engine } from '../../engine/index.ts';
import { REPORT_FORMATS } from '../../shared/report-formats.ts';
import { defineCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { type CliResult, usage } from '../failure.ts';
import { safe, safeLines } from '../output/safe.ts';
import { chooseReportFile, writeReport } from '../report-file.ts';
import { findReport, findRun, isRunReference, type NamedReport, RUN_SYNTAX } from '../run-ref.ts';

export const report = defineCommand({
  usage: 'PROFILE | PROFILE@RUN | FILE [--output FILE] [--mask]',
  details: [
    `Shows or saves the report of a kept run, with every stage, the certificate chain, the transcript and the diagnosis. ${RUN_SYNTAX}. A report saved as JSON can be shown again, also masked.`,
    '--output takes the form from the ending: .html (one page that opens anywhere and prints), .txt, .json. Secrets are in none of them. --mask replaces hosts, addresses, users and names by the same pseudonyms throughout.',
  ],
  options: {
    output: { kind: 'text', value: 'FILE', help: 'Write to FILE.html, FILE.txt or FILE.json.' },
    format: { kind: 'text', choices: REPORT_FORMATS, help: 'Form on stdout (text).' },
    mask: { kind: 'flag', help: 'Replace hosts, addresses, users and names.' },
  },
  positionals: [1, 1],
  examples: [
    'relaysmith report acme',
    'relaysmith report acme@-2 --output before.html --mask',
    'relaysmith report acme --json > acme.json',
  ],
  async run(context) {
    const { values, positionals, json, io, style, print, printJson } = context;
    const [name = ''] = positionals;
    const engine = await context.engine();
    if (values.output !== undefined && values.format !== undefined) {
      return usage('--format is for stdout.', 'With --output, the ending of the file says the form.');
    }
    const found = await reportNamed(engine, name);
    if (!found.ok) return found;
    if (values.output !== undefined) {
      const file = await chooseReportFile(engine, values.output, values.mask);
      if (!file.ok || !file.value) return file.ok ? usage('There is no file name.', 'Name a file.') : file;
      const bytes = await writeReport(engine, found.value.ref, file.value);
      if (!bytes.ok) return bytes;
      const { path, format, mask } = file.value;
      printJson({ written: { path, format, masked: mask, bytes: bytes.value } });
      print(`${style.passed(style.icons.passed)} Wrote ${safe(path)} (${bytes.value} bytes).`);
      return { ok: true, value: EXIT.ok };
    }
    const format = json ? 'json' : (values.format ?? 'text');
    const rendered = await engine.client('reports.render', { report: found.value.ref, format, mask: values.mask });
    if (!rendered.ok) return rendered;
    const { text } = rendered.value;
    if (json) printJson(JSON.parse(text));
    else if (io.stdout.isTTY) for (const line of safeLines(text.trimEnd())) print(line);
    else io.stdout.write(text);
    return { ok: true, value: EXIT.ok };
  },
});

/** A run, the newest run of a profile, or a file; a file of that name comes last, so that it never hides a profile. */
async function reportNamed(engine: Engine, name: string): Promise<CliResult<NamedReport>> {
  if (isRunReference(name)) return findReport(engine, name);
  const run = await findRun(engine, name);
  if (run.ok || run.error.code !== 'NOT_FOUND' || !/\.json$/i.test(name)) return run;
  return findReport(engine, name);
}
