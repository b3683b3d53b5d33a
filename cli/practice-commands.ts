import {
  practiceSecrets,
  practiceSettings,
  type RunningPracticeState,
  type ScenarioProfile,
} from '../engine/practice/index.ts';
import type { FixValue } from '../shared/fix.ts';
import { fieldValue } from '../shared/fix.ts';
import { PRACTICE_PASSWORD, PRACTICE_USERNAME } from '../shared/practice.ts';
import { emptySettings } from '../shared/profile.ts';
import { fixOptions } from './fix-command.ts';
import { commandLine } from './shell.ts';

/** Fields in which the profile of a scenario can differ from a new one, beside host, port and trust. */
const FIELDS = [
  'server.security',
  'tls.serverName',
  'signIn.method',
  'signIn.username',
  'signIn.mechanism',
  'signIn.allowWithoutTls',
] as const;

/** Name of the profile that a test message is sent with. */
const PROFILE = 'Practice';

/**
 * The command lines that show what a running practice server does: a check, or a profile and a test message where only
 * that shows it. No secret stands in them but the public password, as input.
 * @param caFile File with the server's CA; undefined takes any certificate.
 * @param profile Settings of a replay; those of the scenario unless given.
 */
export function practiceCommands(
  state: RunningPracticeState,
  action: 'check' | 'send',
  caFile: string | undefined,
  profile?: ScenarioProfile,
): string[] {
  const settings = practiceSettings(state, undefined, profile);
  const takesAny = caFile === undefined || !settings.tls.verifyCertificate;
  const trust = takesAny ? ['--no-verify'] : ['--ca', caFile];
  const fields = FIELDS.filter((field) => fieldValue(settings, field) !== fieldValue(emptySettings(), field));
  const set = fields.map((field) => ({ field, value: fieldValue(settings, field) as FixValue }));
  const words = ['--host', state.host, '--port', String(state.port), ...trust, ...fixOptions({ label: '', set })];
  const secret = secretWords(state, profile);
  const piped = (command: string[]) =>
    secret.length === 0 ? commandLine(command) : `echo ${PRACTICE_PASSWORD} | ${commandLine([...command, ...secret])}`;
  const from = ['relaysmith', 'test', ...words, '--from-address', PRACTICE_USERNAME, '--to', settings.testRecipient];
  if (action === 'check') return [piped(from)];
  const create = ['relaysmith', 'create', '--name', PROFILE, ...words, '--from', PRACTICE_USERNAME, '--keep', 'ask'];
  return [commandLine(create), piped(['relaysmith', 'send', PROFILE, '--to', settings.testRecipient, '--yes'])];
}

function secretWords(state: RunningPracticeState, profile?: ScenarioProfile): string[] {
  const secrets = practiceSecrets(state, profile);
  if (secrets.password !== undefined) return ['--password-stdin'];
  return secrets.accessToken === undefined ? [] : ['--secret-file', 'accessToken=-'];
}
