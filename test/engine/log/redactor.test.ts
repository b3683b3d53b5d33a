import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../engine/log/redactor.ts';
import { escapeControls } from '../../../shared/text.ts';

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
const html: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Ways in which a secret gets into a text. */
const ENCODINGS: Record<string, (secret: string) => string> = {
  'as it is': (secret) => secret,
  JSON: (secret) => JSON.stringify(secret),
  'JSON in ASCII': (secret) =>
    JSON.stringify(secret).replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'JSON of PHP': (secret) => JSON.stringify(secret).replaceAll('/', '\\/'),
  'a URL component': encodeURIComponent,
  'a URL that only needed some of it': (secret) => encodeURI(secret),
  'a form field': (secret) => new URLSearchParams({ p: secret }).toString().slice(2),
  'all percent': (secret) => Buffer.from(secret).toString('hex').replace(/../g, '%$&'),
  'all percent in capitals': (secret) => Buffer.from(secret).toString('hex').toUpperCase().replace(/../g, '%$&'),
  HTML: (secret) => secret.replace(/[&<>"']/g, (char) => html[char] ?? char),
  'escaped controls': escapeControls,
  hex: (secret) => Buffer.from(secret).toString('hex'),
  'hex in capitals': (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
  base64,
  base64url: (secret) => Buffer.from(secret).toString('base64url'),
  'base64 without padding': (secret) => base64(secret).replace(/=+$/, ''),
  'AUTH PLAIN': (secret) => base64(`\0jane\0${secret}`),
  'AUTH PLAIN with an authorization id': (secret) => base64(`admin\0jane@example.com\0${secret}`),
  XOAUTH2: (secret) => base64(`user=jane@example.com\x01auth=Bearer ${secret}\x01\x01`),
  'HTTP Basic': (secret) => base64(`jane:${secret}`),
  'base64 of JSON': (secret) => base64(JSON.stringify({ user: 'jane', pass: secret })),
  'base64 in lines of 76': (secret) => base64(`jane:${secret}`).replace(/.{76}/g, '$&\r\n'),
};

const secretText = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 6, maxLength: 60 }),
  fc.string({ unit: 'grapheme-ascii', minLength: 6, maxLength: 200 }),
  fc.base64String({ minLength: 8, maxLength: 100 }),
);

/** As long as keys and tokens are. */
const longSecret = fc.oneof(
  fc.base64String({ minLength: 516, maxLength: 1_600 }),
  fc.string({ unit: 'grapheme-ascii', minLength: 513, maxLength: 1_200 }),
);

describe.each(Object.entries(ENCODINGS))('a secret that travels as %s', (_name, encode) => {
  const isGone = (secret: string, edge: string) => {
    // A secret that is part of the frame or of the mask would prove nothing.
    fc.pre(!/^[*\s]*$/.test(secret) && !`sent: <-> done${edge}`.includes(secret));
    const travelled = encode(secret);
    const left = createRedactor([secret])(`sent: <${edge}${travelled}${edge}> done`);
    expect(left.includes(travelled)).toBe(false);
    expect(left.includes(secret)).toBe(false);
    expect(left).toContain('********');
  };
  const edges = fc.constantFrom(' ', '"', '\n', ': ', '=', '(', '/');

  it('is not in what is left, whatever it is and whatever stands around it', () => {
    fc.assert(fc.property(secretText, edges, isGone), { numRuns: 40 });
  });

  it('is not in what is left when it is as long as a key', () => {
    fc.assert(fc.property(longSecret, edges, isGone), { numRuns: 4 });
  });
});

describe('the text around a secret', () => {
  it('stays', () => {
    const redact = createRedactor(['hunter2hunter2']);
    expect(redact('before hunter2hunter2 after, then "hunter2hunter2".')).toBe(
      'before ******** after, then "********".',
    );
  });

  it('stays as it is without one', () => {
    const redact = createRedactor(['hunter2hunter2', 'Zwölf Boxkämpfer', 'x']);
    const text =
      '250-mail.example.com Hello [192.0.2.7]\r\n250-SIZE 35882577\r\n250-AUTH LOGIN PLAIN XOAUTH2\r\n250 CHUNKING\n' +
      '535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6 (queue id 4XyZ01abCD)\nSHA-256 AB:CD:EF:01:23:45';
    expect(redact(text)).toBe(text);
  });

  it('stays with no secrets to know at all', () => {
    expect(createRedactor([])('Connected to mail.example.com:587 in 12 ms')).toBe(
      'Connected to mail.example.com:587 in 12 ms',
    );
    expect(createRedactor([''])('nothing to hide')).toBe('nothing to hide');
  });
});

