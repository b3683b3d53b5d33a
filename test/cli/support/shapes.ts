import * as z from 'zod/mini';
import { bundlePreview, savedBundle } from '../../../shared/bundle.ts';
import { certificateFault, certificateInfo } from '../../../shared/certificate.ts';
import { comparison } from '../../../shared/compare.ts';
import { detection } from '../../../shared/detect.ts';
import { entrySheet } from '../../../shared/entry-sheet.ts';
import { appError, ERROR_CODES } from '../../../shared/errors.ts';
import { exportManifest, exportSetPreview } from '../../../shared/export-set.ts';
import { fix } from '../../../shared/fix.ts';
import { runSummary } from '../../../shared/history.ts';
import { importSetPreview } from '../../../shared/import-set.ts';
import { importComparison } from '../../../shared/import-update.ts';
import { libraryState, profileSummary, storedProfile, trashedProfile } from '../../../shared/library.ts';
import { matrixReport } from '../../../shared/matrix.ts';
import { mechanismReport } from '../../../shared/mechanisms.ts';
import { practiceMessage, scenarioInfo } from '../../../shared/practice.ts';
import { diagnosis } from '../../../shared/report.ts';
import { REPORT_FORMATS } from '../../../shared/report-formats.ts';
import { keychainStatus, secretState } from '../../../shared/secrets.ts';
import { exportPreview, importIgnored, targetInfo } from '../../../shared/target.ts';

const advice = z.array(
  z.strictObject({
    id: z.string(),
    field: z.string(),
    severity: z.enum(['info', 'warning']),
    text: z.string(),
    fix: z.optional(fix),
  }),
);
const profileDocument = z.extend(storedProfile, { id: z.uuid(), advice });
const keychain = z.extend(keychainStatus, { what: z.string(), steps: z.array(z.string()) });
const written = z.strictObject({ file: z.string(), bytes: z.int(), backup: z.string(), path: z.string() });

/** What each command prints with `--json`, as docs/terminal.md promises it. */
export const SHAPES = {
  error: z.strictObject({
    error: z.strictObject({
      code: z.enum([...ERROR_CODES, 'USAGE']),
      what: z.string().check(z.minLength(1)),
      next: z.string().check(z.minLength(1)),
      facts: z.looseObject({}),
    }),
  }),
  list: z.strictObject({ profiles: z.array(profileSummary), library: libraryState }),
  profile: profileDocument,
  trashed: trashedProfile,
  trash: z.strictObject({ trash: z.array(trashedProfile) }),
  purged: z.strictObject({ purged: z.strictObject({ id: z.uuid(), name: z.string() }) }),
  history: z.strictObject({ id: z.uuid(), name: z.string(), runs: z.array(runSummary) }),
  runComparison: comparison,
  reportWritten: z.strictObject({
    written: z.strictObject({ path: z.string(), format: z.enum(REPORT_FORMATS), masked: z.boolean(), bytes: z.int() }),
  }),
  historyCleared: z.strictObject({ cleared: z.strictObject({ profiles: z.int() }) }),
  matrix: matrixReport,
  mechanisms: mechanismReport,
  certificate: z.strictObject({
    destination: z.strictObject({ host: z.string(), port: z.int(), security: z.string() }),
    serverName: z.string(),
    trusted: z.boolean(),
    chain: z.array(certificateInfo),
    faults: z.array(certificateFault),
    diagnosis: z.nullable(diagnosis),
    trust: z.nullable(z.strictObject({ subject: z.string(), fingerprint: z.string() })),
    written: z.nullable(z.string()),
  }),
  detection,
  detected: z.extend(detection, { created: profileDocument }),
  explain: z.strictObject({ diagnosis: z.nullable(diagnosis) }),
  scenarios: z.strictObject({ scenarios: z.array(scenarioInfo) }),
  practiceMessage: z.strictObject({ message: practiceMessage }),
  targets: z.strictObject({ targets: z.array(targetInfo) }),
  entrySheet,
  comparison: importComparison,
  export: exportPreview,
  written: z.extend(z.omit(exportPreview, { text: true, diff: true }), { written }),
  imported: z.strictObject({
    target: z.string(),
    profiles: z.array(profileDocument),
    ignored: z.array(importIgnored),
    warnings: z.array(z.string()),
  }),
  exportSet: z.strictObject({ folder: z.string(), cancelled: z.boolean(), manifest: exportManifest }),
  exportSetPreview,
  bundleSaved: z.extend(savedBundle, { path: z.string() }),
  bundlePreview,
  bundleOpened: z.strictObject({
    added: z.array(profileDocument),
    replaced: z.array(profileDocument),
    notReplaced: z.array(z.strictObject({ index: z.int(), name: z.string(), error: appError })),
    skipped: z.int(),
    refused: z.array(z.strictObject({ label: z.string(), problem: z.string() })),
  }),
  importSetPreview,
  importedSet: z.strictObject({
    files: z.array(
      z.strictObject({
        path: z.string(),
        target: z.nullable(z.string()),
        profiles: z.int(),
        error: z.nullable(appError),
      }),
    ),
    profiles: z.array(profileDocument),
  }),
  secrets: z.strictObject({ id: z.uuid(), secrets: z.array(secretState) }),
  secretStatus: z.strictObject({ id: z.optional(z.uuid()), secrets: z.optional(z.array(secretState)), keychain }),
  doctor: z.strictObject({
    ok: z.boolean(),
    dataDirectory: z.string(),
    checks: z.array(
      z.strictObject({
        name: z.string(),
        status: z.enum(['passed', 'warned', 'failed']),
        text: z.string(),
        steps: z.array(z.string()),
      }),
    ),
    library: libraryState,
    keychain,
  }),
  demo: z.strictObject({
    ok: z.boolean(),
    steps: z.array(z.strictObject({ step: z.string(), ok: z.boolean(), detail: z.string() })),
  }),
} as const;
