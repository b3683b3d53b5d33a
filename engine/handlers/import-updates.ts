import type { RequestInput } from '../../shared/contract.ts';
import { appErrorOf } from '../../shared/errors.ts';
import type { ImportComparison, SecretFate } from '../../shared/import-update.ts';
import type { StoredProfile } from '../../shared/library.ts';
import { type ProfileSettings, settingsOf } from '../../shared/profile.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { destinationOf, SECRET_KINDS, type SecretKind, sameDestination } from '../../shared/secrets.ts';
import { escapeControls } from '../../shared/text.ts';
import type { Handler } from '../dispatch.ts';
import type { TransferContext } from './exports.ts';
import type { ImportedProfile } from './import-sessions.ts';
import { secretChanges } from './secret-changes.ts';
import type { Secrets } from './subject.ts';

type Pair = { stored: StoredProfile; imported: ImportedProfile };

const loadUpdate = () => import('../targets/update.ts');

/** Shows what a file would change in a stored profile. */
export function compareImport(context: TransferContext): Handler<'imports.compare'> {
  return async (input) => {
    const pair = await find(context, input);
    if (!pair.ok) return pair;
    const { stored, imported } = pair.value;
    const { changesFrom, updated } = await loadUpdate();
    const current = settingsOf(stored.profile);
    const changes = changesFrom(current, imported);
    const settings = updated(
      current,
      imported,
      changes.map(({ field }) => field),
    );
    return ok<ImportComparison>({ stored, settings, changes, secrets: fates(stored, settings, imported.secrets) });
  };
}

/** Takes the chosen changes over into a stored profile, if it is still the one that was compared. */
export function updateFromImport(context: TransferContext): Handler<'imports.update'> {
  return async ({ revision, fields, secrets, ...input }) => {
    const pair = await find(context, input);
    if (!pair.ok) return pair;
    const { stored, imported } = pair.value;
    const { changesFrom, updated } = await loadUpdate();
    const current = settingsOf(stored.profile);
    const offered = changesFrom(current, imported).map(({ field }) => field);
    const unknown = fields?.find((field) => !offered.includes(field));
    if (unknown !== undefined && stored.revision === revision) {
      return invalid('fields', `The file changes no field ${escapeControls(unknown)}.`);
    }
    const settings = updated(current, imported, fields ?? offered);
    const strange = secrets === 'leave-out' ? undefined : strangers(settings, imported)[0];
    if (strange !== undefined) {
      const { host, port } = imported.settings.server;
      const where = escapeControls(`${host}:${port}`);
      return invalid(
        'secrets',
        `The ${strange} of the file belongs to ${where}. Take its server and user over too, or leave the secret out.`,
      );
    }
    return context.library.save(input.profileId, revision, settings, secretChanges(imported.secrets, secrets));
  };
}

async function find(
  { library, imports }: TransferContext,
  { importId, index, profileId }: RequestInput<'imports.compare'>,
): Promise<Result<Pair>> {
  const imported = imports.profile(importId, index);
  if (!imported.ok) return imported;
  const stored = await library.get(profileId);
  return stored.ok ? ok({ stored: stored.value, imported: imported.value }) : stored;
}

/** Secrets of the file that would be used for another server than the file says. */
function strangers(settings: ProfileSettings, imported: ImportedProfile): SecretKind[] {
  return (Object.keys(imported.secrets) as SecretKind[]).filter(
    (kind) => !sameDestination(destinationOf(settings, kind), destinationOf(imported.settings, kind)),
  );
}

function fates(stored: StoredProfile, settings: ProfileSettings, inFile: Secrets): SecretFate[] {
  return SECRET_KINDS.flatMap((kind): SecretFate[] => {
    const state = stored.secrets.find((each) => each.kind === kind);
    const isIn = inFile[kind] !== undefined;
    if (!state && !isIn) return [];
    if (!state) return [{ kind, inFile: isIn, stored: 'none' }];
    const before = destinationOf(settingsOf(stored.profile), kind);
    const stays = state.matchesDestination && sameDestination(before, destinationOf(settings, kind));
    return [{ kind, inFile: isIn, stored: stays ? 'kept' : 'asked' }];
  });
}

function invalid(field: string, message: string): Result<never> {
  return fail(appErrorOf('INVALID_INPUT', { problems: [{ field, message }] }));
}
