import { UNKNOWN_HOST } from '../../../engine/targets/draft.ts';
import type { ReadImport } from '../../../engine/targets/import.ts';
import type { ParsedProfile } from '../../../engine/targets/target.ts';
import { hostPort } from '../../../shared/host.ts';
import type { Result } from '../../../shared/result.ts';

/**
 * What was understood of a file, on one line: the product, then for each profile
 * `host:port security sign-in [user] [from address] [reply to address] [inactive] [secret state]`; or the refusal with its place.
 */
export function summaryOf(result: Result<ReadImport>): string {
  if (!result.ok) {
    const { code, facts } = result.error;
    return 'line' in facts ? `${code} line ${facts.line}${'column' in facts ? ` column ${facts.column}` : ''}` : code;
  }
  const { target, parsed } = result.value;
  return `${target.info.id}: ${parsed.profiles.map(profileSummary).join(', ')}`;
}

function profileSummary({ settings, secrets }: ParsedProfile): string {
  const { server, signIn, sender, tls, status } = settings;
  const parts = [
    server.host === UNKNOWN_HOST ? `no host:${server.port}` : hostPort(server.host, server.port),
    server.security,
    tls.verifyCertificate ? '' : 'unverified',
    signIn.method,
    signIn.method === 'none' ? '' : signIn.username || 'no user',
    sender.from.address && `from ${sender.from.address}`,
    sender.replyTo.address && `reply to ${sender.replyTo.address}`,
    status === 'inactive' ? status : '',
    ...secrets.map(({ kind, state }) => `${kind} ${state}`),
  ];
  return parts.filter((part) => part !== '').join(' ');
}
