import * as z from 'zod/mini';
import { CLIENT_CERTIFICATE_USES, certificateFault, certificateInfo } from './certificate.ts';
import { fix } from './fix.ts';
import { transaction } from './relay.ts';
import { reply } from './reply.ts';

export type { Reply } from './reply.ts';
export { reply } from './reply.ts';

/** Stages of a run, in their order. With implicit TLS `tls` runs before the greeting; with STARTTLS `starttls` does. */
export const STAGES = [
  'config',
  'dns',
  'tcp',
  'tls',
  'greeting',
  'ehlo',
  'starttls',
  'certificate',
  'oauth',
  'auth',
  'mail',
  'rcpt',
  'relay',
  'data',
  'quit',
] as const;
/** See {@link STAGES}. */
export type Stage = (typeof STAGES)[number];

/** Names of the stages for people, the same in window and terminal. */
export const STAGE_WORDS: Record<Stage, string> = {
  config: 'Settings',
  dns: 'DNS',
  tcp: 'TCP',
  tls: 'TLS',
  greeting: 'Greeting',
  ehlo: 'EHLO',
  starttls: 'STARTTLS',
  certificate: 'Certificate',
  oauth: 'Token',
  auth: 'Sign-in',
  mail: 'Sender',
  rcpt: 'Recipient',
  relay: 'Relay',
  data: 'Message',
  quit: 'Goodbye',
};

/** Where a diagnosis rule meets the user: a stage or `any`. */
export const RULE_STAGES = [...STAGES, 'any'] as const;
/** See {@link RULE_STAGES}. */
export type RuleStage = (typeof RULE_STAGES)[number];

/** `skipped` means not tried; a door shows it hollow, never as fine. */
export const STAGE_STATUSES = ['passed', 'warned', 'failed', 'skipped'] as const;
/** See {@link STAGE_STATUSES}. */
export type StageStatus = (typeof STAGE_STATUSES)[number];

/** One address of the host, and what came of connecting to it. */
export const addressResult = z.strictObject({
  address: z.string(),
  family: z.union([z.literal(4), z.literal(6)]),
  outcome: z.enum(['connected', 'failed', 'not-tried']),
  /** Error code of the system such as ECONNREFUSED, or ''. */
  code: z.string(),
  ms: z.number(),
});
/** See {@link addressResult}. */
export type AddressResult = z.infer<typeof addressResult>;

/** Which of several addresses one kind of program would end up with. */
export const addressChoice = z.strictObject({
  /** Such as "Java (Keycloak, Jenkins)". */
  programs: z.string(),
  /** In which order they try. */
  how: z.string(),
  address: z.string(),
  /** False when none of those that they try took the connection. */
  connects: z.boolean(),
});
/** See {@link addressChoice}. */
export type AddressChoice = z.infer<typeof addressChoice>;

/** The steps of getting an OAuth 2.0 token: asking, what came, and whether it may send mail. */
export const TOKEN_STEPS = ['request', 'token', 'scope'] as const;

/** One step of getting a token, and how it ended in one line of plain words. */
export const tokenStep = z.strictObject({
  step: z.enum(TOKEN_STEPS),
  status: z.enum(STAGE_STATUSES),
  note: z.string(),
});
/** See {@link tokenStep}. */
export type TokenStep = z.infer<typeof tokenStep>;

/** What became of a refresh token that the token server replaced: where the new one is now. */
export const REFRESH_TOKEN_FATES = ['stored', 'memory', 'lost'] as const;
/** See {@link REFRESH_TOKEN_FATES}. */
export type RefreshTokenFate = (typeof REFRESH_TOKEN_FATES)[number];

