import { BUNDLE_MAGIC } from '../../shared/bundle.ts';
import { appErrorOf } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ImportPreview } from '../../shared/target.ts';
import { escapeControls } from '../../shared/text.ts';
import { decodeText } from '../files/decode-text.ts';
import { TARGETS, targetById } from './index.ts';
import { SourceDocument } from './source.ts';
import type { ParsedImport, Target } from './target.ts';
import { findTemplate } from './templates.ts';

/** What was read of a file, with the secrets that it holds. It stays on the privileged side. */
export interface ReadImport {
  target: Target;
  /** Other targets that the content could be, best first. */
  otherCandidates: string[];
  parsed: ParsedImport;
}

/** Lines of a text that no product was recognised in which are searched for marks of a template. */
const TEMPLATE_LINES = 2_000;

/**
 * Reads the mail settings of a text.
 * @param text Decoded text, with or without a byte order mark; see engine/files for how bytes become one.
 * @param name File name for messages; never a path.
 * @param forcedTarget Id of the product when the user named it, else null: then the content decides.
 * Errors: INPUT_TOO_LARGE, TARGET_UNKNOWN, NOT_RECOGNISED, PARSE_FAILED, TEMPLATE_FILE, NO_MAIL_SETTINGS.
 */
export function readText(text: string, name: string, forcedTarget: string | null): Result<ReadImport> {
  if (text.length > LIMITS.importBytes)
    return fail(appErrorOf('INPUT_TOO_LARGE', { what: name, max: LIMITS.importBytes }));
  const source = new SourceDocument(text, name);
  const ranked = rank(source);
  const chosen = forcedTarget === null ? recognised(source, ranked) : targetById(forcedTarget);
  if (!chosen.ok) return chosen;
  const target = chosen.value;
  const parsed = target.parse(source);
  if (!parsed.ok) return parsed;
  if (parsed.value.profiles.length === 0) return fail(appErrorOf('NO_MAIL_SETTINGS', { target: target.info.name }));
  return ok({ target, otherCandidates: ranked.filter((id) => id !== target.info.id), parsed: parsed.value });
}

/** As {@link readText}, for bytes. Errors: also FILE_NOT_TEXT for what is no UTF-8. */
export function readBytes(bytes: Uint8Array, name: string, forcedTarget: string | null): Result<ReadImport> {
  if (bytes.length > LIMITS.importBytes)
    return fail(appErrorOf('INPUT_TOO_LARGE', { what: name, max: LIMITS.importBytes }));
  const decoded = decodeText(bytes, name);
  if (!decoded.ok) return decoded;
  const { text, bom } = decoded.value;
  // The mark goes along: some products do not start with it, and the import says so.
  return readText(bom ? `\ufeff${text}` : text, name, forcedTarget);
}

/** Ids of the targets that the content could be, best first. */
function rank(source: SourceDocument): string[] {
  return TARGETS.map((target) => ({ id: target.info.id, score: target.recognise(source) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ id }) => id);
}

function recognised(source: SourceDocument, [best]: string[]): Result<Target> {
  if (best !== undefined) return targetById(best);
  // Nobody's file: say why as exactly as can be said.
  if (source.text.startsWith(BUNDLE_MAGIC)) {
    return fail(
      appErrorOf('NOT_AVAILABLE', { what: 'Reading a bundle as a product’s file', instead: 'Open it as a bundle.' }),
    );
  }
  if (source.looksLikeJson()) {
    const read = source.json();
    if (!read.ok) return read;
  }
  const template = findTemplate(source.text, TEMPLATE_LINES);
  return fail(template ? appErrorOf('TEMPLATE_FILE', template) : appErrorOf('NOT_RECOGNISED', {}));
}

/** What a door may see of an import: everything but the values of secrets. */
export function importPreviewOf(importId: string, { target, otherCandidates, parsed }: ReadImport): ImportPreview {
  const { profiles, ignored, warnings } = parsed;
  return {
    importId,
    target: target.info.id,
    otherCandidates,
    profiles: profiles.map(({ settings }) => settings),
    origins: Object.fromEntries(
      profiles.flatMap(({ origins }, index) =>
        Object.entries(origins).map(([field, origin]) => [index === 0 ? field : `${index}:${field}`, origin]),
      ),
    ),
    ignored,
    secrets: profiles.flatMap(({ secrets }, profile) =>
      secrets.map(({ kind, key, line, state, reference }) => ({
        kind,
        profile,
        key,
        line,
        state,
        reference: escapeControls(reference),
      })),
    ),
    warnings,
  };
}
