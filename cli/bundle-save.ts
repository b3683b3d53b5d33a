import { resolve } from 'node:path';
import { BUNDLE_ENDING, type LackingSecret } from '../shared/bundle.ts';
import type { BUNDLE_OPTIONS } from './bundle-table.ts';
import type { Context } from './command.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { type CliResult, usage } from './failure.ts';
import { safe } from './output/safe.ts';
import { newPassphrase } from './passphrase.ts';
import { chosenProfiles } from './profile-ref.ts';
import { progressLine } from './progress.ts';

const LACKING: Record<LackingSecret['why'], string> = {
  ask: 'it is asked for each time',
  elsewhere: 'it was saved for another server, port, security or user',
  gone: 'it is not at hand any more',
};

/** `relaysmith bundle save`: writes profiles into a bundle. */
export async function saveBundle(
  context: Context<typeof BUNDLE_OPTIONS>,
  file: string,
  references: readonly string[],
): Promise<CliResult<ExitCode>> {
  const { values, io, style, print, printJson } = context;
  if (
    !values['with-secrets'] &&
    (values['passphrase-stdin'] || values['passphrase-file'] || values['passphrase-env'])
  ) {
    return usage('A passphrase goes with --with-secrets.', 'Add it, or leave the passphrase out.');
  }
  const engine = await context.engine();
  const chosen = await chosenProfiles(engine, references, values.all);
  if (!chosen.ok) return chosen;
  const passphrase = values['with-secrets'] ? await newPassphrase(io, values) : null;
  if (passphrase && !passphrase.ok) return passphrase;
  const path = await engine.client('files.save', { suggestedName: `profiles${BUNDLE_ENDING}`, path: file });
  if (!path.ok) return path;
  if (!path.value) return usage('No file was chosen.', 'Name one.');
  const saved = await engine.client(
    'bundles.save',
    {
      profileIds: chosen.value.map(({ id }) => id),
      passphrase: passphrase?.value ?? null,
      destination: path.value.token,
      followLink: values['follow-link'],
    },
    { signal: io.signal, onEvent: progressLine(context) },
  );
  if (!saved.ok) return saved;
  const { profiles, secrets, lacking, backup } = saved.value;
  printJson({ ...saved.value, path: resolve(io.workingDirectory, file) });
  const inside = values['with-secrets'] ? `${secrets} secrets, encrypted` : 'without secrets';
  print(`${style.passed(style.icons.passed)} Wrote ${safe(file)}: ${profiles} profiles, ${inside}.`);
  if (backup) print(`  The old file is kept as ${safe(backup)}.`);
  for (const { name, kind, why } of lacking) {
    print(`${style.warned(style.icons.warned)} Not in it: the ${kind} of "${safe(name)}"; ${LACKING[why]}.`);
  }
  return { ok: true, value: EXIT.ok };
}
