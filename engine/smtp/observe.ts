import { isIP } from 'node:net';
import { isLoopback } from '../../shared/host.ts';
import type { Security } from '../../shared/profile.ts';
import type { Stage } from '../../shared/report.ts';
import type { Observation } from './diagnosis/index.ts';
import type { Failure, RuleFacts } from './failure.ts';
import type { Session } from './session.ts';

/**
 * What the rules shall judge about a failed stage. Only facts that bear on the stage: many rules look at facts alone.
 * Texts are as the server sent them, secrets and all: a mask in them would look like a firewall's. Nobody sees them, a
 * rule answers with its own words.
 */
export function observeFailure(session: Session, stage: Stage, failure: Failure): Observation {
  const failedStage = typeof failure.facts.failedStage === 'string' ? failure.facts.failedStage : stage;
  return {
    ...surroundings(session, stage),
    ...(failure.code === '' ? {} : { code: failure.code }),
    ...(failure.reply ? { reply: failure.reply.raw } : {}),
    ...(failure.detail === '' ? {} : { message: failure.detail }),
    facts: {
      ...factsAt(session, stage),
      ...clientCertificateFacts(session),
      ...unreachableFacts(session, stage, failure),
      failedStage,
      ...failure.facts,
    },
  };
}

/** A server that asked for a client certificate and got none may close at any moment until it has spoken. */
function clientCertificateFacts({ clientCertificateAsked, settings }: Session): RuleFacts {
  if (!clientCertificateAsked) return {};
  return { clientCertificateLacking: settings.tls.clientCertificatePem === '' };
}

/** What the rules shall judge about a stage that worked, for their warnings. */
export function observeSuccess(session: Session, stage: Stage, ruleFacts: RuleFacts): Observation {
  return { ...surroundings(session, stage), stage, facts: { ...factsAt(session, stage), ...ruleFacts } };
}

function surroundings(session: Session, stage: Stage): Omit<Observation, 'facts'> {
  const { banner, capabilities, chain, host } = session;
  // The banner and the extensions explain only what they led to: a firewall that masks words is no reason for a full mailbox.
  const withBanner = (stage === 'greeting' || stage === 'ehlo') && banner !== '';
  const withEhlo = (stage === 'ehlo' || stage === 'starttls' || stage === 'auth') && capabilities !== null;
  const issuer = stage === 'certificate' ? chain.map((certificate) => certificate.issuer).join('\n') : '';
  return {
    stage,
    host,
    ...(withBanner ? { banner } : {}),
    ...(withEhlo ? { ehlo: capabilities.lines.join('\n') } : {}),
    ...(issuer === '' ? {} : { issuer }),
  };
}

function factsAt(session: Session, stage: Stage): RuleFacts {
  const { host, settings, connection, serverKind } = session;
  const prefix = /^([a-z0-9-]+)\./i.exec(host)?.[1]?.toLowerCase();
  return {
    port: settings.server.port,
    security: securityFact(session, stage),
    hostIsIp: isIP(host) !== 0,
    hostIsShort: isIP(host) === 0 && !host.includes('.'),
    hostIsLoopback: isLoopback(host),
    tlsActive: connection?.encrypted ?? false,
    ...(prefix === undefined ? {} : { hostPrefix: prefix }),
    ...(serverKind === '' ? {} : { serverKind }),
    ...(stage === 'tcp' ? addressFacts(session) : {}),
    ...signInFacts(session),
    ...(stage === 'mail' || stage === 'data' ? senderFacts(session) : {}),
    // A message is offered only once a recipient was accepted.
    ...(stage === 'data' ? { rcptAccepted: true } : {}),
  };
}

/** Providers that take mail only from the account that signed in, or from addresses that it owns. */
const BINDS_SENDER =
  /(^|\.)(gmail\.com|office365\.com|outlook\.com|yahoo\.com|mail\.me\.com|icloud\.com|zoho\.(com|eu)|yandex\.\w+)$/i;

function senderFacts({ settings, host }: Session): RuleFacts {
  if (settings.signIn.method === 'none') return {};
  const from = settings.sender.from.address.toLowerCase();
  return {
    fromEqualsLogin: from === settings.signIn.username.toLowerCase(),
    providerBindsSender: BINDS_SENDER.test(host),
  };
}

/** Names of the rule base for our security modes; a connection that went on in the clear counts as `none` from then on. */
function securityFact(session: Session, stage: Stage): 'none' | 'starttls' | 'implicit' {
  const { security } = session.settings.server;
  const wentOn = session.capabilities !== null && stage !== 'starttls' && stage !== 'auth';
  if (security === 'starttls-if-offered' && wentOn && !session.connection?.encrypted) return 'none';
  return NAMES[security];
}

const NAMES: Record<Security, 'none' | 'starttls' | 'implicit'> = {
  none: 'none',
  starttls: 'starttls',
  'starttls-if-offered': 'starttls',
  tls: 'implicit',
};

/** A private address that cannot be reached points to a missing VPN; one that refuses was reached. */
function unreachableFacts({ addresses, host }: Session, stage: Stage, { code }: Failure): RuleFacts {
  if (stage !== 'tcp' || isIP(host) !== 0 || !UNREACHABLE.includes(code)) return {};
  return { resolvedPrivate: addresses.some(({ address }) => PRIVATE.test(address)) };
}

const UNREACHABLE = ['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'];

/** RFC 1918 and RFC 4193. */
const PRIVATE = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|f[cd][0-9a-f]{2}:)/i;

/** Whether a *name* leads somewhere unexpected. An address that the user typed, or `localhost`, is expected. */
function addressFacts({ addresses, host }: Session): RuleFacts {
  if (isIP(host) !== 0 || isLoopback(host)) return {};
  return { resolvedLoopback: addresses.some(({ address }) => isLoopback(address)) };
}

function signInFacts({ settings, authenticated, authAttempted, mechanism }: Session): RuleFacts {
  const { method, username } = settings.signIn;
  return {
    authenticated,
    ...(method === 'none' ? {} : { authAttempted, loginHasDomain: /[@\\]/.test(username) }),
    ...(mechanism === '' ? {} : { authMech: mechanism }),
  };
}
