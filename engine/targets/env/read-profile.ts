import { parseMailbox } from '../../../shared/address.ts';
import { bareHost } from '../../../shared/host.ts';
import type { PasswordMechanism, Security } from '../../../shared/profile.ts';
import type { ImportOrigin } from '../../../shared/target.ts';
import type { ImportDraft, ProfileDraft } from '../draft.ts';
import { type Found, type Variable, Variables } from './variables.ts';

/** What a variable can be for; the first name that is there counts. */
export type Slot =
  | 'host'
  | 'port'
  | 'username'
  | 'password'
  | 'passwordFile'
  | 'from'
  | 'fromName'
  | 'replyTo'
  | 'envelopeFrom'
  | 'ehloName'
  | 'connectTimeout'
  | 'commandTimeout'
  | 'enabled'
  | 'skipVerify'
  | 'verifyMode'
  | 'mechanism'
  | 'caFile';

/** How a connection is protected, and the variable that says so; none when it is the product's default. */
export interface SecurityReading {
  value: Security;
  origin?: ImportOrigin;
}

/** The variable names of one product, and what they mean there. */
export interface Vocabulary {
  /** Id of the target, where there is one. */
  id: string;
  product: string;
  /** How surely the variables are this product's, from 0 to 1. */
  score(variables: Variables): number;
  names: Partial<Record<Slot, readonly string[]>>;
  /** Variables that hold server and account in one URL; {@link more} reads them. */
  urls?: readonly string[];
  /** Port that the product takes when none is named. */
  defaultPort: (security: Security) => number;
  security: (variables: Variables, port: number | null, draft: ImportDraft) => SecurityReading;
  /** What no slot holds: called last, before the profile is closed. */
  more?: (variables: Variables, profile: ProfileDraft, draft: ImportDraft) => void;
  /** Variables about mail; those of them that were not asked for are reported. */
  family?: RegExp;
}

/** Reads one product's variables into a profile; false when they name neither server nor account. */
export function readVocabulary(vocabulary: Vocabulary, variables: readonly Variable[], draft: ImportDraft): boolean {
  const read = new Variables(variables, draft);
  return readProfile(vocabulary, read, draft);
}

/** As {@link readVocabulary}, for variables that others have asked before. */
export function readProfile(vocabulary: Vocabulary, read: Variables, draft: ImportDraft): boolean {
  const { names, urls = [] } = vocabulary;
  if (!read.has(...urls, ...(names.host ?? []), ...(names.username ?? []), ...(names.from ?? []))) return false;
  const profile = draft.profile();
  readServer(vocabulary, read, profile, draft);
  readSignIn(vocabulary, read, profile, draft);
  readSender(vocabulary, read, profile);
  vocabulary.more?.(read, profile, draft);
  if (vocabulary.family) {
    for (const { origin } of read.rest(vocabulary.family)) draft.ignore(origin, 'This is not taken over.');
  }
  profile.finish(vocabulary.product);
  return true;
}

function readServer(vocabulary: Vocabulary, read: Variables, profile: ProfileDraft, draft: ImportDraft): void {
  const { names } = vocabulary;
  const host = read.text(...(names.host ?? []));
  const split = /^(.+):(\d{1,5})$/.exec(host?.value.trim() ?? '');
  const joined = split?.[1] && (!split[1].includes(':') || split[1].startsWith('[')) ? split : null;
  if (host) profile.set('server.host', bareHost(joined?.[1] ?? host.value.trim()), host.origin);
  const named = read.number(...(names.port ?? []));
  const port = named ?? (joined?.[2] && host ? { value: Number(joined[2]), origin: host.origin } : undefined);
  const security = vocabulary.security(read, port?.value ?? null, draft);
  profile.settings.server.security = security.value;
  if (security.origin) profile.trace('server.security', security.origin);
  profile.settings.server.port = vocabulary.defaultPort(security.value);
  if (port) profile.set('server.port', port.value, port.origin);
  const seconds = [
    ['connectTimeout', 'server.connectTimeoutSeconds'],
    ['commandTimeout', 'server.commandTimeoutSeconds'],
  ] as const;
  for (const [slot, field] of seconds) {
    const found = read.number(...(names[slot] ?? []));
    if (found) profile.set(field, found.value, found.origin);
  }
  setText(read, profile, names.ehloName, 'server.ehloName');
  readCertificate(vocabulary, read, profile, draft);
}

