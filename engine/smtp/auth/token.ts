import type { ProfileSettings } from '../../../shared/profile.ts';
import type { SecretKind } from '../../../shared/secrets.ts';
import { CANCELLED, done, failing, type Outcome } from '../failure.ts';
import { within } from '../limit.ts';

/** Most bytes of a token answer. */
const ANSWER_BYTES = 65_536;

const ENDPOINT_FACTS = { failedStage: 'oauth' };

/** Token endpoint of a profile: its own, else the provider's; '' when neither is known. */
export function tokenEndpoint({ provider, tokenUrl, tenant }: ProfileSettings['signIn']['oauth']): string {
  if (tokenUrl !== '') return tokenUrl;
  if (provider === 'google') return 'https://oauth2.googleapis.com/token';
  if (provider !== 'microsoft') return '';
  return `https://login.microsoftonline.com/${encodeURIComponent(tenant || 'common')}/oauth2/v2.0/token`;
}

/**
 * Asks the token endpoint for an access token (RFC 6749 4.4 and 6): form-encoded, over https or loopback, without following
 * redirects, with a bounded answer. Fails with EFETCH when it cannot be reached, or with the endpoint's own error text.
 *
 * @param limitMs Milliseconds for the whole request.
 */
export async function requestToken(
  settings: ProfileSettings,
  secrets: Partial<Record<SecretKind, string>>,
  limitMs: number,
  signal: AbortSignal,
): Promise<Outcome<string>> {
  const { oauth } = settings.signIn;
  const endpoint = tokenEndpoint(oauth);
  if (endpoint === '') return failing('EFETCH', 'The profile has no token address', ENDPOINT_FACTS);
  const ending = new AbortController();
  const answer = fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams(formOf(oauth, secrets)).toString(),
    redirect: 'error',
    signal: ending.signal,
  }).then(async (response) => ({ status: response.status, text: await readBounded(response) }));
  try {
    const waited = await within(limitMs, signal, answer);
    if (waited.kind === 'cancelled') return { ok: false, failure: CANCELLED };
    if (waited.kind === 'timeout') return failing('EFETCH', 'The token address did not answer in time', ENDPOINT_FACTS);
    return readAnswer(waited.value.status, waited.value.text);
  } catch (error) {
    return failing('EFETCH', `token endpoint: ${causeOf(error)}`, ENDPOINT_FACTS);
  } finally {
    ending.abort();
    answer.catch(() => {});
  }
}

function formOf(
  oauth: ProfileSettings['signIn']['oauth'],
  secrets: Partial<Record<SecretKind, string>>,
): Record<string, string> {
  const client = {
    client_id: oauth.clientId,
    // A public client has no secret (RFC 6749 2.1).
    ...(secrets.clientSecret === undefined ? {} : { client_secret: secrets.clientSecret }),
    ...(oauth.scope === '' ? {} : { scope: oauth.scope }),
  };
  if (oauth.grant === 'client-credentials') return { grant_type: 'client_credentials', ...client };
  return { grant_type: 'refresh_token', refresh_token: secrets.refreshToken ?? '', ...client };
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > ANSWER_BYTES) throw new Error('The answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readAnswer(status: number, text: string): Outcome<string> {
  const fields = parseObject(text);
  const token = fields?.access_token;
  if (status === 200 && typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) return done(token);
  const error = typeof fields?.error === 'string' ? fields.error : '';
  const description = typeof fields?.error_description === 'string' ? fields.error_description : '';
  const said = [error, description].filter((part) => part !== '').join(': ');
  return failing(said === '' ? 'EFETCH' : '', said || `token endpoint: HTTP ${status} without a token`, ENDPOINT_FACTS);
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  return error.cause instanceof Error ? error.cause.message : error.message;
}
