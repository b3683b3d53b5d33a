import { chooseMechanism } from '../auth/choose.ts';
import { cramMd5 } from '../auth/cram-md5.ts';
import { signIn } from '../auth/exchange.ts';
import { login } from '../auth/login.ts';
import type { Credentials, Mechanism } from '../auth/mechanism.ts';
import { type Destination, oauthBearer } from '../auth/oauthbearer.ts';
import { plain } from '../auth/plain.ts';
import { scramSha1, scramSha256 } from '../auth/scram.ts';
import { xoauth2 } from '../auth/xoauth2.ts';
import {
  done,
  failedStage,
  failing,
  type Outcome,
  passedStage,
  type RuleFacts,
  type StageOutcome,
  skippedStage,
} from '../failure.ts';
import { commandLimit, connectionOf, type Session, shown, shownReply } from '../session.ts';

const MECHANISMS: Record<string, (credentials: Credentials, destination: Destination) => Mechanism> = {
  PLAIN: plain,
  LOGIN: login,
  'CRAM-MD5': cramMd5,
  'SCRAM-SHA-1': scramSha1,
  'SCRAM-SHA-256': scramSha256,
  XOAUTH2: xoauth2,
  OAUTHBEARER: oauthBearer,
};

/** Signs in (RFC 4954). A password never leaves before TLS unless the profile says so in as many words. */
export async function authStage(session: Session): Promise<StageOutcome> {
  const { method, username, allowWithoutTls } = session.settings.signIn;
  if (method === 'none') return skippedStage('not-asked', 'This profile signs in with no user name.');
  const { encrypted } = connectionOf(session);
  const offered = session.capabilities?.mechanisms ?? null;
  const facts = { mechanismsOffered: (offered ?? []).map((name) => shown(session, name)), username };
  if (!offered) return notOffered(session, facts);
  if (!encrypted && !allowWithoutTls) {
    const { failure } = failing('', 'The connection is not encrypted', {
      credentialsSet: true,
      authAdvertised: true,
      ...inClear(session),
    });
    return failedStage(failure, 'Not signed in: the connection is not encrypted, so nothing secret was sent', facts);
  }
  const chosen = chooseMechanism({ method, wanted: wantedMechanism(session), offered, encrypted });
  if (chosen.mechanism === null) {
    const { failure } = failing('', chosen.reason, {
      authAdvertised: true,
      ...insteadFacts(offered, encrypted, method),
    });
    return failedStage(failure, 'Not signed in: no common mechanism', {
      ...facts,
      mechanismReason: shown(session, chosen.reason),
    });
  }
  const { mechanism, reason } = chosen;
  const used = { ...facts, mechanism, mechanismReason: reason };
  const secret = secretFor(session);
  if (!secret.ok) return failedStage(secret.failure, 'Not signed in: there is nothing to sign in with', used);
  return attempt(session, mechanism, { username, secret: secret.value }, used);
}

/** The mechanism to use by name, or `auto`. For a token a profile names none. */
function wantedMechanism({ request, settings }: Session): string {
  if (request.mechanism !== undefined) return request.mechanism;
  return settings.signIn.method === 'password' ? settings.signIn.mechanism : 'auto';
}

/** What the server would take in place of what the profile asks for. */
function insteadFacts(offered: readonly string[], encrypted: boolean, method: 'password' | 'oauth2'): RuleFacts {
  const takes = (other: 'password' | 'oauth2') =>
    chooseMechanism({ method: other, wanted: 'auto', offered, encrypted }).mechanism !== null;
  return {
    // More than none means that the profile asks for another mechanism by name.
    usableMechs: takes(method) ? 1 : 0,
    passwordMechOffered: takes('password'),
    tokenMechOffered: takes('oauth2'),
  };
}

async function attempt(
  session: Session,
  mechanism: string,
  credentials: Credentials,
  facts: { mechanismsOffered: string[]; username: string },
): Promise<StageOutcome> {
  const make = MECHANISMS[mechanism];
  if (!make) throw new Error(`No mechanism ${mechanism}`);
  session.authAttempted = true;
  session.mechanism = mechanism;
  const destination = { host: session.host, port: session.settings.server.port };
  const answer = await signIn(connectionOf(session), make(credentials, destination), {
    limitMs: commandLimit(session),
    signal: session.signal,
    hide: (text) => session.redactor.learn(text),
  });
  if (answer.ok) {
    session.authenticated = true;
    return passedStage(`Signed in with ${mechanism}`, { ...facts, reply: shownReply(session, answer.value) });
  }
  const { failure } = answer;
  // What the server refused once it will refuse again.
  if (failure.reply && session.token) session.tokens.drop(session.token.key);
  const edges = credentials.secret !== credentials.secret.trim();
  const known = {
    ...failure,
    facts: { ...failure.facts, ...session.token?.facts, ...(edges ? { passwordEdgeWhitespace: true } : {}) },
  };
  const note = failure.reply ? `Sign-in refused with ${failure.reply.code}` : 'Sign-in failed';
  return failedStage(known, note, failure.reply ? { ...facts, reply: shownReply(session, failure.reply) } : facts);
}

function notOffered(session: Session, facts: { mechanismsOffered: string[]; username: string }): StageOutcome {
  const { failure } = failing('', 'The server offers no AUTH', {
    credentialsSet: true,
    authAdvertised: false,
    authAttempted: false,
    ...inClear(session),
  });
  return failedStage(failure, 'The server offers no sign-in here, so the login was not tested', facts);
}

function inClear(session: Session): Record<string, boolean> {
  const offersStarttls = session.capabilities?.starttls ?? false;
  return { offersStarttls: !connectionOf(session).encrypted && offersStarttls };
}

/** The password or access token: one given by hand, or the one that the `oauth` stage got. */
function secretFor(session: Session): Outcome<string> {
  const { settings, secrets } = session;
  if (settings.signIn.method === 'password') return given(secrets.password, 'No password was given');
  if (settings.signIn.oauth.grant === 'access-token') return given(secrets.accessToken, 'No access token was given');
  if (!session.token) throw new Error('The oauth stage runs first');
  return done(session.token.value);
}

function given(secret: string | undefined, otherwise: string): Outcome<string> {
  return secret === undefined ? failing('NO_SECRET', otherwise) : done(secret);
}
