import { adviceOn } from '../../shared/advice.ts';
import { appErrorOf } from '../../shared/errors.ts';
import { applyFix, type FixValue, fieldValue } from '../../shared/fix.ts';
import { LIMITS } from '../../shared/limits.ts';
import { presetForHost } from '../../shared/presets.ts';
import { emptySettings, type ProfileSettings, problemsOf } from '../../shared/profile.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { SecretKind } from '../../shared/secrets.ts';
import type { ImportIgnored, ImportOrigin } from '../../shared/target.ts';
import { escapeControls } from '../../shared/text.ts';
import { readSecret } from './secret-policy.ts';
import type { ParsedImport, ParsedProfile, ParsedSecret } from './target.ts';
import { type TemplateFinding, templateKind } from './templates.ts';

/** Host of an imported profile whose file names none that could be used; .invalid never resolves (RFC 6761 6.4). */
export const UNKNOWN_HOST = 'unknown.invalid';

/** More than any product has keys; past it a file is noise. */
const MAX_NOTES = 300;

/** Advice that says that the file itself is wrong, and so belongs into the report of an import. */
const FILE_FAULTS = new Set(['port-465-expects-tls', 'tls-on-starttls-port', 'incoming-port', 'incoming-host']);

/** Collects what a target reads from one file: profiles, keys that were not taken over, and warnings. */
export class ImportDraft {
  private readonly profiles: ParsedProfile[] = [];
  private readonly ignored: ImportIgnored[] = [];
  private readonly warnings: string[] = [];
  private templateAt: TemplateFinding | undefined;

  /** Begins the next profile. */
  profile(): ProfileDraft {
    return new ProfileDraft(this);
  }

  /** Reports a key that was read and not taken over. */
  ignore(origin: ImportOrigin, reason: string): void {
    if (this.ignored.length < MAX_NOTES) this.ignored.push({ ...tidy(origin), reason });
  }

  /** Reports something that looks wrong. Must not hold a secret. */
  warn(text: string): void {
    // Keys of the file stand in it, and those can be anything.
    const shown = escapeControls(text.slice(0, 400));
    if (this.warnings.length < MAX_NOTES && !this.warnings.includes(shown)) this.warnings.push(shown);
  }

  /** Takes a finished profile. */
  add(profile: ParsedProfile): void {
    this.profiles.push(profile);
  }

  /** Notes that a value is a mark of a template, so that nothing of this file is taken over. */
  template(kind: string, line: number): void {
    this.templateAt ??= { kind, line };
  }

  /** Everything that was collected. Errors: TEMPLATE_FILE. */
  result(): Result<ParsedImport> {
    if (this.templateAt) return fail(appErrorOf('TEMPLATE_FILE', this.templateAt));
    return ok({ profiles: this.profiles, ignored: this.ignored, warnings: this.warnings });
  }
}

/** Collects the values of one profile, each with the key and line that it comes from. */
export class ProfileDraft {
  /** Settings so far; a target may also write into them what comes from no key, such as a product's default. */
  settings: ProfileSettings;
  private readonly draft: ImportDraft;
  private readonly origins: Record<string, ImportOrigin> = {};
  private readonly secrets: ParsedSecret[] = [];

  constructor(draft: ImportDraft) {
    this.draft = draft;
    this.settings = emptySettings();
    this.settings.signIn.method = 'none';
  }

  /** Takes a value over. The field must be one that settings have. */
  set(field: string, value: FixValue, origin: ImportOrigin): void {
    const kind = typeof value === 'string' ? templateKind(value) : null;
    if (kind) this.draft.template(kind, origin.line);
    this.settings = applyFix(this.settings, { label: '', set: [{ field, value }] });
    this.origins[field] = tidy(origin);
  }

  /** Notes where a value came from that was written into {@link settings} directly. */
  trace(field: string, origin: ImportOrigin): void {
    this.origins[field] = tidy(origin);
  }

