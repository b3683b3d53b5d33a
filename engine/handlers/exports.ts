import type { RequestInput } from '../../shared/contract.ts';
import type { ProfileSettings } from '../../shared/profile.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { HandlerGroup } from '../dispatch.ts';
import type { ProfileLibrary } from '../profiles/profile-library.ts';
import type { ExportRequest } from '../targets/export.ts';
import type { ExistingFile } from '../targets/export-file.ts';
import type { FileTokens } from './file-tokens.ts';
import type { ImportSessions } from './import-sessions.ts';
import { resolveSubject, type Secrets } from './subject.ts';

/** What exports and imports work with. */
export interface TransferContext {
  library: ProfileLibrary;
  tokens: FileTokens;
  imports: ImportSessions;
}

type ExportInput = RequestInput<'exports.preview'>;

/** An export with everything at hand that it is made of. */
interface PreparedExport {
  settings: ProfileSettings;
  secrets: Secrets;
  request: ExportRequest;
  into: ExistingFile | null;
}

// The targets and their parsers are loaded when first used, so that a command which needs none starts quickly.
const loadExport = () => import('../targets/export.ts');
const loadFiles = () => import('../targets/export-file.ts');

/** Requests that write a product's file. */
export function exportHandlers(context: TransferContext): HandlerGroup<'targets'> & HandlerGroup<'exports'> {
  /** Hash of each file at its last preview, by token: what is written must be about the same file. */
  const seen = new Map<string, string>();

  return {
    'targets.list': async () => {
      const { TARGETS } = await import('../targets/index.ts');
      return ok(TARGETS.map(({ info }) => info));
    },
    'targets.limits': async ({ settings, targets }) => {
      const { limitsFor } = await import('../targets/limits-for.ts');
      return limitsFor(settings, targets);
    },
    'exports.preview': async (input) => {
      const prepared = await prepare(context, input, null);
      if (!prepared.ok) return prepared;
      const { settings, secrets, request, into } = prepared.value;
      if (input.into !== null && into) seen.set(input.into, into.hash);
      const { preview } = await loadExport();
      return preview(settings, secrets, request);
    },
    'exports.write': async ({ destination, followLink, ...input }) => {
      const path = context.tokens.resolve(destination);
      if (!path.ok) return path;
      const prepared = await prepare(context, input, input.into === null ? null : (seen.get(input.into) ?? null));
      if (!prepared.ok) return prepared;
      const { settings, secrets, request, into } = prepared.value;
      const { compose } = await loadExport();
      const composed = compose(settings, secrets, request);
      if (!composed.ok) return composed;
      const { writeExport } = await loadFiles();
      return writeExport(composed.value, { path: path.value, followLink, into });
    },
  };
}

/** The real text of an export. May hold secrets, so it is no request of the contract. */
export async function exportText(context: TransferContext, input: ExportInput): Promise<Result<string>> {
  const prepared = await prepare(context, input, null);
  if (!prepared.ok) return prepared;
  const { compose } = await loadExport();
  const composed = compose(prepared.value.settings, prepared.value.secrets, prepared.value.request);
  return composed.ok ? ok(composed.value.text) : composed;
}

async function prepare(
  { library, tokens, imports }: TransferContext,
  { subject, target, options, policy, into }: ExportInput,
  seenHash: string | null,
): Promise<Result<PreparedExport>> {
  const resolved = await resolveSubject(subject, library, imports);
  if (!resolved.ok) return resolved;
  const { settings } = resolved.value;
  const { secretsToInclude } = await loadExport();
  const secrets = await resolved.value.secrets(policy === 'include' ? secretsToInclude(settings) : []);
  if (!secrets.ok) return secrets;
  const existing = into === null ? ok(null) : await readInto(tokens, into, seenHash);
  if (!existing.ok) return existing;
  const request = { target, options, policy, into: existing.value };
  return ok({ settings, secrets: secrets.value, request, into: existing.value });
}

async function readInto(tokens: FileTokens, token: string, seenHash: string | null): Promise<Result<ExistingFile>> {
  const path = tokens.resolve(token);
  if (!path.ok) return path;
  const { readExisting } = await loadFiles();
  return readExisting(path.value, seenHash);
}