function readCertificate({ names }: Vocabulary, read: Variables, profile: ProfileDraft, draft: ImportDraft): void {
  const skip = read.flag(...(names.skipVerify ?? []));
  if (skip) profile.set('tls.verifyCertificate', !skip.value, skip.origin);
  const mode = read.text(...(names.verifyMode ?? []));
  if (mode && mode.value !== '') profile.set('tls.verifyCertificate', mode.value.toLowerCase() !== 'none', mode.origin);
  const ca = read.text(...(names.caFile ?? []));
  // The system's own bundle says nothing that the system does not say by itself.
  if (ca && ca.value !== '' && !ca.value.startsWith('/etc/ssl/certs/')) {
    draft.ignore(ca.origin, 'This is a path on the server. Paste the CA certificate itself under TLS.');
  }
}

function readSignIn({ names }: Vocabulary, read: Variables, profile: ProfileDraft, draft: ImportDraft): void {
  const username = read.text(...(names.username ?? []));
  if (username) profile.set('signIn.username', username.value, username.origin);
  // A name that could not be read is a name all the same: it only stands elsewhere.
  const reference = username === undefined && read.raw(...(names.username ?? []));
  const signsIn = Boolean(username?.value || reference);
  profile.settings.signIn.method = signsIn ? 'password' : 'none';
  if (username) profile.trace('signIn.method', username.origin);
  const mechanism = read.text(...(names.mechanism ?? []));
  if (mechanism) setMechanism(mechanism, profile, draft);
  const password = read.secret(...(names.password ?? []));
  if (password && (signsIn || password.value !== '')) profile.secret('password', password.value, password.origin);
  const file = read.raw(...(names.passwordFile ?? []));
  if (file && file.value !== '' && !password?.value) {
    profile.secret('password', `file://${file.value.replace(/\s/g, '%20')}`, file.origin);
  }
}

/** Takes over a mechanism in any spelling; `none` and `false` switch sign-in off. */
export function setMechanism({ value, origin }: Found<string>, profile: ProfileDraft, draft: ImportDraft): void {
  const word = value
    .replace(/^:|["'\s]/g, '')
    .replaceAll('_', '-')
    .toUpperCase();
  const known: Record<string, PasswordMechanism> = { PLAIN: 'PLAIN', LOGIN: 'LOGIN', 'CRAM-MD5': 'CRAM-MD5' };
  const mechanism = known[word];
  if (mechanism) profile.set('signIn.mechanism', mechanism, origin);
  else if (/^(NONE|FALSE|NIL)$/.test(word)) profile.set('signIn.method', 'none', origin);
  else if (word !== '' && word !== 'AUTO') draft.ignore(origin, 'This sign-in mechanism is not known.');
}

function readSender({ names }: Vocabulary, read: Variables, profile: ProfileDraft): void {
  const from = read.text(...(names.from ?? []));
  if (from) setMailbox(from, 'from', profile);
  setText(read, profile, names.fromName, 'sender.from.name');
  const replyTo = read.text(...(names.replyTo ?? []));
  if (replyTo) setMailbox(replyTo, 'replyTo', profile);
  const envelope = read.text(...(names.envelopeFrom ?? []));
  if (envelope)
    profile.set('sender.envelopeFrom', parseMailbox(envelope.value)?.address ?? envelope.value, envelope.origin);
  const enabled = read.flag(...(names.enabled ?? []));
  if (enabled) profile.set('status', enabled.value ? 'active' : 'inactive', enabled.origin);
}

/** Takes over `Name <a@b>` or `a@b`. */
export function setMailbox({ value, origin }: Found<string>, field: 'from' | 'replyTo', profile: ProfileDraft): void {
  const box = parseMailbox(value) ?? { address: value.trim(), name: '' };
  profile.set(`sender.${field}.address`, box.address, origin);
  if (box.name !== '') profile.set(`sender.${field}.name`, box.name, origin);
}

function setText(read: Variables, profile: ProfileDraft, names: readonly string[] | undefined, field: string): void {
  const found = read.text(...(names ?? []));
  if (found && found.value !== '') profile.set(field, found.value, found.origin);
}
