import * as z from 'zod/mini';
import { requiredAddress } from './address.ts';
import { libraryState, profileSummary, saveOutcome, storedProfile, trashedProfile } from './library.ts';
import { LIMITS } from './limits.ts';
import { PRACTICE_SCENARIOS, practiceMessage, practiceState, scenarioInfo } from './practice.ts';
import { profileSettings } from './profile.ts';
import { diagnosis, STAGES, testEvent, testReport } from './report.ts';
import { keychainReport, SECRET_KINDS, SECRET_STORAGES, secretInput } from './secrets.ts';
import { exportPreview, importPreview, SECRET_POLICIES, targetInfo } from './target.ts';
import { line } from './text.ts';

const nothing = z.strictObject({});
const uuid = z.uuid();
const revision = z.int().check(z.gte(0));

/** What to do with the secrets of a profile that is being saved; a kind that is not listed stays as it is. */
export const secretChange = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('set'),
    kind: z.enum(SECRET_KINDS),
    value: secretInput,
    storage: z.enum(['keychain', 'session']),
  }),
  z.strictObject({ action: z.literal('ask'), kind: z.enum(SECRET_KINDS) }),
  z.strictObject({ action: z.literal('clear'), kind: z.enum(SECRET_KINDS) }),
]);
/** See {@link secretChange}. */
export type SecretChange = z.infer<typeof secretChange>;

const secretChanges = z.array(secretChange).check(z.maxLength(SECRET_KINDS.length));

/** What a test or an export is about: a stored profile, unsaved settings, or a file that was read. */
export const subject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('stored'), profileId: uuid }),
  z.strictObject({
    kind: z.literal('settings'),
    settings: profileSettings,
    /** Stored profile whose secrets may be used, as far as the destination is the same. */
    secretsOf: z.nullable(uuid),
  }),
  z.strictObject({
    kind: z.literal('import'),
    importId: uuid,
    index: z.int().check(z.gte(0)),
    /** Other settings for this time; the file's secrets are used as far as the destination is the same. */
    settings: z.optional(profileSettings),
  }),
]);
/** See {@link subject}. */
export type Subject = z.infer<typeof subject>;

/** Secrets typed for this one run; never stored. */
const transientSecrets = z.partialRecord(z.enum(SECRET_KINDS), secretInput);

const exportRequest = {
  subject,
  target: line(60),
  /** Values of the target's options; an absent one has its default. */
  options: z.record(line(60), line(1_000)),
  policy: z.enum(SECRET_POLICIES),
  /** Token of an existing file to merge into. */
  into: z.nullable(uuid),
};

const fileToken = z.strictObject({ token: uuid, name: z.string(), bytes: z.int() });

const importSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('file'), token: uuid }),
  z.strictObject({ kind: z.literal('text'), text: z.string().check(z.maxLength(LIMITS.pasteChars)), name: line() }),
]);

/** View preferences; they may be lost. */
export const preferences = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['comfortable', 'compact']),
});
/** See {@link preferences}. */
export type Preferences = z.infer<typeof preferences>;

/**
 * Every request of a door to the engine: what goes in, what comes out and, for long work, what it streams. Types,
 * preload object, loopback client, handler map and test doubles are all derived from this table. Both directions are
 * parsed on the privileged side. No output can hold a secret (a test walks the table).
 */
