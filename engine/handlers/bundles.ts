import { basename } from 'node:path';
import type { RequestInput, RequestOutput } from '../../shared/contract.ts';
import { type AppError, appErrorOf } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import { settingsOf } from '../../shared/profile.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { OpenedBundle } from '../bundle/bundle-file.ts';
import type { BundledProfile } from '../bundle/payload.ts';
import type { HandlerGroup } from '../dispatch.ts';
import { readBounded } from '../files/read-bounded.ts';
import { writeDurably } from '../files/write-durably.ts';
import type { NewProfile, ProfileLibrary } from '../profiles/profile-library.ts';
import type { FileTokens } from './file-tokens.ts';
import { Held } from './held.ts';
import { secretChanges } from './secret-changes.ts';

type Choice = RequestInput<'bundles.accept'>['choices'][number];
type Replacement = Extract<Choice, { action: 'replace' }>;
type Accepted = RequestOutput<'bundles.accept'>;

/** Opened bundles kept at once; each may hold many secrets, so few. */
const MOST_OPEN = 3;

/** Requests about bundles. Passphrases and the secrets inside stay on this side. */
export function bundleHandlers(library: ProfileLibrary, tokens: FileTokens, now: () => Date): HandlerGroup<'bundles'> {
  const open = new Held<OpenedBundle>(MOST_OPEN);
  const loadFile = () => import('../bundle/bundle-file.ts');

  return {
    'bundles.save': async ({ profileIds, passphrase, destination, followLink }, { signal, emit }) => {
      const path = tokens.resolve(destination);
      if (!path.ok) return path;
      const stored = await library.getMany(profileIds);
      if (!stored.ok) return stored;
      const { withSecrets } = await import('../bundle/gather.ts');
      const watch = { signal, onProgress: emit };
      const gathered =
        passphrase === null
          ? ok({ profiles: stored.value.map(({ profile }): BundledProfile => ({ profile, secrets: {} })), lacking: [] })
          : await withSecrets(stored.value, library, watch);
      if (!gathered.ok) return gathered;
      if (passphrase !== null) emit({ done: stored.value.length, total: stored.value.length, name: '' });
      const { profiles, lacking } = gathered.value;
      const { composeBundle } = await loadFile();
      const text = await composeBundle(profiles, now(), passphrase === null ? null : { passphrase });
      // The last moment at which nothing has been written.
      if (signal.aborted) return fail(appErrorOf('CANCELLED', {}));
      if (Buffer.byteLength(text) > LIMITS.bundleBytes) {
        return fail(appErrorOf('INPUT_TOO_LARGE', { what: 'The bundle', max: LIMITS.bundleBytes }));
      }
      const written = await writeDurably(path.value, text, { mode: 0o600, backup: true, followLink });
      if (!written.ok) return written;
      const { bytes, backup } = written.value;
      const secrets = profiles.reduce((sum, each) => sum + Object.keys(each.secrets).length, 0);
      return ok({ file: basename(path.value), bytes, backup, profiles: profiles.length, secrets, lacking });
    },

    'bundles.open': async ({ source, passphrase }) => {
      const bytes = await bytesOf(source, tokens);
      if (!bytes.ok) return bytes;
      const { openBundle, readOutline } = await loadFile();
      const outline = readOutline(bytes.value);
      if (!outline.ok) return outline;
      const opened = await openBundle(outline.value, passphrase);
      if (!opened.ok) return opened;
      const stored = await library.getMany(null);
      if (!stored.ok) return stored;
      const { besideLibrary } = await import('../bundle/beside-library.ts');
      return ok(besideLibrary(open.open(opened.value), opened.value, stored.value));
    },

    'bundles.accept': async ({ bundleId, choices }) => {
      const bundle = open.get(bundleId);
      if (!bundle || choices.some(({ index }) => !bundle.profiles[index]))
        return fail(appErrorOf('BUNDLE_UNKNOWN', {}));
      const added = await library.createMany(choices.flatMap((choice) => newProfile(bundle, choice)));
      if (!added.ok) return added;
      const accepted: Accepted = { added: added.value, replaced: [], notReplaced: [] };
      for (const choice of choices) {
        if (choice.action === 'replace') await replace(library, bundle, choice, accepted);
      }
      open.close(bundleId);
      return ok(accepted);
    },

    'bundles.close': async ({ bundleId }) => {
      open.close(bundleId);
      return ok({});
    },
  };
}

async function bytesOf(
  source: RequestInput<'bundles.open'>['source'],
  tokens: FileTokens,
): Promise<Result<Uint8Array>> {
  if (source.kind === 'text') return ok(Buffer.from(source.text, 'utf8'));
  const path = tokens.resolve(source.token);
  if (!path.ok) return path;
  const read = await readBounded(path.value, LIMITS.bundleBytes);
  return read.ok ? ok(read.value.bytes) : read;
}

function newProfile({ profiles }: OpenedBundle, choice: Choice): NewProfile[] {
  const bundled = profiles[choice.index];
  if (choice.action !== 'add' || !bundled) return [];
  const settings = { ...settingsOf(bundled.profile), name: choice.name };
  return [{ settings, secrets: secretChanges(bundled.secrets, choice.secrets) }];
}

/** What was stored stays bound to its own destination: the replaced profile's secrets are not sent to a new one. */
async function replace(
  library: ProfileLibrary,
  { profiles }: OpenedBundle,
  { index, id, revision, secrets }: Replacement,
  accepted: Accepted,
): Promise<void> {
  const bundled = profiles[index];
  if (!bundled) return;
  const failed = (error: AppError) => accepted.notReplaced.push({ index, name: bundled.profile.name, error });
  const changes = secretChanges(bundled.secrets, secrets);
  const saved = await library.save(id, revision, settingsOf(bundled.profile), changes);
  if (!saved.ok) failed(saved.error);
  else if (saved.value.outcome === 'saved') accepted.replaced.push(saved.value.stored);
  else failed(appErrorOf('PROFILE_CHANGED', { name: saved.value.theirs.profile.name }));
}
