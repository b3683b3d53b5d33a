import type { StageFacts, TokenStep } from '../../../shared/report.ts';
import {
  CANCELLED,
  done,
  type Failure,
  failedStage,
  failing,
  type Outcome,
  passedStage,
  type RuleFacts,
  type StageOutcome,
  warnedStage,
} from '../failure.ts';
import { within } from '../limit.ts';
import { shownEndpoint, tokenEndpoint } from '../oauth/endpoint.ts';
import { type Permissions, permissionsOf } from '../oauth/permissions.ts';
import { type GrantedToken, requestToken } from '../oauth/request-token.ts';
import { secondsLeft } from '../oauth/token-store.ts';
import { commandLimit, type Session, shown } from '../session.ts';

/**
 * Gets the OAuth 2.0 token that the sign-in needs: from memory, or from the token server. Says what it may do. Only for a
 * profile that asks for one.
 */
export async function oauthStage(session: Session): Promise<StageOutcome> {
  const { settings } = session;
  const { oauth } = settings.signIn;
  const endpoint = tokenEndpoint(oauth);
  const asked: StageFacts = {
    tokenEndpoint: shownEndpoint(endpoint),
    grant: oauth.grant,
    clientId: shown(session, oauth.clientId),
    ...(oauth.scope === '' ? {} : { scopeAsked: oauth.scope }),
  };
  if (endpoint === '') {
    const { failure } = failing('', 'The profile has no token address', { tokenFault: 'no-address' });
    return refusedStage(session, failure, asked);
  }
  const key = tokenKey(session, currentRefreshToken(session));
  const kept = session.tokens.find(key, session.now());
  if (kept)
    return granted(session, key, 'memory', { answer: kept.answer, facts: {} }, secondsLeft(kept, session.now()), asked);
  const asking = askForToken(session);
  session.tokens.track(asking);
  const waited = await within(commandLimit(session) * 2 + 1_000, session.signal, asking);
  if (waited.kind === 'cancelled') return failedStage(CANCELLED, 'Cancelled');
  if (waited.kind === 'timeout') throw new Error('A token request has a limit of its own');
  if (!waited.value.ok) return refusedStage(session, waited.value.failure, asked);
  const { token, fate } = waited.value.value;
  const all = fate === null ? asked : { ...asked, refreshTokenFate: fate };
  const usedKey = tokenKey(session, token.answer.refreshToken ?? currentRefreshToken(session));
  return granted(session, usedKey, 'fresh', token, token.answer.expiresInSeconds, all);
}

type Fate = NonNullable<StageFacts['refreshTokenFate']>;

/** Asks, and puts into safety what came before anything else happens. Goes on after a cancel for the same reason. */
async function askForToken(session: Session): Promise<Outcome<{ token: GrantedToken; fate: Fate | null }>> {
  const { settings, signal, now } = session;
  const old = currentRefreshToken(session);
  const secrets = { ...session.secrets, ...(old === '' ? {} : { refreshToken: old }) };
  const token = await requestToken({ settings, secrets, limitMs: commandLimit(session), signal, now });
  if (!token.ok) return token;
  const { answer } = token.value;
  const next = answer.refreshToken;
  // Both must be known before anything can echo them.
  session.redactor.learn(answer.accessToken);
  if (next !== null) session.redactor.learn(next);
  session.tokens.keep(tokenKey(session, next ?? old), answer, now());
  if (next === null || next === old) return done({ token: token.value, fate: null });
  session.tokens.replaceRefreshToken(old, next);
  return done({ token: token.value, fate: await session.keepRefreshToken(old, next) });
}

/** The refresh token that is valid now: that of the profile, or the one that took its place in an earlier run. */
function currentRefreshToken({ settings, secrets, tokens }: Session): string {
  if (settings.signIn.oauth.grant !== 'refresh-token') return '';
  return tokens.currentRefreshToken(secrets.refreshToken ?? '');
}

