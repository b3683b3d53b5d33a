import type { DetectProposal } from '../../../shared/detect.ts';
import { isUsable, type MatrixCell } from '../../../shared/matrix.ts';
import { applyPreset, presetById } from '../../../shared/presets.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { cautionOf, compareRanks, TRUST } from '../matrix/index.ts';
import { type Candidate, SOURCES } from './candidate.ts';
import type { Probed } from './probe.ts';
import type { Query } from './query.ts';

/** Most proposals: one to take, the rest as alternatives. */
const MAX_PROPOSALS = 6;

/** Submission before relaying, TLS from the first byte before STARTTLS (RFC 8314 3.3). */
const PORTS = [465, 587, 2587, 2525, 25];

/** What answers, as settings: trusted before untrusted before plain, then where sign-in is offered, then by source and port. */
export function proposalsFrom(probed: readonly Probed[], query: Query, base: ProfileSettings): DetectProposal[] {
  return probed
    .flatMap(({ candidate, cells }) => cells.filter(isUsable).map((cell) => ({ candidate, cell })))
    .sort((a, b) => compareRanks(rank(a.candidate, a.cell), rank(b.candidate, b.cell)))
    .filter(({ cell }, at, all) => all.findIndex((other) => isSame(other.cell, cell)) === at)
    .slice(0, MAX_PROPOSALS)
    .map(({ candidate, cell }) => proposal(candidate, cell, query, base));
}

function proposal(candidate: Candidate, cell: MatrixCell, query: Query, base: ProfileSettings): DetectProposal {
  const settings = settingsFor(candidate, cell, query, base);
  const signsIn = settings.signIn.method !== 'none';
  const cautions = [cautionOf(cell, signsIn), candidate.caution].filter((text) => text !== '');
  return { settings, reason: reasonOf(candidate, cell, settings), caution: cautions.join(' '), cell };
}

function settingsFor(
  { preset, host }: Candidate,
  cell: MatrixCell,
  { about, address }: Query,
  base: ProfileSettings,
): ProfileSettings {
  const begun = preset === '' ? base : applyPreset(base, preset);
  const method = preset === '' ? (cell.mechanisms.length > 0 ? 'password' : 'none') : begun.signIn.method;
  return {
    ...begun,
    name: about.slice(0, 120),
    server: { ...begun.server, host, port: cell.port, security: cell.security },
    signIn: { ...begun.signIn, method, username: method === 'none' ? '' : begun.signIn.username || address },
    sender: { ...begun.sender, from: { address, name: '' } },
  };
}

function reasonOf(
  { why, preset }: Candidate,
  { security, verdict, mechanisms }: MatrixCell,
  settings: ProfileSettings,
) {
  const how = { tls: 'TLS from the first byte', starttls: 'STARTTLS', none: 'without encryption' }[security];
  const trust = verdict === 'works' ? ' and its certificate is trusted' : '';
  return `${why} It answers with ${how}${trust}. ${signInWords(settings, mechanisms, preset)}`;
}

function signInWords({ signIn }: ProfileSettings, mechanisms: readonly string[], preset: string): string {
  if (signIn.method === 'none') return 'It offers no sign-in here, so the profile has none.';
  if (preset !== '') return `User name: ${presetById(preset)?.usernameHint ?? 'as the provider says'}.`;
  const offer = `It offers ${mechanisms.join(', ')}.`;
  return signIn.username === '' ? offer : `${offer} The user name is a guess: mostly it is the full address.`;
}

function rank({ source }: Candidate, { verdict, mechanisms, port }: MatrixCell): number[] {
  const at = PORTS.indexOf(port);
  return [
    TRUST.indexOf(verdict),
    mechanisms.length === 0 ? 1 : 0,
    SOURCES.indexOf(source),
    at === -1 ? PORTS.length : at,
  ];
}

function isSame(a: MatrixCell, b: MatrixCell): boolean {
  return a.host === b.host && a.port === b.port && a.security === b.security;
}
