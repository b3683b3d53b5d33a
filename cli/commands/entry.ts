import type { Engine } from '../../engine/index.ts';
import type { RequestInput } from '../../shared/contract.ts';
import type { EntrySheet, SheetField } from '../../shared/entry-sheet.ts';
import { hasEntrySheet } from '../../shared/entry-sheet.ts';
import { type Context, defineCommand } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { type CliResult, usage } from '../failure.ts';
import { sheetLines } from '../output/entry-sheet.ts';
import { safe } from '../output/safe.ts';
import { findProfile } from '../profile-ref.ts';
import { pickTarget } from '../target-ref.ts';

const OPTIONS = {
  to: { kind: 'text', value: 'TARGET', help: 'Product whose form is to be filled in.' },
  copy: { kind: 'text', value: 'FIELD', help: 'Copy what belongs into this field: its label, or its number.' },
} as const;

type EntryContext = Context<typeof OPTIONS>;

export const entry = defineCommand({
  usage: 'PROFILE --to TARGET [--copy FIELD]',
  details: [
    'Shows what to enter into the form of a product that takes no file, field by field in the order of the form.',
    'A secret is never shown: --copy puts it on the clipboard of this machine, and takes it off again after 45 seconds or with Ctrl-C, if the clipboard still holds it. The command waits that long.',
  ],
  options: OPTIONS,
  positionals: [1, 1],
  examples: ['relaysmith entry acme --to keepnet', 'relaysmith entry acme --to zuora --copy Password'],
  async run(context) {
    const engine = await context.engine();
    const found = await findProfile(engine, context.positionals[0] ?? '');
    if (!found.ok) return found;
    const target = await targetWithForm(engine, context.values.to);
    if (!target.ok) return target;
    const request = { subject: { kind: 'stored' as const, profileId: found.value.id }, target: target.value };
    const sheet = await engine.client('sheets.read', request);
    if (!sheet.ok) return sheet;
    if (context.values.copy !== undefined) return copyField(context, engine, request, sheet.value);
    context.printJson(sheet.value);
    for (const line of sheetLines(sheet.value, context.style)) context.print(line);
    return { ok: true, value: EXIT.ok };
  },
});

async function targetWithForm(engine: Engine, name: string | undefined): Promise<CliResult<string>> {
  const targets = await engine.client('targets.list', {});
  if (!targets.ok) return targets;
  const withForm = targets.value.filter(hasEntrySheet).map(({ id }) => id);
  const next = `Forms are known of: ${withForm.join(', ')}.`;
  if (name === undefined) return usage('The target is missing.', `Name it with --to. ${next}`);
  const picked = pickTarget(targets.value, name);
  if (!picked.ok) return picked;
  if (hasEntrySheet(picked.value)) return { ok: true, value: picked.value.id };
  return usage(`${picked.value.name} takes a file, so there is no form.`, `Use relaysmith export. ${next}`);
}

async function copyField(
  context: EntryContext,
  engine: Engine,
  request: RequestInput<'sheets.read'>,
  { fields }: EntrySheet,
): Promise<CliResult<ExitCode>> {
  const field = indexOf(fields, context.values.copy ?? '');
  if (field === -1) {
    return usage('The form has no field of that name.', `Its fields: ${fields.map(({ label }) => label).join(', ')}.`);
  }
  const copied = await engine.client('sheets.copy', { ...request, field });
  if (!copied.ok) return copied;
  const { label, clearsAfterSeconds } = copied.value;
  context.printJson(copied.value);
  const { style, io } = context;
  const done = `${style.passed(style.icons.passed)} Copied what belongs into ${safe(label)}.`;
  if (clearsAfterSeconds === null) {
    context.print(done);
    return { ok: true, value: EXIT.ok };
  }
  context.print(`${done} It leaves the clipboard in ${clearsAfterSeconds} s; Ctrl-C takes it off now.`);
  // Whichever comes first: the engine's own timer, or the end of the command, which ends the engine too.
  await untilAborted(io.signal, clearsAfterSeconds * 1_000);
  context.print('Taking it off.');
  return { ok: true, value: EXIT.ok };
}

/** Index of the field with a label, in any case, or a number from 1; -1 when there is none. */
function indexOf(fields: readonly SheetField[], asked: string): number {
  const wanted = asked.trim().toLowerCase();
  const labelled = fields.findIndex(({ label }) => label.toLowerCase() === wanted);
  if (labelled !== -1 || !/^\d{1,3}$/.test(wanted)) return labelled;
  return fields[Number(wanted) - 1] ? Number(wanted) - 1 : -1;
}

function untilAborted(signal: AbortSignal, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}
