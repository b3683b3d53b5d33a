import { hostSyntax } from '../../../shared/host.ts';
import { applyPreset, presetById, presetForDomain, presetForHost } from '../../../shared/presets.ts';
import { emptySettings } from '../../../shared/profile.ts';
import { asciiHost } from '../ascii-host.ts';
import { mailHostOf } from '../mail-hosts.ts';
import type { Candidate } from './candidate.ts';
import { type Found, found, listOf, nothing, skipped, unanswered } from './found.ts';
import type { Query } from './query.ts';
import { ask, type LookUps } from './question.ts';

/** Most records of one kind that are followed. */
const MAX_RECORDS = 4;

const OUTSIDE_DNS = 'An address, or this machine itself: there is nothing to look up.';

/** A provider whose users have addresses in this domain, or whose server was typed. */
export function knownProvider({ domain }: Query): Found {
  const preset = presetForDomain(domain) ?? presetForHost(domain);
  const host = preset ? presetHost(preset.id, domain) : '';
  if (!preset || host === '') return nothing(`${domain} belongs to no provider that is known here.`);
  const why = `${domain} belongs to ${preset.name}, which publishes this server.`;
  return found(`${domain} belongs to ${preset.name}.`, [providerCandidate('provider', preset.id, host, why)]);
}

/** Service records for submission (RFC 6186 3.1, RFC 8314 5.1): the domain's own word. */
export async function serviceRecords(query: Query, lookUps: LookUps): Promise<Found> {
  const { domain } = query;
  if (query.isOutsideDns) return skipped(OUTSIDE_DNS);
  const [submissions, submission] = await Promise.all([
    ask(lookUps, lookUps.resolver.services(`_submissions._tcp.${domain}`)),
    ask(lookUps, lookUps.resolver.services(`_submission._tcp.${domain}`)),
  ]);
  if (submissions.failure !== '' && submission.failure !== '') return unanswered(submissions.failure);
  const records = [
    ...submissions.records.map((record) => ({ ...record, security: 'tls' as const })),
    ...submission.records.map((record) => ({ ...record, security: 'starttls' as const })),
  ];
  // A target of '.' says that the service is decidedly not there (RFC 2782).
  const usable = records
    .map((record) => ({ ...record, host: usableHost(record.target) }))
    .filter(({ host, port }) => host !== '' && port > 0)
    .slice(0, MAX_RECORDS);
  if (usable.length === 0) {
    const isRefused = records.length > 0 && records.every(({ target }) => target === '');
    return nothing(
      isRefused ? `${domain} says that it offers no submission.` : `${domain} names no submission server.`,
    );
  }
  const candidates = usable.map(
    ({ host, port, security }): Candidate => ({
      host,
      source: 'services',
      exact: { port, security },
      preset: presetForHost(host)?.id ?? '',
      why: `A service record of ${domain} names this server and port.`,
      caution: isElsewhere(host, domain)
        ? `The record leads from ${domain} to another domain. Check that it is yours.`
        : '',
    }),
  );
  return found(`${domain} names ${listOf(usable.map(({ host, port }) => `${host}:${port}`))}.`, candidates);
}

