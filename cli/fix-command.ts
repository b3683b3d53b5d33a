import type { Fix, FixValue } from '../shared/fix.ts';
import { commandLine } from './shell.ts';

/** Fields that have an option of their own. */
const FIELD_OPTIONS: Record<string, string> = {
  'server.host': 'host',
  'server.port': 'port',
  'server.security': 'security',
  'server.ehloName': 'ehlo-name',
  'tls.serverName': 'server-name',
  'signIn.method': 'auth',
  'signIn.username': 'user',
  'signIn.mechanism': 'mechanism',
};

const FIELD_FLAGS: Record<string, { true?: string; false?: string }> = {
  'tls.verifyCertificate': { true: 'verify', false: 'no-verify' },
  'signIn.allowWithoutTls': { true: 'allow-plain-password' },
};

/** The options that make a fix, as words of a command line. */
export function fixOptions({ set }: Fix): string[] {
  return set.flatMap(({ field, value }) => optionOf(field, value));
}

/** The command that makes a fix in a stored profile. */
export function fixCommand(profileId: string, fix: Fix): string {
  return commandLine(['relaysmith', 'edit', profileId, ...fixOptions(fix)]);
}

function optionOf(field: string, value: FixValue): string[] {
  const option = FIELD_OPTIONS[field];
  if (option !== undefined) return [`--${option}`, String(value)];
  const flag = FIELD_FLAGS[field]?.[value === true ? 'true' : 'false'];
  if (flag !== undefined) return [`--${flag}`];
  return ['--set', `${field}=${typeof value === 'string' && !value.includes('\n') ? value : JSON.stringify(value)}`];
}
