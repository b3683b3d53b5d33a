import { defineCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { usage } from '../failure.ts';
import { comparisonLines } from '../output/compare.ts';
import { findReport, RUN_SYNTAX } from '../run-ref.ts';

export const compare = defineCommand({
  usage: 'A B',
  details: [
    `Puts two runs beside each other, stage by stage: state, time, and the facts that differ (addresses, capabilities, certificate, TLS, replies), with what stands out, such as an offer of STARTTLS that is gone. A and B are kept runs or report files in JSON. ${RUN_SYNTAX}.`,
    'A report file can come from another machine: relaysmith test acme --report there.json on the server, then compare it with a run from here.',
    'Exit code 0: no stage differs. 1: one does. Time alone is no difference.',
  ],
  options: {},
  positionals: [2, 2],
  examples: ['relaysmith compare acme@-2 acme@last', 'relaysmith compare acme@last there.json --json'],
  async run(context) {
    const { positionals, style, io, print, printJson } = context;
    const engine = await context.engine();
    const [a = '', b = ''] = positionals;
    if (a === b) return usage('Both are the same run.', `Name two: ${RUN_SYNTAX}.`);
    const before = await findReport(engine, a);
    if (!before.ok) return before;
    const after = await findReport(engine, b);
    if (!after.ok) return after;
    const compared = await engine.client('reports.compare', { before: before.value.ref, after: after.value.ref });
    if (!compared.ok) return compared;
    printJson(compared.value);
    for (const line of comparisonLines(compared.value, style, io.stdout.columns)) print(line);
    return { ok: true, value: compared.value.stages.some(({ differs }) => differs) ? EXIT.failed : EXIT.ok };
  },
});
