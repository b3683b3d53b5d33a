import dns from 'node:dns/promises';

/** One address that a name stands for. */
export interface ResolvedAddress {
  address: string;
  family: 4 | 6;
}

/** Name look-ups that a run makes; a test can pass its own. Methods reject with the system's error code. */
export interface Resolver {
  /** All addresses, IPv4 and IPv6, the way mail products ask: hosts file first, then DNS. */
  lookup(host: string): Promise<ResolvedAddress[]>;
  /** Mail exchangers, for telling a mail domain from a host; a null MX (RFC 7505) is one with the exchange ''. */
  mailExchangers(host: string): Promise<string[]>;
  /** The name that this one is an alias of, or null. */
  alias(host: string): Promise<string | null>;
}

/** Looks names up with the system's resolver. */
export const systemResolver: Resolver = {
  async lookup(host) {
    const found = await dns.lookup(host, { all: true, verbatim: true });
    return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
  },
  async mailExchangers(host) {
    return (await dns.resolveMx(host)).map(({ exchange }) => (exchange === '.' ? '' : exchange));
  },
  async alias(host) {
    return (await dns.resolveCname(host))[0] ?? null;
  },
};
