import dns from 'node:dns/promises';

/** One service record (RFC 2782); a target of '' says that the service is not offered. */
export interface ServiceRecord {
  target: string;
  port: number;
}

/** One address that a name stands for. */
export interface ResolvedAddress {
  address: string;
  family: 4 | 6;
}

/** Name look-ups that a run makes; a test can pass its own. Methods reject with the system's error code. */
export interface Resolver {
  /** All addresses, IPv4 and IPv6, the way mail products ask: hosts file first, then DNS. */
  lookup(host: string): Promise<ResolvedAddress[]>;
  /** Mail exchangers, most preferred first; a null MX (RFC 7505) is one with the exchange ''. */
  mailExchangers(host: string): Promise<string[]>;
  /** The name that this one is an alias of, or null. */
  alias(host: string): Promise<string | null>;
  /** Service records such as those of `_submissions._tcp.example.com` (RFC 6186), most preferred first. */
  services(name: string): Promise<ServiceRecord[]>;
}

/** The part of node:dns that record look-ups need; tests pass one that asks a server of their own. */
type Records = Pick<typeof dns, 'resolveMx' | 'resolveCname' | 'resolveSrv'>;

/** Look-ups of the records of one name server. */
export function recordLookups(records: Records): Omit<Resolver, 'lookup'> {
  return {
    async mailExchangers(host) {
      const found = await records.resolveMx(host);
      // A name server may write the root as '.' or as nothing.
      return found.sort((a, b) => a.priority - b.priority).map(({ exchange }) => (exchange === '.' ? '' : exchange));
    },
    async alias(host) {
      return (await records.resolveCname(host))[0] ?? null;
    },
    async services(name) {
      const found = await records.resolveSrv(name);
      return found
        .sort((a, b) => a.priority - b.priority || b.weight - a.weight)
        .map(({ name: target, port }) => ({ target: target === '.' ? '' : target.replace(/\.$/, ''), port }));
    },
  };
}

/** A resolver that asks each question once; for work that looks at the same names again and again. */
export function remembering(resolver: Resolver): Resolver {
  const known = new Map<string, Promise<unknown>>();
  const once = <T>(kind: string, name: string, ask: (name: string) => Promise<T>): Promise<T> => {
    const key = `${kind} ${name}`;
    const asked = (known.get(key) as Promise<T> | undefined) ?? ask(name);
    known.set(key, asked);
    return asked;
  };
  return {
    lookup: (host) => once('lookup', host, (name) => resolver.lookup(name)),
    mailExchangers: (host) => once('mx', host, (name) => resolver.mailExchangers(name)),
    alias: (host) => once('alias', host, (name) => resolver.alias(name)),
    services: (name) => once('services', name, (asked) => resolver.services(asked)),
  };
}

/** Looks names up with the system's resolver. */
export const systemResolver: Resolver = {
  async lookup(host) {
    const found = await dns.lookup(host, { all: true, verbatim: true });
    return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
  },
  ...recordLookups(dns),
};