/** What a stage learned. Only the fields that apply to the stage are there. */
export const stageFacts = z.strictObject({
  // config
  host: z.optional(z.string()),
  port: z.optional(z.int()),
  security: z.optional(z.string()),
  // dns, tcp
  asciiHost: z.optional(z.string()),
  addresses: z.optional(z.array(addressResult)),
  connectedTo: z.optional(z.string()),
  /** Where a name has several addresses. */
  addressChoices: z.optional(z.array(addressChoice)),
  /** Aliases (CNAME) on the way from the name, in their order. */
  aliases: z.optional(z.array(z.string())),
  /** What DNS says about other servers of the name's domain, in words. */
  hints: z.optional(z.array(z.string())),
  proxy: z.optional(z.string()),
  // greeting, ehlo
  banner: z.optional(z.string()),
  serverKind: z.optional(z.string()),
  ehloName: z.optional(z.string()),
  /** EHLO keywords with their parameters, before TLS. */
  capabilities: z.optional(z.array(z.string())),
  /** The same after TLS. */
  capabilitiesAfterTls: z.optional(z.array(z.string())),
  // tls, starttls, certificate
  tlsVersion: z.optional(z.string()),
  cipher: z.optional(z.string()),
  serverName: z.optional(z.string()),
  clientCertificate: z.optional(z.enum(CLIENT_CERTIFICATE_USES)),
  chain: z.optional(z.array(certificateInfo)),
  faults: z.optional(z.array(certificateFault)),
  trusted: z.optional(z.boolean()),
  /** False when the profile turned verification off, whatever the chain is worth. */
  verified: z.optional(z.boolean()),
  // oauth
  /** Address that was asked, without its query. */
  tokenEndpoint: z.optional(z.string()),
  grant: z.optional(z.string()),
  clientId: z.optional(z.string()),
  scopeAsked: z.optional(z.string()),
  /** As the token server named it; absent when it did not, which means as asked (RFC 6749 5.1). */
  scopeGranted: z.optional(z.string()),
  /** Permissions that stand in the token itself, where it can be read. */
  tokenPermissions: z.optional(z.array(z.string())),
  tokenType: z.optional(z.string()),
  /** Seconds that the token is still valid; absent when the token server did not say. */
  tokenExpiresInSeconds: z.optional(z.int()),
  /** `memory` is one that an earlier run asked for. */
  tokenSource: z.optional(z.enum(['fresh', 'memory'])),
  tokenSteps: z.optional(z.array(tokenStep)),
  /** Present when the token server replaced the refresh token. */
  refreshTokenFate: z.optional(z.enum(REFRESH_TOKEN_FATES)),
  // auth
  mechanismsOffered: z.optional(z.array(z.string())),
  mechanism: z.optional(z.string()),
  mechanismReason: z.optional(z.string()),
  username: z.optional(z.string()),
  // mail, rcpt, data
  from: z.optional(z.string()),
  recipients: z.optional(z.array(z.string())),
  /** What the relay check asked, each taken back before the next. */
  transactions: z.optional(z.array(transaction)),
  messageBytes: z.optional(z.int()),
  /** True from the moment when the whole message had left: whether it was accepted is then up to the server. */
  messageSent: z.optional(z.boolean()),
  /** Id that the server gave to the accepted message, or '' when its reply held none. */
  queueId: z.optional(z.string()),
  messageId: z.optional(z.string()),
  // any
  reply: z.optional(reply),
  code: z.optional(z.string()),
  /** Technical error text, escaped. */
  detail: z.optional(z.string()),
});
/** See {@link stageFacts}. */
export type StageFacts = z.infer<typeof stageFacts>;

/** A rule that matched, in plain words. */
export const finding = z.strictObject({
  /** Stable rule id such as CERT_EXPIRED; docs/diagnoses.md lists them. */
  rule: z.string(),
  stage: z.enum(RULE_STAGES),
  cause: z.string(),
  remedy: z.string(),
  /** RFC, product page or issue that the rule rests on. */
  reference: z.string(),
  /** True when trying again later may help with nothing changed. */
  transient: z.boolean(),
});
/** See {@link finding}. */
export type Finding = z.infer<typeof finding>;

/** Why a run failed: the best rule, the change that mends it, and weaker candidates. */
export const diagnosis = z.extend(finding, {
  fix: z.optional(fix),
  /**
   * Place in the chain of the private CA or self-signed certificate that the profile would have to trust. Present only where
   * nothing else is wrong with the chain; a person looks at subject and fingerprint first.
   */
  trust: z.optional(z.strictObject({ depth: z.int() })),
  alsoPossible: z.array(finding),
});
/** See {@link diagnosis}. */
export type Diagnosis = z.infer<typeof diagnosis>;

/** One stage of a run. */
export const stageResult = z.strictObject({
  stage: z.enum(STAGES),
  status: z.enum(STAGE_STATUSES),
  ms: z.number(),
  facts: stageFacts,
  /** Why it was skipped, or a one-line summary of the result; plain words. */
  note: z.string(),
  /** Things that are wrong without breaking the run. */
  warnings: z.array(finding),
});
/** See {@link stageResult}. */
export type StageResult = z.infer<typeof stageResult>;

/** One line of the dialogue, secrets replaced before it was kept. */
export const transcriptLine = z.strictObject({
  /** Milliseconds since the run began. */
  ms: z.number(),
  from: z.enum(['client', 'server', 'note']),
  text: z.string(),
  /** True when the line travelled inside TLS. */
  encrypted: z.boolean(),
});
/** See {@link transcriptLine}. */
export type TranscriptLine = z.infer<typeof transcriptLine>;

/** What a run was asked to do. */
export const TEST_ACTIONS = ['check', 'send'] as const;

/** The whole result of one run; safe to show, store and share. */
export const testReport = z.strictObject({
  version: z.literal(1),
  id: z.uuid(),
  action: z.enum(TEST_ACTIONS),
  profileName: z.string(),
  /** ISO 8601, UTC. */
  startedAt: z.string(),
  ms: z.number(),
  /** True only when every stage that was asked for ran and none failed. */
  ok: z.boolean(),
  cancelled: z.boolean(),
  destination: z.strictObject({ host: z.string(), port: z.int(), security: z.string() }),
  stages: z.array(stageResult),
  diagnosis: z.nullable(diagnosis),
  /** Stages that were not tried, so that nobody takes them for fine. */
  notTested: z.array(z.enum(STAGES)),
  transcript: z.array(transcriptLine),
});
/** See {@link testReport}. */
export type TestReport = z.infer<typeof testReport>;

/** What a run streams while it goes on. */
export const testEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('stage-started'), stage: z.enum(STAGES) }),
  z.strictObject({ type: z.literal('stage-finished'), result: stageResult }),
  z.strictObject({ type: z.literal('transcript'), line: transcriptLine }),
]);
/** See {@link testEvent}. */
export type TestEvent = z.infer<typeof testEvent>;
