import * as z from 'zod/mini';
import { PROFILE_SCHEMA_VERSION, profile } from '../../shared/profile.ts';
import { destination, SECRET_KINDS, SECRET_STORAGES } from '../../shared/secrets.ts';
import { escapeControls } from '../../shared/text.ts';
import { readWithUnknown, type UnknownKey, withUnknown } from './unknown-keys.ts';

/** Marks our file, so that another program's JSON is never taken for it. */
export const LIBRARY_FORMAT = 'relaysmith-library';

const secretRecord = z.strictObject({
  /** Key in the vault; '' for `ask`. */
  ref: z.string(),
  storage: z.enum(SECRET_STORAGES),
  /** What the secret may be sent to. */
  destination,
});
/** Where one secret of a profile is, never the secret. */
export type SecretRecord = z.infer<typeof secretRecord>;

const entrySchema = z.strictObject({
  profile,
  revision: z.int().check(z.gte(0)),
  secrets: z.partialRecord(z.enum(SECRET_KINDS), secretRecord),
  /** When it was moved to the trash. */
  deletedAt: z.optional(z.iso.datetime()),
});

/** One profile as it is stored. */
export type Entry = z.infer<typeof entrySchema>;

/** Returns the entry when it could be read back. Anything else is a bug, and throws before it reaches the file. */
export function storable(entry: Entry): Entry {
  return entrySchema.parse(entry);
}

/** A place in the file: a profile, or something in its place that could not be read and is kept as it is. */
export type Slot =
  | { kind: 'entry'; entry: Entry; unknown: UnknownKey[] }
  | { kind: 'quarantined'; label: string; problem: string; raw: unknown };

const pendingSecret = z.strictObject({ ref: z.string(), at: z.string() });
/** A keychain entry that is about to be made or removed, and since when (ISO 8601). */
export type PendingSecret = z.infer<typeof pendingSecret>;

/** The library file, read. Values are never changed in place. */
export interface LibraryDocument {
  /** Grows by one with every write of the file. */
  rev: number;
  /** The process that wrote it; only for people who look into the file. */
  writerId: string;
  slots: Slot[];
  /** Keychain entries that are being made: garbage when no profile comes to use them. */
  pendingSecretPuts: PendingSecret[];
  /** Keychain entries that no profile uses any more and that are still to be removed. */
  pendingSecretDeletes: PendingSecret[];
  /** Top-level keys of the file that this version does not know. */
  unknown: Record<string, unknown>;
}

/** A library without profiles. */
export function emptyDocument(rev: number): LibraryDocument {
  return { rev, writerId: '', slots: [], pendingSecretPuts: [], pendingSecretDeletes: [], unknown: {} };
}

const envelope = z.object({ rev: z.int().check(z.gte(0)), profiles: z.array(z.unknown()) });

/** Reads a file's JSON (already of our format and schema version). Null when not even its outline is right. */
export function documentOf(json: Record<string, unknown>): LibraryDocument | null {
  const outline = envelope.safeParse(json);
  if (!outline.success) return null;
  const {
    format: _format,
    schemaVersion: _version,
    rev: _rev,
    profiles: _profiles,
    writerId,
    pendingSecretPuts,
    pendingSecretDeletes,
    ...unknown
  } = json;
  return {
    rev: outline.data.rev,
    writerId: typeof writerId === 'string' ? writerId : '',
    slots: slotsOf(outline.data.profiles),
    pendingSecretPuts: pendingOf(pendingSecretPuts),
    pendingSecretDeletes: pendingOf(pendingSecretDeletes),
    unknown,
  };
}

/** The file's text. */
export function textOf(document: LibraryDocument, schemaVersion: number = PROFILE_SCHEMA_VERSION): string {
  const { rev, writerId, slots, pendingSecretPuts, pendingSecretDeletes, unknown } = document;
  const profiles = slots.map((slot) => (slot.kind === 'entry' ? withUnknown(slot.entry, slot.unknown) : slot.raw));
  const file = {
    format: LIBRARY_FORMAT,
    schemaVersion,
    rev,
    writerId,
    profiles,
    pendingSecretPuts,
    pendingSecretDeletes,
    ...unknown,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function slotsOf(profiles: unknown[]): Slot[] {
  const seen = new Set<string>();
  return profiles.map((raw, index): Slot => {
    const label = labelOf(raw, index);
    const read = readWithUnknown(entrySchema, raw);
    if ('problem' in read) return { kind: 'quarantined', label, problem: escapeControls(read.problem), raw };
    const { id } = read.known.profile;
    // Which of the two a save meant could not be told.
    if (seen.has(id)) return { kind: 'quarantined', label, problem: 'Another profile has the same id.', raw };
    seen.add(id);
    return { kind: 'entry', entry: read.known, unknown: read.unknown };
  });
}

function labelOf(raw: unknown, index: number): string {
  const holder = z.looseObject({ profile: z.looseObject({ id: z.uuid() }) }).safeParse(raw);
  return holder.success ? holder.data.profile.id : `Number ${index + 1} in the file`;
}

function pendingOf(value: unknown): PendingSecret[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each) => {
    const read = pendingSecret.safeParse(each);
    return read.success ? [read.data] : [];
  });
}
