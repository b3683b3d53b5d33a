import type { ProfileSettings } from '../../../shared/profile.ts';
import type { SecretKind } from '../../../shared/secrets.ts';
import { done, type Outcome, type RuleFacts } from '../failure.ts';
import { tokenEndpoint } from './endpoint.ts';
import { type HttpAnswer, postForm } from './post-form.ts';
import { answerClockFacts, readTokenAnswer, type TokenAnswer } from './token-answer.ts';

type OAuth = ProfileSettings['signIn']['oauth'];
type Secrets = Partial<Record<SecretKind, string>>;

/** What to ask a token server for, and how long to wait. */
export interface TokenRequest {
  settings: ProfileSettings;
  /** With the refresh token that is valid now. */
  secrets: Secrets;
  limitMs: number;
  signal: AbortSignal;
  now: () => Date;
}

/** A token, and what else the answer told the rules. */
export interface GrantedToken {
  answer: TokenAnswer;
  facts: RuleFacts;
}

/**
 * Asks the token endpoint of a profile for an access token (RFC 6749 4.4 and 6). The endpoint must be known. Fails as
 * {@link postForm} and {@link readTokenAnswer} do.
 */
export async function requestToken(request: TokenRequest): Promise<Outcome<GrantedToken>> {
  const { oauth } = request.settings.signIn;
  const { clientSecret } = request.secrets;
  let reply = await post(request, false);
  // Google and Microsoft take the client in the form. RFC 6749 2.3.1 lets others insist on HTTP Basic.
  if (reply.ok && clientSecret !== undefined && oauth.provider === 'other' && wantsBasic(reply.value)) {
    reply = await post(request, true);
  }
  if (!reply.ok) return reply;
  const facts = answerClockFacts(reply.value, request.now());
  const answer = readTokenAnswer(reply.value);
  if (answer.ok) return done({ answer: answer.value, facts });
  return { ok: false, failure: { ...answer.failure, facts: { ...facts, ...answer.failure.facts } } };
}

function post({ settings, secrets, limitMs, signal }: TokenRequest, asBasic: boolean): Promise<Outcome<HttpAnswer>> {
  const { oauth } = settings.signIn;
  const secret = secrets.clientSecret;
  return postForm({
    url: tokenEndpoint(oauth),
    form: { ...grantForm(oauth, secrets), ...(asBasic ? {} : clientForm(oauth, secret)) },
    basic: asBasic && secret !== undefined ? { id: oauth.clientId, secret } : null,
    caPem: settings.tls.caPem,
    limitMs,
    // A token server may have put a new refresh token in the place of the old one: its answer must arrive.
    signal: oauth.grant === 'refresh-token' ? null : signal,
  });
}

function grantForm(oauth: OAuth, secrets: Secrets): Record<string, string> {
  const scope = oauth.scope === '' ? {} : { scope: oauth.scope };
  if (oauth.grant === 'client-credentials') return { grant_type: 'client_credentials', ...scope };
  return { grant_type: 'refresh_token', refresh_token: secrets.refreshToken ?? '', ...scope };
}

/** A public client has no secret (RFC 6749 2.1). */
function clientForm({ clientId }: OAuth, secret: string | undefined): Record<string, string> {
  return { client_id: clientId, ...(secret === undefined ? {} : { client_secret: secret }) };
}

function wantsBasic({ status, challenge }: HttpAnswer): boolean {
  return status === 401 && /^basic\b/i.test(challenge);
}
