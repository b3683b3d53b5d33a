import { describe, expect, it } from 'vitest';
import { normalise, replyParts } from '../../../../engine/smtp/diagnosis/normalise.ts';
import { sslCode } from '../../../../engine/smtp/ssl-code.ts';

const observe = (rest: object) => normalise({ stage: 'any', facts: {}, ...rest });

describe('a reply', () => {
  it.each([
    ['535 5.7.8 Bad credentials', '535', '5.7.8', 'Bad credentials'],
    ['535-5.7.8 One\n535 5.7.8 Two', '535', '5.7.8', 'One Two'],
    ['550-One\r\n550 5.7.1 Two', '550', '5.7.1', 'One Two'],
    ['550 #5.1.0 Address rejected', '550', '5.1.0', 'Address rejected'],
    ['550 (5.7.1) No', '550', '5.7.1', 'No'],
    ['421', '421', '', ''],
    ['550\tTab', '550', '', 'Tab'],
    ['no code', '', '', 'no code'],
    ['', '', '', ''],
    ['550 5.7.600 Long', '550', '5.7.600', 'Long'],
    ['550 1.2.3.4 is listed', '550', '', '1.2.3.4 is listed'],
    ['550 5.7.1.2 is an address', '550', '', '5.7.1.2 is an address'],
  ])('%j is taken apart', (reply, code, enhanced, text) => {
    expect(replyParts(reply)).toEqual({ code, enhanced, text });
  });

  it('is cut to 4 KB of text', () => {
    expect(replyParts(`550 ${'x'.repeat(100_000)}`).text).toHaveLength(4_096);
  });
});

describe('a TLS error', () => {
  it.each([
    ['OpenSSL 1.1', 'error:1408F10B:SSL routines:ssl3_get_record:wrong version number', 'ERR_SSL_WRONG_VERSION_NUMBER'],
    [
      'OpenSSL 3',
      'C0:error:0A00010B:SSL routines::wrong version number:ssl3_record.c:354:',
      'ERR_SSL_WRONG_VERSION_NUMBER',
    ],
    [
      'OpenSSL 3.2',
      'error:0A000410:SSL routines:ssl3_read_bytes:ssl/tls alert handshake failure:rec_layer_s3.c:908:',
      'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
    ],
    ['BoringSSL', 'error:100000f7:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER', 'ERR_SSL_WRONG_VERSION_NUMBER'],
    [
      'BoringSSL alert',
      'error:1000042e:SSL routines:OPENSSL_internal:TLSV1_ALERT_PROTOCOL_VERSION:third_party/boringssl/src/ssl/tls_record.cc:592:',
      'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
    ],
  ])('of %s gets the name that Node uses', (_library, message, code) => {
    expect(sslCode(message)).toBe(code);
    expect(observe({ code: 'EPROTO', message }).code).toBe(code);
  });

  it('keeps the code that Node gave', () => {
    expect(observe({ code: 'ERR_SSL_NO_SHARED_CIPHER' }).code).toBe('ERR_SSL_NO_SHARED_CIPHER');
    expect(observe({ code: 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE' }).code).toBe(
      'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
    );
  });

  it('without a reason stays what it was', () => {
    expect(sslCode('socket hang up')).toBeUndefined();
    expect(observe({ code: 'EPROTO', message: 'write EPROTO' }).code).toBe('EPROTO');
  });
});

describe('an error of nodemailer', () => {
  it('shows the code of the system behind its own', () => {
    expect(observe({ code: 'ESOCKET', facts: { originalCode: 'ECONNREFUSED' } }).code).toBe('ECONNREFUSED');
  });

  it.each([
    ['CONNECT_TIMEOUT', 'connect'],
    ['GREETING_TIMEOUT', 'greeting'],
    ['UPGRADE_TIMEOUT', 'tls'],
    ['SOCKET_TIMEOUT', 'command'],
  ])('of timeoutType %s timed out at %s', (timeoutType, phase) => {
    expect(observe({ code: 'ETIMEDOUT', facts: { timeoutType } }).facts.timeoutPhase).toBe(phase);
  });
});

describe('a timeout of the system', () => {
  it('is one of connecting, unless another stage failed', () => {
    expect(observe({ code: 'ETIMEDOUT' }).facts.timeoutPhase).toBe('connect');
    expect(observe({ code: 'ETIMEDOUT', facts: { failedStage: 'data' } }).facts.timeoutPhase).toBeNull();
  });

  it('keeps the phase that is known', () => {
    expect(observe({ code: 'ETIMEDOUT', facts: { timeoutPhase: 'greeting' } }).facts.timeoutPhase).toBe('greeting');
  });
});

it('cuts every text to a fixed size', () => {
  const long = 'x'.repeat(1_000_000);
  const evidence = observe({ reply: long, banner: long, ehlo: long, message: long, issuer: long, host: long });
  for (const value of Object.values(evidence)) {
    if (typeof value === 'string') expect(value.length).toBeLessThanOrEqual(65_536);
  }
});
