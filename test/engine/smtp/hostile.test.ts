import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ReadReply, ReplyReader } from '../../../engine/smtp/reply-reader.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { goodChain } from '../../support/certificates.ts';
import { failedStage, run, script, settingsFor, withPassword } from './support.ts';

/** Bytes that are now and then nearly SMTP. */
const smtpish = fc.array(
  fc.oneof(
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    fc
      .constantFrom(
        '220 mx\r\n',
        '250-mx\r\n',
        '250 ok\r\n',
        '250 AUTH PLAIN\r\n',
        '334 \r\n',
        '235 ok\r\n',
        '354 go\r\n',
        '421 bye\r\n',
        '\r\n',
        '\n',
        '2',
      )
      .map((text) => Buffer.from(text)),
  ),
  { maxLength: 12 },
);

/** All that can be read at once; a broken reply is the last, and what follows it does not matter. */
function repliesOf(reader: ReplyReader): ReadReply[] {
  const found: ReadReply[] = [];
  for (let reply = reader.next(); reply; reply = reader.next()) {
    found.push(reply.kind === 'broken' ? { ...reply, raw: '' } : reply);
    if (reply.kind === 'broken') break;
  }
  return found;
}

test('random bytes neither crash nor hang the tester', async () => {
  await fc.assert(
    fc.asyncProperty(smtpish, fc.boolean(), async (chunks, send) => {
      const server = await script(...chunks.flatMap((chunk) => [{ send: chunk }]), { end: true });
      const settings = settingsFor(server.port, (draft) => {
        draft.server.connectTimeoutSeconds = 1;
        draft.server.commandTimeoutSeconds = 1;
        withPassword(draft);
        draft.signIn.allowWithoutTls = true;
      });
      const report = await run(settings, { action: send ? 'send' : 'check' });
      expect(report.ok).toBe(false);
      await server.close();
    }),
    { numRuns: 60 },
  );
}, 20_000);

test('however the bytes are cut, the replies are the same', () => {
  fc.assert(
    fc.property(smtpish, fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), (chunks, cuts) => {
      const bytes = Buffer.concat(chunks);
      const whole = new ReplyReader();
      whole.push(bytes);
      const expected = repliesOf(whole);
      const pieces = new ReplyReader();
      const found: ReadReply[] = [];
      for (let at = 0, cut = 0; at < bytes.length; cut += 1) {
        const size = cuts[cut % cuts.length] ?? 1;
        pieces.push(bytes.subarray(at, at + size));
        at += size;
        for (const reply of repliesOf(pieces)) if (found.at(-1)?.kind !== 'broken') found.push(reply);
      }
      expect(found).toEqual(expected);
    }),
  );
});

test('a reply never holds more than its cap', () => {
  const reader = new ReplyReader();
  for (let pushed = 0; pushed < 1_000; pushed += 1) reader.push(Buffer.alloc(10_000, 'x'));
  expect(reader.pendingBytes).toBeLessThanOrEqual(LIMITS.replyBytes + 1);
  expect(reader.next()).toMatchObject({ kind: 'broken', why: 'overflow' });
});

test('whatever stands in a profile, each field makes at most one line', async () => {
  const odd = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(odd, odd, async (name, value) => {
      const server = await script(
        { send: '220 mx\r\n' },
        { expect: /^EHLO/ },
        { send: '250-mx\r\n250 SMTPUTF8\r\n' },
        { expect: /^MAIL/ },
        { send: '250 ok\r\n' },
        { expect: /^RCPT/ },
        { send: '250 ok\r\n' },
        { expect: /^RSET/ },
        { send: '250 ok\r\n' },
        { expect: /^QUIT/ },
        { send: '221 bye\r\n' },
      );
      const settings = settingsFor(server.port, (draft) => {
        draft.server.ehloName = `${name}.example.com`;
        draft.sender.envelopeFrom = `${value}@example.com`;
      });
      // The schema would refuse most of these; the tester must not depend on it.
      await run(settings, { recipient: `${name}@${value}` }).catch((error: Error) => {
        expect(error.message).toBe('A command must be one line');
      });
      expect(server.received().split('\r\n').length).toBeLessThanOrEqual(7);
      await server.close();
    }),
    { numRuns: 40 },
  );
}, 20_000);

test('no socket is left after a run, however it ended', async () => {
  const silent = await script({ send: '220 mx\r\n' }, { expect: /^EHLO/ }, { send: '550 no\r\n' });
  const report = await run(settingsFor(silent.port));
  expect(failedStage(report)).toBe('ehlo');
  await expect.poll(() => silent.open(), { timeout: 1_000 }).toBe(0);
  expect(silent.received()).toContain('QUIT');
});

test('no socket is left after a run inside TLS', async () => {
  const { root, leaf } = await goodChain();
  const tls = { tls: { key: leaf.keyPem, cert: leaf.pem } };
  const upgraded = await script(
    { send: '220 mx\r\n' },
    { expect: /^EHLO/ },
    { send: '250-mx\r\n250 STARTTLS\r\n' },
    { expect: /^STARTTLS/ },
    { send: '220 go\r\n' },
    tls,
    { expect: /^EHLO/ },
    { send: '250 mx\r\n' },
  );
  const implicit = await script(tls, { send: '220 mx\r\n' }, { expect: /^EHLO/ }, { send: '250 mx\r\n' });
  for (const [server, security] of [
    [upgraded, 'starttls'],
    [implicit, 'tls'],
  ] as const) {
    for (const caPem of [root.pem, '']) {
      const settings = settingsFor(server.port, (draft) => {
        draft.server.security = security;
        draft.tls.caPem = caPem;
      });
      await run(settings, { until: 'certificate' });
      await expect.poll(() => server.open(), { timeout: 1_000 }).toBe(0);
    }
    expect(server.received()).toContain('QUIT');
  }
});