describe('a secret of less than four characters', () => {
  it('goes where it stands alone, and words that contain it stay', () => {
    const redact = createRedactor(['abc', '1']);
    expect(redact('sent abc, then "abc" and 1; abcdef, fabc and 10 stay')).toBe(
      'sent ********, then "********" and ********; abcdef, fabc and 10 stay',
    );
  });

  it('goes as the last field of AUTH PLAIN and as an answer to AUTH LOGIN', () => {
    const redact = createRedactor(['abc']);
    expect(redact(`C: ${base64('\0jane\0abc')}`)).toBe('C: ********');
    expect(redact(`C: ${base64('abc')}`)).toBe('C: ********');
  });

  it('may hold characters that mean something in a pattern', () => {
    expect(createRedactor(['.*'])('sent .* and text')).toBe('sent ******** and text');
    expect(createRedactor(['-('])('sent -( and text')).toBe('sent ******** and text');
  });
});

describe('what looks like a secret goes although nobody named it', () => {
  const redact = createRedactor([]);
  const canary = 'canary7F3aQ9';
  const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJlLWNhbmFyeQ';

  it.each([
    `AUTH PLAIN ${base64(`\0jane\0${canary}`)}`,
    `C: auth login ${base64(canary)}`,
    `AUTH XOAUTH2 ${base64(`user=jane\x01auth=Bearer ${canary}\x01\x01`)}`,
    `Authorization: Bearer ${canary}`,
    `"authorization":"Basic ${base64(canary)}"`,
    `Proxy-Authorization: Basic ${base64(canary)}`,
    `password=${canary}`,
    `password: ${canary}`,
    `{"SMTPPassword":"${canary}"}`,
    `{"password":"quote \\" ${canary}"}`,
    `"{\\"password\\":\\"${canary}\\"}"`,
    `smtp_password = '${canary} with spaces'`,
    `'smtp_password' => '${canary}'`,
    `client_secret=${canary}&grant_type=refresh_token`,
    `spring.mail.password=${canary}`,
    `GF_SMTP_PASSWORD=${canary}`,
    `refreshToken: ${canary}`,
    `api-key: ${canary}`,
    `smtp://jane:${canary}@mail.example.com:587`,
    `smtp://jane%40example.com:p@ss${canary}@mail.example.com`,
    `token was Bearer ${canary}`,
    `-----BEGIN PRIVATE KEY-----\n${canary}\n-----END PRIVATE KEY-----`,
    `-----BEGIN RSA PRIVATE KEY-----\n${canary} and then cut off`,
    `SG.${canary}.${canary}`,
    `GOCSPX-${canary}`,
    `ya29.${canary}`,
    jwt,
  ])('%s', (text) => {
    const left = redact(text);
    expect(left).toContain('********');
    for (const trace of [canary, base64(canary).slice(0, 12), 'c2lnbmF0dXJl', 'UHlzIGNhbmFyeQ']) {
      expect(left).not.toContain(trace);
    }
  });

  it.each([
    '250-AUTH LOGIN PLAIN',
    '250 AUTH PLAIN LOGIN XOAUTH2 OAUTHBEARER SCRAM-SHA-256',
    'AUTH LOGIN',
    '334 VXNlcm5hbWU6',
    '535 5.7.8 Username and Password not accepted.',
    'has password: true',
    '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
    'https://example.com:8443/path',
    'compass: north; bypass',
  ])('and this stays: %s', (text) => {
    expect(redact(text)).toBe(text);
  });
});

it('takes hostile text of 64 KB in a moment', () => {
  const redact = createRedactor([
    'hunter2hunter2',
    'a'.repeat(400),
    '\\/'.repeat(200),
    '\\'.repeat(99),
    '%25'.repeat(300),
  ]);
  for (const unit of [
    'a',
    '%61',
    'password',
    'password=',
    'AUTH PLAIN ',
    '//',
    '//a:',
    'eyJ',
    '&#',
    '\\u0061',
    '"',
    '\n',
    '\\',
    '\\/',
    '%25',
    'ab:',
  ]) {
    const text = unit.repeat(65_536 / unit.length);
    const start = performance.now();
    redact(text);
    expect(performance.now() - start, unit).toBeLessThan(2_000);
  }
});