  /** Takes over what stands where a secret should be; masks and references are told apart from real ones. */
  secret(kind: SecretKind, text: string, origin: ImportOrigin): void {
    const reading = readSecret(text);
    const tooLong = Buffer.byteLength(text) > LIMITS.secretBytes;
    if (tooLong || text.includes('\0') || !text.isWellFormed()) {
      this.draft.ignore(origin, 'This cannot be a password: it is too long or holds a character that no server takes.');
      return;
    }
    if (reading.state === 'reference' && reading.reference === '') {
      this.draft.warn(
        `Line ${origin.line}: ${tidy(origin).key} points elsewhere and has a fallback value. The fallback was not taken over.`,
      );
    }
    this.secrets.push({ kind, ...tidy(origin), ...reading, ...(reading.state === 'value' && { value: text }) });
  }

  /** Notes a secret that the product fetches from elsewhere, such as a file or the output of a command. */
  reference(kind: SecretKind, reference: string, origin: ImportOrigin): void {
    this.secrets.push({ kind, ...tidy(origin), state: 'reference', reference: reference.slice(0, 300) });
  }

  /**
   * Closes the profile: refused values go to `ignored` and their default stands instead.
   * @param product Name of the product, for the profile's name.
   * @param detail Which of several it is, such as a realm.
   */
  finish(product: string, detail = ''): void {
    const { settings, draft } = this;
    settings.provider = presetForHost(settings.server.host)?.id ?? 'custom';
    settings.name = 'Import';
    this.replaceRefused();
    const { host } = this.settings.server;
    const which = detail && detail.length <= 60 ? `${product} ${detail}` : product;
    const name = escapeControls(host === UNKNOWN_HOST ? which : `${which} ${host}`);
    this.settings.name = name.slice(0, LIMITS.profileName).toWellFormed();
    for (const { id, text, field } of adviceOn(this.settings)) {
      if (!FILE_FAULTS.has(id)) continue;
      const origin = this.origins['server.port'] ?? this.origins[field];
      draft.warn(origin ? `Line ${origin.line}: ${text}` : text);
    }
    draft.add({ settings: this.settings, origins: this.origins, secrets: this.secrets });
  }

  private replaceRefused(): void {
    // Each round repairs at least one field; there are fewer fields than rounds.
    for (let round = 0; round < 200; round++) {
      const [problem] = problemsOf(this.settings);
      if (!problem) return;
      this.replace(problem.field, problem.message);
    }
    throw new Error('An imported profile could not be made valid');
  }

  private replace(field: string, message: string): void {
    const origin = this.originOf(field);
    if (field === 'server.host') {
      if (origin) this.draft.ignore(origin, `${message} Enter the host by hand.`);
      this.draft.warn('The file names no mail server that can be used. Enter its host name.');
      this.settings.server.host = UNKNOWN_HOST;
      delete this.origins['server.host'];
      return;
    }
    if (origin) this.draft.ignore(origin, message);
    const { parent, item } = splitList(this.settings, field);
    if (item !== null) {
      (fieldValue(this.settings, parent) as unknown[]).splice(item, 1);
      return;
    }
    if (parent.startsWith('products.')) {
      removeField(this.settings, parent);
    } else {
      const standard = fieldValue(emptySettings(), parent) as FixValue;
      this.settings = applyFix(this.settings, { label: '', set: [{ field: parent, value: standard }] });
    }
    delete this.origins[parent];
  }

  /** The origin of a field or of the nearest one that holds it. */
  private originOf(field: string): ImportOrigin | undefined {
    for (let path = field; path !== ''; path = path.slice(0, Math.max(path.lastIndexOf('.'), 0))) {
      const origin = this.origins[path];
      if (origin) return origin;
    }
    return undefined;
  }
}

/** Splits `sender.headers.2.value` into the list and the index in it; index null for a field that is in no list. */
function splitList(settings: ProfileSettings, field: string): { parent: string; item: number | null } {
  const match = /^(.*?)\.(\d+)(?:\.|$)/.exec(field);
  if (!match?.[1] || !Array.isArray(fieldValue(settings, match[1]))) return { parent: field, item: null };
  return { parent: match[1], item: Number(match[2]) };
}

function removeField(settings: ProfileSettings, field: string): void {
  const at = field.lastIndexOf('.');
  const holder = fieldValue(settings, field.slice(0, at)) as Record<string, unknown> | undefined;
  if (holder) delete holder[field.slice(at + 1)];
}

/** Keys come from a file: bounded, and with nothing in them that could act on a terminal. */
function tidy({ key, line }: ImportOrigin): ImportOrigin {
  return { key: escapeControls(key.slice(0, 120)), line };
}
