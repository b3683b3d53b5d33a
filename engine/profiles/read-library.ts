import { PROFILE_SCHEMA_VERSION } from '../../shared/profile.ts';
import { decodeText } from '../files/decode-text.ts';
import { documentOf, LIBRARY_FORMAT, type LibraryDocument } from './document.ts';
import { MIGRATIONS, type MigrationTable, migrate } from './migrations.ts';

/** The schema that a library is kept in; tests pass their own. */
export interface LibrarySchema {
  version: number;
  migrations: MigrationTable;
}

/** The schema of this version. */
export const LIBRARY_SCHEMA: LibrarySchema = { version: PROFILE_SCHEMA_VERSION, migrations: MIGRATIONS };

/** What a library file's bytes turned out to be; `detail` is a sentence for the user. */
export type Reading =
  | { kind: 'ready'; document: LibraryDocument; migrated: boolean }
  /** Written by a later version: shown as far as it can be understood, never written. */
  | { kind: 'newer'; document: LibraryDocument | null; detail: string }
  | { kind: 'damaged'; detail: string };

/** Reads the bytes of a library file. Never throws, whatever they are. */
export function readLibrary(bytes: Uint8Array, schema: LibrarySchema = LIBRARY_SCHEMA): Reading {
  if (bytes.length === 0) return damaged('The library file is empty.');
  // What some file systems leave of a file that was being written when the power went.
  if (bytes.every((byte) => byte === 0)) return damaged('The library file holds nothing but zero bytes.');
  const decoded = decodeText(bytes, 'library.json');
  if (!decoded.ok) return damaged('The library file is not UTF-8 text.');
  const json = parseObject(decoded.value.text);
  if (!json) return damaged('The library file is not complete JSON.');
  const { format, schemaVersion } = json;
  if (format !== LIBRARY_FORMAT || typeof schemaVersion !== 'number' || !Number.isInteger(schemaVersion)) {
    return damaged('The library file is not one of Relaysmith.');
  }
  if (schemaVersion > schema.version) {
    const detail = `A newer Relaysmith wrote the library (schema version ${schemaVersion}; this one knows ${schema.version}).`;
    return { kind: 'newer', document: documentOf(json), detail };
  }
  const current = migrate(json, schema.version, schema.migrations);
  if ('problem' in current) return damaged(`The library file could not be brought up to date. ${current.problem}`);
  const document = documentOf(current.document);
  if (!document) return damaged('The library file lacks its list of profiles or its revision.');
  return { kind: 'ready', document, migrated: schemaVersion < schema.version };
}

function damaged(detail: string): Reading {
  return { kind: 'damaged', detail };
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