function tokenKey({ settings, secrets, tokens }: Session, refreshToken: string): string {
  const { username, oauth } = settings.signIn;
  const { grant, clientId, scope } = oauth;
  const { caPem } = settings.tls;
  const secret = secrets.clientSecret ?? '';
  return tokens.keyOf([tokenEndpoint(oauth), grant, clientId, scope, username, caPem, secret, refreshToken]);
}

function granted(
  session: Session,
  key: string,
  source: 'fresh' | 'memory',
  { answer, facts: answerFacts }: GrantedToken,
  seconds: number | null,
  asked: StageFacts,
): StageOutcome {
  session.redactor.learn(answer.accessToken);
  const permissions = permissionsOf(session.settings.signIn.oauth, answer.accessToken, answer.scope);
  session.token = { value: answer.accessToken, key, facts: { tokenSource: source, ...permissions.facts } };
  const facts: StageFacts = {
    ...asked,
    ...(answer.scope === null ? {} : { scopeGranted: shown(session, answer.scope) }),
    ...(permissions.granted.length === 0
      ? {}
      : { tokenPermissions: permissions.granted.map((each) => shown(session, each)) }),
    ...(answer.type === '' ? {} : { tokenType: shown(session, answer.type) }),
    ...(seconds === null ? {} : { tokenExpiresInSeconds: seconds }),
    tokenSource: source,
    tokenSteps: grantedSteps(source, seconds, permissions),
  };
  const ruleFacts: RuleFacts = {
    ...answerFacts,
    ...permissions.facts,
    ...(asked.refreshTokenFate === undefined ? {} : { refreshTokenFate: asked.refreshTokenFate }),
  };
  const from = source === 'fresh' ? 'Fresh token' : 'Token from memory';
  if (permissions.lacking !== '') {
    return warnedStage(`${from}, without the permission ${shown(session, permissions.lacking)}`, facts, ruleFacts);
  }
  return passedStage(`${from}, ${lifeInWords(seconds)}`, facts, ruleFacts);
}

function grantedSteps(source: 'fresh' | 'memory', seconds: number | null, permissions: Permissions): TokenStep[] {
  const request: TokenStep =
    source === 'fresh'
      ? { step: 'request', status: 'passed', note: 'The token server answered.' }
      : { step: 'request', status: 'skipped', note: 'Not asked: a token from an earlier run is still valid.' };
  const token: TokenStep = { step: 'token', status: 'passed', note: `A bearer token, ${lifeInWords(seconds)}.` };
  return [request, token, scopeStep(permissions)];
}

function scopeStep({ granted: permissions, lacking }: Permissions): TokenStep {
  if (lacking !== '') return { step: 'scope', status: 'warned', note: `It lacks ${lacking}.` };
  if (permissions.length === 0) {
    return { step: 'scope', status: 'skipped', note: 'Neither token nor answer say what it may do.' };
  }
  return { step: 'scope', status: 'passed', note: 'It has what was asked for.' };
}

function refusedStage(session: Session, failure: Failure, asked: StageFacts): StageOutcome {
  const answered = failure.facts.tokenFault === undefined;
  const said = shown(session, failure.detail);
  const atScope = answered && failure.detail.startsWith('invalid_scope');
  const tokenSteps: TokenStep[] = [
    answered
      ? { step: 'request', status: 'passed', note: 'The token server answered.' }
      : { step: 'request', status: 'failed', note: said },
    {
      step: 'token',
      status: answered && !atScope ? 'failed' : 'skipped',
      note: answered && !atScope ? said : 'Not given.',
    },
    { step: 'scope', status: atScope ? 'failed' : 'skipped', note: atScope ? said : 'Not known.' },
  ];
  const note = answered ? 'The token server refused to give a token' : 'The token server gave no usable answer';
  return failedStage(failure, note, { ...asked, tokenSteps });
}

function lifeInWords(seconds: number | null): string {
  if (seconds === null) return 'valid for an unknown time';
  return seconds < 120 ? `valid for ${seconds} seconds` : `valid for ${Math.floor(seconds / 60)} minutes`;
}
