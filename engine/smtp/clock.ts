import type { RuleFacts } from './failure.ts';

/** Date and time with zone (RFC 5322 3.3), as Exim, Sendmail and Exchange put them into their greeting. */
const DATE = /\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} [+-]\d{4}\b/;

/**
 * How far this machine's clock is from the server's, in whole seconds either way, where the greeting tells the time; {}
 * where it does not. SMTP has no other clock, and TLS shows none any more.
 */
export function clockFacts(banner: string, now: Date): RuleFacts {
  const told = DATE.exec(banner)?.[0];
  const server = told === undefined ? Number.NaN : Date.parse(told);
  if (Number.isNaN(server)) return {};
  return { clockSkewSeconds: Math.round(Math.abs(now.getTime() - server) / 1000) };
}
