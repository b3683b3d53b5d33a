import { isIP, isIPv6 } from 'node:net';
import type { AddressResult } from '../../../shared/report.ts';
import { dnsReason } from '../dns-hints.ts';
import { CANCELLED, failedStage, failing, passedStage, type StageOutcome, skippedStage } from '../failure.ts';
import { within } from '../limit.ts';
import type { ResolvedAddress } from '../resolver.ts';
import { connectLimit, type Session, shown } from '../session.ts';

/** Most addresses of one name that are tried. */
const MAX_ADDRESSES = 8;

/** Looks the host up, both families at once. */
export async function dnsStage(session: Session): Promise<StageOutcome> {
  const { host } = session;
  if (session.settings.server.proxy.kind !== 'none') {
    return skippedStage('not-applicable', 'The proxy looks the name up.');
  }
  if (isIP(host.split('%')[0] ?? '') !== 0) {
    session.addresses = [{ address: host, family: isIPv6(host) ? 6 : 4 }];
    return passedStage('The host is an address, so nothing had to be looked up', {
      addresses: untried(session.addresses),
    });
  }
  try {
    const waited = await within(connectLimit(session), session.signal, session.resolver.lookup(host));
    if (waited.kind === 'cancelled') return failedStage(CANCELLED, 'Cancelled');
    if (waited.kind === 'timeout') {
      const { failure } = failing('ETIMEDOUT', 'The name server did not answer in time', { timeoutPhase: 'dns' });
      return failedStage(failure, 'The name server did not answer in time');
    }
    if (waited.value.length === 0) return notFound(session, 'ENODATA', 'The name has no address');
    return found(session, waited.value);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    return notFound(session, code, message);
  }
}

function found(session: Session, all: ResolvedAddress[]): StageOutcome {
  const unique = all.filter(({ address }, at) => all.findIndex((other) => other.address === address) === at);
  session.addresses = unique.slice(0, MAX_ADDRESSES);
  const more = unique.length > MAX_ADDRESSES ? `, of which ${MAX_ADDRESSES} are tried` : '';
  const note = `${unique.length === 1 ? '1 address' : `${unique.length} addresses`}${more}`;
  return passedStage(note, { asciiHost: session.host, addresses: untried(session.addresses) });
}

function untried(addresses: ResolvedAddress[]): AddressResult[] {
  return addresses.map(({ address, family }) => ({ address, family, outcome: 'not-tried', code: '', ms: 0 }));
}

async function notFound(session: Session, code: string, detail: string): Promise<StageOutcome> {
  const { ruleFacts, aliases, hints } = await dnsReason(session.host, session.resolver, session.signal);
  if (session.signal.aborted) return failedStage(CANCELLED, 'Cancelled');
  return failedStage(failing(code, detail, ruleFacts).failure, `${session.host} was not found`, {
    asciiHost: session.host,
    ...(aliases.length === 0 ? {} : { aliases: aliases.map((name) => shown(session, name)) }),
    ...(hints.length === 0 ? {} : { hints: hints.map((hint) => shown(session, hint)) }),
  });
}
