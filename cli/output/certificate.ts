import type { CertificateFault, CertificateInfo } from '../../shared/certificate.ts';
import type { StageFacts } from '../../shared/report.ts';
import { indented, pad } from './layout.ts';
import { safe } from './safe.ts';
import type { Style } from './style.ts';

/** The chain as a person reads it: each certificate with what it says of itself, and everything that is wrong with it. */
export function certificateLines(
  { chain = [], faults = [] }: Pick<StageFacts, 'chain' | 'faults'>,
  style: Style,
  columns: number,
): string[] {
  return chain.flatMap((certificate, depth) => [
    `  ${style.bold(`${depth + 1} ${roleOf(certificate, depth)}`)}  ${safe(certificate.subject, 300)}`,
    ...detailLines(certificate, style, columns),
    ...faultLines(faults, depth, style, columns),
  ]);
}

/** One line for each certificate and each fault, for below a stage. [] for a chain without fault. */
export function chainSummary(
  { chain = [], faults = [] }: Pick<StageFacts, 'chain' | 'faults'>,
  style: Style,
  columns: number,
): string[] {
  if (faults.length === 0) return [];
  return chain.flatMap((certificate, depth) => [
    `    ${pad(roleOf(certificate, depth), 12)} ${safe(certificate.subject, 120)}, ${daysLeft(certificate)}${origin(certificate)}`,
    ...faultLines(faults, depth, style, columns),
  ]);
}

function detailLines(certificate: CertificateInfo, style: Style, columns: number): string[] {
  const { issuer, names, validFrom, validTo, key, signatureAlgorithm, fingerprint, sent } = certificate;
  const rows: [string, string][] = [
    ['Issued by', issuer],
    ['Names', names.join(', ')],
    ['Valid', `${day(validFrom)} to ${day(validTo)}, ${daysLeft(certificate)}`],
    ['Key', `${key}, signed with ${signatureAlgorithm}`],
    ['SHA-256', fingerprint],
    ['From', sent ? 'the server' : 'the trust store, not sent by the server'],
  ];
  return rows
    .filter(([, value]) => value !== '')
    .map(([label, value]) => `${style.dim(`      ${pad(label, 10)}`)} ${wrapped(safe(value, 1_000), columns)}`);
}

function wrapped(value: string, columns: number): string {
  return indented(value, 17, columns).trimStart();
}

function faultLines(faults: readonly CertificateFault[], depth: number, style: Style, columns: number): string[] {
  return faults
    .filter((fault) => fault.depth === depth)
    .map(({ text, fatal }) => {
      const mark = fatal ? style.failed(style.icons.failed) : style.warned(style.icons.warned);
      return `      ${mark} ${indented(safe(text, 600), 8, columns).trimStart()}`;
    });
}

function roleOf({ selfSigned }: CertificateInfo, depth: number): string {
  if (depth === 0) return 'Server';
  return selfSigned ? 'Root' : 'Intermediate';
}

function daysLeft({ daysLeft: days }: CertificateInfo): string {
  if (days < 0) return `ended ${-days} ${days === -1 ? 'day' : 'days'} ago`;
  return days === 1 ? '1 day left' : `${days} days left`;
}

function origin({ sent }: CertificateInfo): string {
  return sent ? '' : ', not sent by the server';
}

function day(iso: string): string {
  return iso.slice(0, 10);
}
