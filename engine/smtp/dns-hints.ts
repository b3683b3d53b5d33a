import { isAddress, isLoopback } from '../../shared/host.ts';
import type { RuleFacts } from './failure.ts';
import { within } from './limit.ts';
import { mailHostOf } from './mail-hosts.ts';
import type { Resolver, ServiceRecord } from './resolver.ts';

/** Milliseconds for finding out why a name has no address. */
const REASON_LIMIT = 2_000;

/** Most aliases that are followed; resolvers give up at about as many. */
const MAX_ALIASES = 8;

/** Why a name has no address, and where DNS says that mail of its domain goes. */
export interface DnsReason {
  ruleFacts: RuleFacts;
  /** Aliases on the way from the name, in their order. */
  aliases: string[];
  /** One sentence each. */
  hints: string[];
}

const NOTHING: DnsReason = { ruleFacts: {}, aliases: [], hints: [] };

/** Asks about a name that was not found: its exchangers, its aliases, and the service records of its domain. */
export async function dnsReason(host: string, resolver: Resolver, signal: AbortSignal): Promise<DnsReason> {
  if (isAddress(host) || isLoopback(host)) return NOTHING;
  const asked = Promise.all([
    resolver.mailExchangers(host).catch(() => null),
    aliasesOf(host, resolver),
    submissionServers(host, resolver),
  ]);
  const waited = await within(REASON_LIMIT, signal, asked);
  if (waited.kind !== 'done') return NOTHING;
  const [exchangers, { aliases, isLoop }, servers] = waited.value;
  const named = (exchangers ?? []).filter((exchange) => exchange !== '');
  return {
    ruleFacts: {
      hasAddress: false,
      hasMx: named.length > 0,
      nullMx: exchangers?.length === 1 && named.length === 0,
      cnameDangling: aliases.length > 0 && !isLoop,
      cnameLoop: isLoop,
    },
    aliases,
    hints: [...servers, ...exchangerHints(host, named)],
  };
}

async function aliasesOf(host: string, resolver: Resolver): Promise<{ aliases: string[]; isLoop: boolean }> {
  const aliases: string[] = [];
  for (let name = host; aliases.length < MAX_ALIASES; ) {
    const next = await resolver.alias(name).catch(() => null);
    if (next === null) return { aliases, isLoop: false };
    const known = [host, ...aliases].map((each) => each.toLowerCase());
    aliases.push(next);
    if (known.includes(next.toLowerCase())) return { aliases, isLoop: true };
    name = next;
  }
  return { aliases, isLoop: false };
}

/** What the service records of the name and of the domain above it say (RFC 6186, RFC 8314 5.1). */
async function submissionServers(host: string, resolver: Resolver): Promise<string[]> {
  const above = host.split('.').slice(1);
  const domains = [host, ...(above.length > 1 ? [above.join('.')] : [])];
  const hints = await Promise.all(
    domains.map(async (domain) => {
      const kinds = [`_submissions._tcp.${domain}`, `_submission._tcp.${domain}`];
      const found = await Promise.all(kinds.map((kind) => resolver.services(kind).catch((): ServiceRecord[] => [])));
      const servers = found.flat().filter(({ target }) => target !== '');
      return servers
        .slice(0, 2)
        .map(({ target, port }) => `${domain} names ${target}, port ${port}, for sending mail.`);
    }),
  );
  return hints.flat();
}

function exchangerHints(host: string, exchangers: readonly string[]): string[] {
  const [first] = exchangers;
  if (first === undefined) return [];
  const owner = mailHostOf(first);
  const server = owner?.server ? ` Its server for sending is ${owner.server.host}.` : '';
  return [`Mail for ${host} is received by ${first}${owner ? `, ${owner.name}` : ''}.${server}`];
}
