import { defineCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { usage } from '../failure.ts';
import { readImport } from '../import-file.ts';
import { importKindOf } from '../import-kind.ts';
import { IMPORT_OPTIONS } from '../import-table.ts';
import { runUpdate } from '../import-update.ts';
import { holdsSecret, importLines } from '../output/import.ts';
import { tableColumns } from '../output/layout.ts';
import { profileJson } from '../output/profile.ts';
import { safe } from '../output/safe.ts';

export const importCommand = defineCommand({
  usage: 'FILE|DIR|- [--update PROFILE] [--dry-run] [OPTIONS]',
  details: [
    'Reads the file of a product and stores what it says as profiles. The product is recognised by the content. --dry-run shows what was understood and from which key, and stores nothing.',
    '--update changes a profile that is there already: it shows each field as it is and as the file has it, and asks. What the file does not speak of stays. A stored secret is never used for another server than the one it was saved for.',
    'A folder or an archive (zip, tar, tar.gz) is read file by file; what is no product’s file is left out, with the reason.',
    'Secrets in the file go to the keychain unless --keep says otherwise; a mask such as ******** is never taken for a password.',
  ],
  options: IMPORT_OPTIONS,
  positionals: [1, 1],
  examples: [
    'relaysmith import config.json --dry-run',
    'relaysmith import realm.json --update "Acme production relay"',
    'relaysmith import customer.zip --dry-run',
    'kubectl get secret mail -o json | relaysmith import - --keep ask',
  ],
  async run(context) {
    const { values, io, style, print, printJson } = context;
    const [path = ''] = context.positionals;
    const kind = await importKindOf(path);
    if (kind === 'bundle') return usage('This is a bundle of Relaysmith.', 'Open it with relaysmith bundle open FILE.');
    const engine = await context.engine();
    if (kind !== 'file' && values.update !== undefined) {
      return usage('--update takes one file.', 'Name the file in the folder or archive that is meant.');
    }
    if (kind !== 'file') return (await import('../import-set-run.ts')).importSet(context, engine, path, kind);
    if (values.only.length > 0) return usage('--only is about a folder or an archive.', 'Leave it out for one file.');
    const read = await readImport(engine, io, path, values.target);
    if (!read.ok) return read;
    const preview = read.value;
    if (values.update !== undefined) {
      return runUpdate(context, engine, preview, { ...values, update: values.update });
    }
    if (values.field.length > 0 || values.index !== undefined || values.yes) {
      return usage('--field, --index and --yes belong to --update.', 'Name the profile to change with --update.');
    }
    if (values['dry-run']) {
      printJson(preview);
      for (const line of importLines(preview, style, tableColumns(io.stdout))) print(line);
      return { ok: true, value: EXIT.ok };
    }
    if (values.name !== undefined && preview.profiles.length > 1) {
      return usage(
        '--name fits one profile, and the file holds several.',
        'Leave it out, then rename with relaysmith edit.',
      );
    }
    const choices = preview.profiles.map(({ name }, index) => ({
      index,
      name: values.name ?? name,
      secrets: holdsSecret(preview, index) ? (values.keep ?? 'keychain') : ('leave-out' as const),
    }));
    const stored = await engine.client('imports.accept', { importId: preview.importId, choices });
    if (!stored.ok) return stored;
    const { target, ignored, warnings } = preview;
    printJson({ target, profiles: stored.value.map(profileJson), ignored, warnings });
    for (const { profile } of stored.value) {
      print(
        `${style.passed(style.icons.passed)} Imported "${safe(profile.name)}" (${profile.id}) from ${safe(target)}.`,
      );
    }
    for (const warning of warnings) print(`${style.warned(style.icons.warned)} ${safe(warning)}`);
    if (ignored.length > 0) print(style.dim(`Keys not taken over: ${ignored.length}. --dry-run lists them.`));
    return { ok: true, value: EXIT.ok };
  },
});