export const contract = {
  'app.info': {
    input: nothing,
    output: z.strictObject({
      version: z.string(),
      platform: z.enum(['linux', 'darwin', 'win32', 'other']),
      door: z.enum(['desktop', 'browser', 'terminal']),
      /** How files are chosen: a native dialog, or a path that the user types. */
      files: z.enum(['dialog', 'typed-path']),
      /** This machine's name as EHLO would give it. */
      ehloName: z.string(),
      dataDirectory: z.string(),
      /** True until a profile was ever stored. */
      firstStart: z.boolean(),
    }),
  },
  'preferences.get': { input: nothing, output: preferences },
  'preferences.set': { input: preferences, output: preferences },

  'library.state': { input: nothing, output: libraryState },
  /** Puts a backup in place of a damaged library; the damaged bytes are kept beside it. */
  'library.restore': { input: z.strictObject({ backup: line(200) }), output: libraryState },

  'profiles.list': { input: nothing, output: z.array(profileSummary) },
  'profiles.get': { input: z.strictObject({ id: uuid }), output: storedProfile },
  'profiles.create': {
    input: z.strictObject({ settings: profileSettings, secrets: secretChanges }),
    output: storedProfile,
  },
  'profiles.save': {
    input: z.strictObject({ id: uuid, revision, settings: profileSettings, secrets: secretChanges }),
    output: saveOutcome,
  },
  /** Copies settings and, where they can be read, secrets. */
  'profiles.duplicate': { input: z.strictObject({ id: uuid }), output: storedProfile },
  'profiles.setStatus': {
    input: z.strictObject({ id: uuid, revision, status: z.enum(['active', 'inactive']) }),
    output: saveOutcome,
  },
  /** Moves to the trash, where it stays 30 days with its secrets. */
  'profiles.delete': { input: z.strictObject({ id: uuid }), output: trashedProfile },
  'profiles.trash': { input: nothing, output: z.array(trashedProfile) },
  'profiles.restore': { input: z.strictObject({ id: uuid }), output: storedProfile },
  /** Removes from the trash for good, secrets too. */
  'profiles.purge': { input: z.strictObject({ id: uuid }), output: nothing },

  /** `check` runs the round trip, which may make the system prompt; without it the last known state comes back. */
  'secrets.status': { input: z.strictObject({ check: z.boolean() }), output: keychainReport },
  'secrets.change': { input: z.strictObject({ profileId: uuid, change: secretChange }), output: storedProfile },

  /** Tests without sending a message. */
  'tests.check': {
    input: z.strictObject({
      subject,
      secrets: transientSecrets,
      /** Last stage to run; null runs all but `data`. */
      until: z.nullable(z.enum(STAGES)),
      /** Recipient for RCPT; null takes the profile's test recipient, else its From address. */
      recipient: z.nullable(requiredAddress),
    }),
    output: testReport,
    event: testEvent,
  },
  /** Sends one real test message. */
  'tests.send': {
    input: z.strictObject({ subject, secrets: transientSecrets, recipient: z.nullable(requiredAddress) }),
    output: testReport,
    event: testEvent,
  },
  /** Explains an error text, a reply line or a log excerpt. */
  'diagnoses.explain': {
    input: z.strictObject({
      text: z.string().check(z.maxLength(LIMITS.explainChars)),
      host: z.nullable(line(255)),
      port: z.nullable(z.int()),
      security: z.nullable(line(40)),
      stage: z.nullable(z.enum(STAGES)),
    }),
    output: z.nullable(diagnosis),
  },

  /** Lets the user choose a file to read (dialog), or takes a typed path where there is no dialog. */
  'files.open': {
    input: z.strictObject({ purpose: z.enum(['import', 'merge', 'certificate']), path: z.nullable(line(4_096)) }),
    output: z.nullable(fileToken),
  },
  /** Lets the user choose where to write. */
  'files.save': {
    input: z.strictObject({ suggestedName: line(200), path: z.nullable(line(4_096)) }),
    output: z.nullable(z.strictObject({ token: uuid, name: z.string(), exists: z.boolean() })),
  },
  /** Reads a PEM file of certificates; a private key in it is refused. */
  'files.readCertificates': { input: z.strictObject({ token: uuid }), output: z.strictObject({ pem: z.string() }) },

  'targets.list': { input: nothing, output: z.array(targetInfo) },
  'exports.preview': { input: z.strictObject(exportRequest), output: exportPreview },
  'exports.write': {
    input: z.strictObject({
      ...exportRequest,
      destination: uuid,
      /** The user's word to replace the file that a symbolic link points to. */
      followLink: z.boolean(),
    }),
    output: z.strictObject({ file: z.string(), bytes: z.int(), backup: z.string() }),
  },
  'imports.read': {
    input: z.strictObject({ source: importSource, target: z.nullable(line(60)) }),
    output: importPreview,
  },
  /** Stores the chosen profiles of an import. */
  'imports.accept': {
    input: z.strictObject({
      importId: uuid,
      choices: z
        .array(
          z.strictObject({
            index: z.int().check(z.gte(0)),
            name: line(LIMITS.profileName),
            secrets: z.enum([...SECRET_STORAGES, 'leave-out']),
          }),
        )
        .check(z.maxLength(1_000)),
    }),
    output: z.array(storedProfile),
  },

  'practice.scenarios': { input: nothing, output: z.array(scenarioInfo) },
  'practice.state': { input: nothing, output: practiceState },
  /** Starts it, or switches the scenario of the running one. */
  'practice.start': { input: z.strictObject({ scenario: z.enum(PRACTICE_SCENARIOS) }), output: practiceState },
  'practice.stop': { input: nothing, output: practiceState },
  'practice.inbox': { input: nothing, output: z.array(practiceMessage) },
  'practice.message': {
    input: z.strictObject({ id: uuid }),
    output: z.strictObject({ message: practiceMessage, source: z.string() }),
  },
  'practice.clear': { input: nothing, output: nothing },
  /** Makes the profile that points at the running practice server, or points an earlier one at it. */
  'practice.adopt': { input: nothing, output: storedProfile },
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