/** Whoever receives the domain's mail mostly sends it too. */
export async function mailExchangers(query: Query, lookUps: LookUps): Promise<Found & { own: string[] }> {
  const { domain } = query;
  if (query.isOutsideDns) return { ...skipped(OUTSIDE_DNS), own: [] };
  const answer = await ask(lookUps, lookUps.resolver.mailExchangers(domain));
  if (answer.failure !== '') return { ...unanswered(answer.failure), own: [] };
  const exchangers = answer.records;
  if (exchangers.length === 1 && exchangers[0] === '') {
    return { ...nothing(`${domain} takes no mail at all (null MX), so what it sends cannot be answered.`), own: [] };
  }
  const names = exchangers
    .map(usableHost)
    .filter((name) => name !== '')
    .slice(0, MAX_RECORDS);
  const [first] = names;
  if (first === undefined) return { ...nothing(`${domain} has no mail exchanger.`), own: [] };
  const owner = mailHostOf(first);
  if (!owner) {
    const whose = names.every((name) => !isElsewhere(name, domain)) ? 'a server of its own' : 'which is not known here';
    return { ...nothing(`Mail for ${domain} goes to ${listOf(names)}, ${whose}.`), own: names };
  }
  const host = owner.server?.host ?? presetHost(owner.preset, '');
  if (host === '') {
    return {
      ...nothing(`Mail for ${domain} goes through the filter of ${owner.name}, which says nothing about sending.`),
      own: [],
    };
  }
  const why = `${owner.name} receives the mail of ${domain}, and this is its server for sending.`;
  const candidate: Candidate = owner.server
    ? { host, source: 'exchangers', exact: owner.server, preset: owner.preset, why, caution: '' }
    : providerCandidate('exchangers', owner.preset, host, why);
  const candidates = owner.preset === 'microsoft365' ? [candidate, connector(domain, first)] : [candidate];
  return { ...found(`Mail for ${domain} goes to ${first}: ${owner.name}.`, candidates), own: [] };
}

/** Names under which domains mostly run their own server. Only those that exist are tried. */
export async function usualNames(query: Query, own: readonly string[], lookUps: LookUps): Promise<Found> {
  const { domain } = query;
  if (query.isOutsideDns) return skipped('There is no domain to put smtp. or mail. in front of.');
  const guesses = [`smtp.${domain}`, `mail.${domain}`, domain];
  const hosts = [...new Set([...guesses, ...own])];
  const answers = await Promise.all(
    hosts.map(async (host) => ({ host, answer: await ask(lookUps, lookUps.resolver.lookup(host)) })),
  );
  const known = answers.filter(({ answer }) => answer.records.length > 0).map(({ host }) => host);
  const failure = answers.find(({ answer }) => answer.failure !== '')?.answer.failure;
  if (known.length === 0) return failure ? unanswered(failure) : nothing(`None of ${listOf(hosts)} has an address.`);
  const candidates = known.map(
    (host): Candidate => ({
      host,
      source: 'names',
      exact: null,
      preset: presetForHost(host)?.id ?? '',
      why: guesses.includes(host) ? 'Servers for sending often have this name.' : `It receives the mail of ${domain}.`,
      caution: '',
    }),
  );
  const missing = failure ? [] : hosts.filter((host) => !known.includes(host));
  const rest = missing.length === 0 ? '' : ` ${listOf(missing)} ${missing.length === 1 ? 'does' : 'do'} not exist.`;
  return found(`${listOf(known)} ${known.length === 1 ? 'has' : 'have'} an address.${rest}`, candidates);
}

/** Host of a preset; the typed one where it is one of the provider's own. */
function presetHost(id: string, typed: string): string {
  if (presetForHost(typed)?.id === id) return typed;
  const value = presetById(id)?.set.find(({ field }) => field === 'server.host')?.value;
  return typeof value === 'string' ? value : '';
}

function providerCandidate(source: Candidate['source'], preset: string, host: string, why: string): Candidate {
  const { port, security } = applyPreset(emptySettings(), preset).server;
  const exact = security === 'tls' || security === 'starttls' ? { port, security } : null;
  return { host, source, exact, preset, why, caution: '' };
}

/** Microsoft 365 takes mail of its own tenants at their exchanger too, by a connector and without sign-in. */
function connector(domain: string, exchanger: string): Candidate {
  return {
    host: exchanger,
    source: 'exchangers',
    exact: { port: 25, security: 'starttls' },
    preset: 'microsoft365-relay',
    why: `Microsoft 365 takes mail of ${domain} here without sign-in, from addresses that a connector allows.`,
    caution: '',
  };
}

/** A name out of DNS as it can be connected to, in lower case; '' when it is none. */
function usableHost(name: string): string {
  const host = asciiHost(name).toLowerCase();
  return hostSyntax(host) === 'ok' ? host : '';
}

function isElsewhere(host: string, domain: string): boolean {
  return host !== domain && !host.endsWith(`.${domain}`) && presetForHost(host) === null;
}
