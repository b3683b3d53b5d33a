import { setImmediate as pause } from 'node:timers/promises';
import { type AppError, appErrorOf, type ErrorFacts } from '../../shared/errors.ts';
import {
  type ExportSetPreview,
  MANIFEST_NAME,
  type PlannedFile,
  type ProfileLimit,
  type RefusedExport,
} from '../../shared/export-set.ts';
import type { StoredProfile } from '../../shared/library.ts';
import { LIMITS } from '../../shared/limits.ts';
import { settingsOf } from '../../shared/profile.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { SecretKind } from '../../shared/secrets.ts';
import type { SecretPolicy } from '../../shared/target.ts';
import { safeFileName } from '../files/safe-file-name.ts';
import { UniqueNames } from '../files/unique-names.ts';
import { compose, secretsToInclude } from './export.ts';
import { targetById } from './index.ts';
import { accountNames } from './render-many.ts';
import { type ExportContext, type Target, withDefaults } from './target.ts';

/** Products and how they are written. */
export interface SetRequest {
  targets: readonly { target: string; options: Record<string, string> }[];
  policy: SecretPolicy;
  /** One file for all profiles where the product reads several from one. */
  combine: boolean;
}

/** One file of a set. */
export interface SetFile {
  file: string;
  target: Target;
  options: Record<string, string>;
  /** One, or several that share the file. */
  members: StoredProfile[];
  limits: ProfileLimit[];
  holdsSecret: boolean;
}

/** The files of a set, those of one profile after another, then those that hold several. */
export interface SetPlan {
  files: SetFile[];
  refused: RefusedExport[];
}

type SecretValues = Partial<Record<SecretKind, string>>;
type Place = Pick<SetFile, 'target' | 'options'>;

/** Compositions between two moments in which others get their turn. */
const TURN = 20;

/**
 * Plans the files of a set: which there are, what they are called, what the products cannot take. Reads no secret: with the
 * policy `include` a stand-in is written, so that only what depends on a secret's own characters shows later. Errors:
 * TARGET_UNKNOWN, INVALID_INPUT for an option, INPUT_TOO_LARGE for too many files, CANCELLED.
 */
export async function planSet(
  stored: readonly StoredProfile[],
  request: SetRequest,
  signal: AbortSignal,
): Promise<Result<SetPlan>> {
  const places: Place[] = [];
  for (const { target: id, options } of request.targets) {
    const target = targetById(id);
    if (!target.ok) return target;
    places.push({ target: target.value, options });
  }
  if (stored.length * places.length > LIMITS.exportSetFiles) {
    return fail(appErrorOf('INPUT_TOO_LARGE', { what: 'The set of files', max: LIMITS.exportSetFiles }));
  }
  const names = new UniqueNames([MANIFEST_NAME]);
  const shared = new Map<Place, StoredProfile[]>();
  const plan: SetPlan = { files: [], refused: [] };
  let count = 0;
  for (const profile of stored) {
    for (const place of places) {
      count += 1;
      if (count % TURN === 0) await pause();
      if (signal.aborted) return fail(appErrorOf('CANCELLED', {}));
      const error = whyNot(profile, place, request.policy);
      if (error?.code === 'INVALID_INPUT') return fail(error);
      if (error) plan.refused.push(refusedOf(profile, place.target, error));
      else if (sharesFile(place.target, request)) shared.set(place, [...(shared.get(place) ?? []), profile]);
      else plan.files.push(fileOf([profile], place, request.policy, names));
    }
  }
  for (const [place, members] of shared) plan.files.push(fileOf(members, place, request.policy, names));
  return ok(plan);
}

