import type { TestReport } from '../../../shared/report.ts';
import { HOST_FACTS, identitiesOf, NAME_FACTS, nameParts } from './identities.ts';
import { domainsIn, markHost, ownWordsMask, type TextMask, textMask } from './mask-text.ts';
import { Pseudonyms } from './pseudonyms.ts';

/** Fields whose values are from a closed set, or ids and times of our own making. */
const KEPT = new Set([
  'id',
  'action',
  'startedAt',
  'stage',
  'notTested',
  'status',
  'rule',
  'security',
  'fault',
  'outcome',
  'family',
  'field',
  'validFrom',
  'validTo',
  'tlsVersion',
  'cipher',
  'step',
  'grant',
  'tokenSource',
  'refreshTokenFate',
  'clientCertificate',
]);

/** Fields in our own words. What a rule rests on (`reference`) and its product names stay readable. */
const OWN_WORDS = new Set(['cause', 'remedy', 'reference', 'label', 'mechanismReason']);

/**
 * A report without who it is about: hosts, addresses of the network, mail addresses, user names, the profile's name and
 * the names in certificates get pseudonyms, the same ones wherever they stand, also inside replies, the transcript and
 * base64. Fields that are not known to be harmless are searched too. PEM and fingerprints go, since public logs find the
 * server by them.
 */
export function maskReport(report: TestReport): TestReport {
  const pseudonyms = new Pseudonyms(JSON.stringify(report));
  const known = identitiesOf(report);
  const masks = { said: textMask(known, pseudonyms), own: ownWordsMask(known, pseudonyms) };
  const { profileName, transcript, ...rest } = report;
  const masked = {
    ...(walk(rest, '', masks, pseudonyms) as typeof rest),
    profileName: pseudonyms.mark('name', profileName),
    transcript: transcript.map((line) => ({ ...line, text: masks.said(line.text) })),
  };
  return finished(masked, pseudonyms) as TestReport;
}

interface Masks {
  said: TextMask;
  own: TextMask;
}

function walk(value: unknown, key: string, masks: Masks, pseudonyms: Pseudonyms): unknown {
  if (Array.isArray(value)) return value.map((each) => walk(each, key, masks, pseudonyms));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, walk(each, name, masks, pseudonyms)]));
  }
  return typeof value === 'string' ? maskField(key, value, masks, pseudonyms) : value;
}

function maskField(key: string, value: string, { said, own }: Masks, pseudonyms: Pseudonyms): string {
  if (value === '' || KEPT.has(key)) return value;
  if (key === 'pem' || value.includes('-----BEGIN')) return '';
  if (key === 'fingerprint') return pseudonyms.mark('certificate', value);
  if (key === 'username') return value.includes('@') ? said(value) : pseudonyms.mark('user', value);
  if (key === 'clientId') return pseudonyms.mark('user', value);
  if (HOST_FACTS.has(key)) return maskHost(value, pseudonyms);
  if (NAME_FACTS.has(key)) return maskName(value, said, pseudonyms);
  if (OWN_WORDS.has(key)) return own(value);
  return said(value);
}

function maskHost(host: string, pseudonyms: Pseudonyms): string {
  const wildcard = host.startsWith('*.') ? '*.' : '';
  return wildcard + markHost(host.slice(wildcard.length), pseudonyms);
}

/** A distinguished name with its structure kept: which kind of part it has, and that an issuer is the next subject. */
function maskName(name: string, said: TextMask, pseudonyms: Pseudonyms): string {
  const parts = nameParts(name).map(([key, value]) => {
    if (key === 'C') return `${key}=${value}`;
    const isHost = domainsIn(value)[0] === value.replace(/^\*\./, '');
    return `${key}=${isHost ? said(value) : pseudonyms.mark('name', value)}`;
  });
  return parts.join(', ');
}

function finished(value: unknown, pseudonyms: Pseudonyms): unknown {
  if (typeof value === 'string') return pseudonyms.finish(value);
  if (Array.isArray(value)) return value.map((each) => finished(each, pseudonyms));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, finished(each, pseudonyms)]));
}
