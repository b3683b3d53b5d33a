/** Turns a whole library file of one schema version into the next; pure, and free to change the object it is given. */
export type Migration = (document: Record<string, unknown>) => Record<string, unknown>;

/** By the version that each one starts from. */
export type MigrationTable = Readonly<Record<number, Migration>>;

/** The steps so far: none, since version 1 is the first. README.md says how to add one. */
export const MIGRATIONS: MigrationTable = {};

/**
 * Runs every step from `document.schemaVersion` up to `to` on a copy; without a step to take there is no copy, since one
 * of a large library takes long. Returns the new document, or in words why it cannot be had; the original is never
 * changed.
 */
export function migrate(
  document: Record<string, unknown>,
  to: number,
  table: MigrationTable = MIGRATIONS,
): { document: Record<string, unknown> } | { problem: string } {
  if (Number(document.schemaVersion) === to) return { document };
  let current = structuredClone(document);
  for (let version = Number(current.schemaVersion); version < to; version += 1) {
    const step = Object.hasOwn(table, version) ? table[version] : undefined;
    if (!step) return { problem: `No step leads from schema version ${version} to ${version + 1}.` };
    try {
      current = { ...step(current), schemaVersion: version + 1 };
    } catch {
      // Its text could quote what the file holds.
      return { problem: `The step from schema version ${version} to ${version + 1} failed.` };
    }
  }
  return { document: current };
}