/** Makes the text of one file. Errors: SECRET_NEEDED, TARGET_REFUSES. */
export function composeFile(
  { target, options, members }: SetFile,
  policy: SecretPolicy,
  secretsOf: ReadonlyMap<string, SecretValues>,
): Result<string> {
  const valuesOf = ({ profile }: StoredProfile) => secretsOf.get(profile.id) ?? {};
  const [first] = members;
  if (first && members.length === 1) {
    const composed = compose(settingsOf(first.profile), valuesOf(first), {
      target: target.info.id,
      options,
      policy,
      into: null,
    });
    return composed.ok ? ok(composed.value.text) : composed;
  }
  if (!target.renderMany) throw new Error(`${target.info.id} does not take several profiles`);
  const words = accountNames(members.map(({ profile }) => profile.name));
  const accounts = members.map((member, index) => ({
    name: words[index] ?? '',
    settings: settingsOf(member.profile),
    secrets: { policy, values: policy === 'include' ? valuesOf(member) : {} },
  }));
  return target.renderMany(accounts, withDefaults(target.info, options));
}

/** What a door may see of a plan. */
export function setPreviewOf({ files, refused }: SetPlan): ExportSetPreview {
  return { files: files.map(plannedFileOf), refused };
}

/** A planned file as previews and manifests tell of it. */
export function plannedFileOf({ file, target, members, limits, holdsSecret }: SetFile): PlannedFile {
  const { id, name, fileName } = target.info;
  return {
    file,
    target: id,
    product: name,
    productFile: fileName,
    profiles: members.map(({ profile }) => ({ id: profile.id, name: profile.name })),
    limits,
    holdsSecret,
  };
}

function fileOf(
  members: StoredProfile[],
  { target, options }: Place,
  policy: SecretPolicy,
  names: UniqueNames,
): SetFile {
  const context = contextWith({ target, options }, policy);
  const [first] = members;
  const stem = first && members.length === 1 ? safeFileName(first.profile.name) : 'profiles';
  const limits = members.flatMap(({ profile }) =>
    target.limits(settingsOf(profile), context).map((limit) => ({ ...limit, profile: profile.name })),
  );
  const holdsSecret =
    policy === 'include' && members.some(({ profile }) => secretsToInclude(settingsOf(profile)).length > 0);
  const file = names.give(stem, `.${target.info.id}${endingOf(target.fileName(context))}`);
  return { file, target, options, members, limits, holdsSecret };
}

/** With references to the environment all accounts of a file would point to one variable, so each keeps a file of its own. */
function sharesFile({ renderMany }: Target, { combine, policy }: SetRequest): boolean {
  return combine && policy !== 'environment' && renderMany !== undefined;
}

/** The last part of a file's name: `.json` of realm.json, `.env` of .env; '' for one without. */
function endingOf(fileName: string): string {
  return /\.[a-z0-9]+$/i.exec(fileName)?.[0] ?? '';
}

function contextWith({ target, options }: Place, policy: SecretPolicy): ExportContext {
  return { options: withDefaults(target.info, options), secrets: { policy, values: {} } };
}

/** Why a profile gives no file for a product; null when it does. */
function whyNot(stored: StoredProfile, { target, options }: Place, policy: SecretPolicy): AppError | null {
  const settings = settingsOf(stored.profile);
  const kinds = policy === 'include' ? secretsToInclude(settings) : [];
  const needed = kinds.flatMap((kind) => lackingSecret(stored, kind) ?? []);
  const [first] = needed;
  if (first) {
    const same = needed.filter(({ reason }) => reason === first.reason).map(({ kind }) => kind);
    return appErrorOf('SECRET_NEEDED', { kinds: same, reason: first.reason });
  }
  const standIns = Object.fromEntries(kinds.map((kind) => [kind, 'x']));
  const composed = compose(settings, standIns, { target: target.info.id, options, policy, into: null });
  return composed.ok ? null : composed.error;
}

function lackingSecret(
  { secrets }: StoredProfile,
  kind: SecretKind,
): { kind: SecretKind; reason: ErrorFacts<'SECRET_NEEDED'>['reason'] } | null {
  const state = secrets.find((each) => each.kind === kind);
  if (!state) return { kind, reason: 'not-stored' };
  if (state.storage === 'ask') return { kind, reason: 'ask-each-time' };
  if (!state.matchesDestination) return { kind, reason: 'destination-changed' };
  return state.available ? null : { kind, reason: 'session-ended' };
}

function refusedOf({ profile }: StoredProfile, { info }: Target, error: AppError): RefusedExport {
  return { target: info.id, product: info.name, profile: { id: profile.id, name: profile.name }, error };
}
