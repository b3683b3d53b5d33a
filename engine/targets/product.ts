import { parseMailbox } from '../../shared/address.ts';
import { appErrorOf } from '../../shared/errors.ts';
import { bareHost, isIPv6 } from '../../shared/host.ts';
import type { ProfileSettings } from '../../shared/profile.ts';
import { fail, type Result } from '../../shared/result.ts';
import type { ApplyStep, TargetLimit } from '../../shared/target.ts';
import type { ImportDraft, ProfileDraft } from './draft.ts';
import { lossy, refused } from './limits.ts';
import type { ExportContext } from './target.ts';
import type { Typed, YamlReader } from './yaml/reader.ts';

/** What products without OAuth 2.0 say to a profile that asks for it; null for any other. */
export function oauthRefusal(product: string, settings: ProfileSettings): Result<never> | null {
  if (settings.signIn.method !== 'oauth2') return null;
  const reason = 'it has no OAuth 2.0 for mail. Use a password, or a relay that does the OAuth sign-in.';
  return fail(appErrorOf('TARGET_REFUSES', { target: product, field: 'signIn.method', reason }));
}

/** Sign-ins that a product with user name and password only cannot do. */
export function signInLimits(product: string, { signIn }: ProfileSettings): TargetLimit[] {
  if (signIn.method === 'oauth2') {
    return [refused('signIn.method', `${product} has no OAuth 2.0 for mail. Use a password, or a relay in between.`)];
  }
  if (signIn.method !== 'password' || signIn.username !== '') return [];
  return [refused('signIn.method', `${product} signs in only with a user name. Enter one, or choose no sign-in.`)];
}

/** An error that says what the product cannot take. */
export function refusal(product: string, field: string, reason: string): Result<never> {
  return fail(appErrorOf('TARGET_REFUSES', { target: product, field, reason }));
}

/** What follows from a From without an address; [] when there is one. */
export function fromLimits(
  { sender }: ProfileSettings,
  text: string,
  severity: TargetLimit['severity'] = 'lossy',
): TargetLimit[] {
  if (sender.from.address !== '') return [];
  const limits: TargetLimit[] = [{ severity, field: 'sender.from.address', text }];
  if (sender.from.name !== '') limits.push(lossy('sender.from.name', 'A name needs an address to stand with.'));
  return limits;
}

/** What is left to do about the password after an export; [] when it is in the file, or none is needed. */
export function passwordSteps(
  { signIn }: ProfileSettings,
  { secrets }: ExportContext,
  words: { key: string; elsewhere: ApplyStep },
): ApplyStep[] {
  if (signIn.method !== 'password' || secrets.policy === 'include') return [];
  if (secrets.policy === 'environment') return [words.elsewhere];
  const title =
    secrets.policy === 'placeholder'
      ? 'Put the password in place of the placeholder'
      : `Enter the password as ${words.key}`;
  return [{ title, command: '' }];
}

/** The host of a file that joins host and port, and the port, if any: `mail:587`, `[::1]:25`, `mail`. */
export function splitHostPort(text: string): { host: string; port: number | null } {
  const match = /^(.*?):(\d{1,5})$/.exec(text);
  if (!match || match[1] === undefined || (isIPv6(text) && !text.startsWith('[')))
    return { host: bareHost(text), port: null };
  return { host: bareHost(match[1]), port: Number(match[2]) };
}

/** Takes over `Name <a@b>`; what is no mailbox is reported. */
export function setMailbox(
  profile: ProfileDraft,
  draft: ImportDraft,
  field: 'sender.from' | 'sender.replyTo',
  found: Typed<string> | undefined,
): void {
  if (!found || found.value === '') return;
  const mailbox = parseMailbox(found.value);
  if (!mailbox) {
    draft.ignore(found.origin, 'This is not one mail address.');
    return;
  }
  profile.set(`${field}.address`, mailbox.address, found.origin);
  if (mailbox.name !== '') profile.set(`${field}.name`, mailbox.name, found.origin);
}

/**
 * Takes the host over. A host that is kept elsewhere is not the product's default one: it stays unknown.
 * @param standard Host that the product takes when the file names none.
 */
export function setHost(profile: ProfileDraft, read: YamlReader, key: string, standard: string): void {
  const found = read.text(key);
  const elsewhere = found === undefined && read.raw(key) !== undefined;
  profile.settings.server.host = elsewhere ? '' : standard;
  if (found) profile.set('server.host', found.value, found.origin);
}

/** Takes a port over; what is none is reported and the default stands. */
export function setPort(profile: ProfileDraft, draft: ImportDraft, found: Typed<string> | undefined): void {
  if (!found || found.value === '') return;
  if (/^\d{1,5}$/.test(found.value)) profile.set('server.port', Number(found.value), found.origin);
  else draft.ignore(found.origin, `This is no port number. ${profile.settings.server.port} stands instead.`);
}
