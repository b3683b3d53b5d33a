import type * as z from 'zod/mini';
import { appRequests } from './contract/app.ts';
import { batchRequests } from './contract/batches.ts';
import { bundleRequests } from './contract/bundles.ts';
import { detectionRequests } from './contract/detections.ts';
import { draftRequests } from './contract/drafts.ts';
import { exportSetRequests } from './contract/export-sets.ts';
import { exportRequests } from './contract/exports.ts';
import { fileRequests } from './contract/files.ts';
import { historyRequests } from './contract/history.ts';
import { importSetRequests } from './contract/import-sets.ts';
import { importRequests } from './contract/imports.ts';
import { libraryRequests } from './contract/library.ts';
import { practiceRequests } from './contract/practice.ts';
import { reportRequests } from './contract/reports.ts';
import { secretRequests } from './contract/secrets.ts';
import { sheetRequests } from './contract/sheets.ts';
import { testRequests } from './contract/tests.ts';

export type { Preferences } from './contract/app.ts';
export { LIST_SORTS, preferences } from './contract/app.ts';
export type { Subject } from './contract/parts.ts';
export { subject } from './contract/parts.ts';
export type { ReportRef } from './contract/reports.ts';
export type { SecretChange, SecretEdit } from './contract/secrets.ts';
export { secretChange } from './contract/secrets.ts';

/**
 * Every request of a door to the engine: what goes in, what comes out and, for long work, what it streams. Types,
 * preload object, loopback client, handler map and test doubles are all derived from this table. Both directions are
 * parsed on the privileged side. No output can hold a secret (a test walks the table).
 */
export const contract = {
  ...appRequests,
  ...libraryRequests,
  ...draftRequests,
  ...secretRequests,
  ...testRequests,
  ...detectionRequests,
  ...historyRequests,
  ...batchRequests,
  ...reportRequests,
  ...fileRequests,
  ...exportRequests,
  ...sheetRequests,
  ...exportSetRequests,
  ...importRequests,
  ...importSetRequests,
  ...bundleRequests,
  ...practiceRequests,
} as const;

/** Name of a request. */
export type RequestName = keyof typeof contract;

/** All request names. */
export const REQUEST_NAMES = Object.keys(contract) as RequestName[];

/** What a caller passes. */
export type RequestInput<N extends RequestName> = z.input<(typeof contract)[N]['input']>;

/** What a caller gets inside a successful result. */
export type RequestOutput<N extends RequestName> = z.output<(typeof contract)[N]['output']>;

/** What a request streams while it runs; `never` for most. */
export type RequestEvent<N extends RequestName> = (typeof contract)[N] extends { event: infer E extends z.ZodMiniType }
  ? z.output<E>
  : never;
