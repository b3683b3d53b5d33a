import type { IncomingMessage } from 'node:http';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { trustAnchorPems } from '../certificate/anchors.ts';
import { done, failing, type Outcome } from '../failure.ts';

/** Most bytes of a token answer. */
const ANSWER_BYTES = 65_536;

/** What the token server answered, whatever it is. */
export interface HttpAnswer {
  status: number;
  /** The body, at most 64 KB. */
  text: string;
  contentType: string;
  /** The server's clock (RFC 9110 6.6.1), or ''. */
  date: string;
  /** WWW-Authenticate, or ''. */
  challenge: string;
}

/** A form on its way to a token server. */
export interface FormPost {
  url: string;
  form: Readonly<Record<string, string>>;
  /** Client id and secret for HTTP Basic; null leaves the client to the form. */
  basic: { id: string; secret: string } | null;
  /** Private CA certificates that are trusted beside the public ones; '' for none. */
  caPem: string;
  /** Milliseconds for the whole exchange; dripping bytes do not extend it. */
  limitMs: number;
  /** Ends the exchange at once; null for one whose answer must not be lost. */
  signal: AbortSignal | null;
}

/**
 * Posts a form over https, or http on loopback. No redirect is followed: the form holds secrets. Fails with the system's or
 * OpenSSL's code and the fact `tokenFault`: dns, unreachable, timeout, tls or too-long.
 */
export function postForm({ url, form, basic, caPem, limitMs, signal }: FormPost): Promise<Outcome<HttpAnswer>> {
  const body = new URLSearchParams(form).toString();
  const secure = new URL(url).protocol === 'https:';
  return new Promise((resolve) => {
    const request = (secure ? httpsRequest : httpRequest)(url, {
      method: 'POST',
      agent: false,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': Buffer.byteLength(body),
        accept: 'application/json',
        ...(basic ? { authorization: `Basic ${basicCredentials(basic)}` } : {}),
      },
      ...(signal ? { signal } : {}),
      ...(secure && caPem !== '' ? { ca: trustAnchorPems(caPem) } : {}),
    });
    const settle = (outcome: Outcome<HttpAnswer>) => {
      clearTimeout(timer);
      request.on('error', () => {}).destroy();
      resolve(outcome);
    };
    const timer = setTimeout(() => settle(faulty('timeout', 'ETIMEDOUT', 'No complete answer in time')), limitMs);
    const onError = (error: NodeJS.ErrnoException) =>
      settle(faulty(faultOf(error), error.code ?? '', error.message || (error.code ?? 'failed')));
    request.once('error', onError);
    request.once('response', (response) => readBounded(response).then(settle, onError));
    request.end(body);
  });
}

async function readBounded(response: IncomingMessage): Promise<Outcome<HttpAnswer>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > ANSWER_BYTES) return faulty('too-long', '', 'The answer is longer than 64 KB');
    chunks.push(chunk);
  }
  const { headers, statusCode = 0 } = response;
  return done({
    status: statusCode,
    text: Buffer.concat(chunks).toString('utf8'),
    contentType: headers['content-type'] ?? '',
    date: headers.date ?? '',
    challenge: headers['www-authenticate'] ?? '',
  });
}

/** RFC 6749 2.3.1: both parts are form-encoded before they are joined. */
function basicCredentials({ id, secret }: { id: string; secret: string }): string {
  return Buffer.from(`${formEncoded(id)}:${formEncoded(secret)}`).toString('base64');
}

function formEncoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1);
}

function faulty(tokenFault: string, code: string, detail: string) {
  return failing(code, `token endpoint: ${detail}`, { tokenFault });
}

function faultOf({ code = '' }: NodeJS.ErrnoException): string {
  if (/^(ENOTFOUND|EAI_)/.test(code)) return 'dns';
  if (/^(ERR_SSL|ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|INVALID_|EPROTO|UNSPECIFIED)/.test(code)) return 'tls';
  return 'unreachable';
}
