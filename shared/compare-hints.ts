import { failedStage } from './outcome.ts';
import { STAGE_WORDS, type StageFacts, type TestReport } from './report.ts';

/** Something that stands out between two runs. */
export interface Hint {
  severity: 'warning' | 'info';
  text: string;
}

/**
 * What stands out from one run to another of the same server, the most serious first. A warning is what makes a
 * connection weaker or hints at something in between; each rests on facts that both runs have.
 */
export function hintsBetween(before: TestReport, after: TestReport): Hint[] {
  const a = factsOf(before);
  const b = factsOf(after);
  const when = after.startedAt >= before.startedAt ? 'Earlier' : 'In the other run';
  const sameServer = before.destination.host.toLowerCase() === after.destination.host.toLowerCase();
  const hints = [
    starttlsGone(a, b, when),
    certificateIssuer(a, b, sameServer),
    weakerTls(a, b, when),
    signInGone(a, b, when),
    otherSoftware(a, b, sameServer),
    otherAddresses(a, b, sameServer),
    sameServer ? outcomeChange(before, after) : null,
    otherDestination(before, after),
  ];
  const found = hints.filter((hint) => hint !== null);
  return [
    ...found.filter(({ severity }) => severity === 'warning'),
    ...found.filter(({ severity }) => severity === 'info'),
  ];
}

/** All facts of a run in one; a later stage's wins. */
function factsOf({ stages }: TestReport): StageFacts {
  return Object.assign(
    {},
    ...stages.filter(({ status }) => status !== 'skipped').map(({ facts }) => facts),
  ) as StageFacts;
}

/** Stripping of STARTTLS is seen from the client's side only by comparing (RFC 3207, 6). */
function starttlsGone(a: StageFacts, b: StageFacts, when: string): Hint | null {
  const offers = ({ capabilities }: StageFacts) => capabilities?.some((line) => /^STARTTLS\b/i.test(line));
  if (offers(a) !== true || offers(b) !== false) return null;
  return warning(
    `${when} this server offered STARTTLS; now it does not. Its TLS was turned off, or something between removes the offer (a firewall, a mail filter, an antivirus program). Do not send a password without TLS before this is clear.`,
  );
}

function certificateIssuer(a: StageFacts, b: StageFacts, sameServer: boolean): Hint | null {
  const [was, is] = [a.chain?.[0], b.chain?.[0]];
  if (!sameServer || !was || !is || was.fingerprint === is.fingerprint) return null;
  if (was.issuer === is.issuer) return info(`The certificate was renewed; it now ends on ${is.validTo.slice(0, 10)}.`);
  return warning(
    `The certificate comes from another issuer: "${is.issuer}", not "${was.issuer}". If nobody changed it on the server, something between answers in its place.`,
  );
}

function weakerTls(a: StageFacts, b: StageFacts, when: string): Hint | null {
  const version = ({ tlsVersion }: StageFacts) => Number(/^TLSv(1(?:\.\d)?)$/.exec(tlsVersion ?? '')?.[1]);
  const [was, is] = [version(a), version(b)];
  return is < was ? warning(`${when} the connection used TLS ${was}; now it uses TLS ${is}.`) : null;
}

function signInGone(a: StageFacts, b: StageFacts, when: string): Hint | null {
  const offers = (facts: StageFacts) =>
    (facts.capabilitiesAfterTls ?? facts.capabilities)?.some((line) => /^AUTH\b/i.test(line));
  if (offers(a) !== true || offers(b) !== false) return null;
  return warning(`${when} this server offered a sign-in (AUTH); now it does not.`);
}

function otherSoftware(a: StageFacts, b: StageFacts, sameServer: boolean): Hint | null {
  if (!sameServer || !a.serverKind || !b.serverKind || a.serverKind === b.serverKind) return null;
  return warning(
    `The server looks like ${b.serverKind}, before like ${a.serverKind}: another one answers under this name.`,
  );
}

function otherAddresses(a: StageFacts, b: StageFacts, sameServer: boolean): Hint | null {
  const [was, is] = [a.addresses, b.addresses].map((list) => list?.map(({ address }) => address) ?? []);
  if (!sameServer || !was?.length || !is?.length || was.some((address) => is.includes(address))) return null;
  return info(`The name has other addresses: ${is.join(', ')}, not ${was.join(', ')}.`);
}

function outcomeChange(before: TestReport, after: TestReport): Hint | null {
  const [was, is] = [failedStage(before), failedStage(after)];
  if (was && !is && after.ok) return info(`It failed at ${STAGE_WORDS[was.stage]} and passes now.`);
  if (!was && is && before.ok) return warning(`It passed, and fails at ${STAGE_WORDS[is.stage]} now.`);
  if (was && is && was.stage !== is.stage) {
    return info(`It failed at ${STAGE_WORDS[was.stage]}, now at ${STAGE_WORDS[is.stage]}.`);
  }
  return null;
}

function otherDestination(before: TestReport, after: TestReport): Hint | null {
  const words = ({ destination: { host, port, security } }: TestReport) => `${host}:${port} ${security}`;
  if (words(before).toLowerCase() === words(after).toLowerCase()) return null;
  return info(`The runs are of different destinations: ${words(before)} and ${words(after)}.`);
}

function warning(text: string): Hint {
  return { severity: 'warning', text };
}

function info(text: string): Hint {
  return { severity: 'info', text };
}
