import fc from 'fast-check';
import nodemailer from 'nodemailer';
import { expect, test } from 'vitest';
import { contentOf } from '../../../engine/practice/message-content.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { messageContent } from '../../../shared/practice.ts';

type Mail = Parameters<ReturnType<typeof nodemailer.createTransport>['sendMail']>[0];

/** What nodemailer makes of a message. */
async function composed(mail: Mail): Promise<Buffer> {
  const { message } = await nodemailer.createTransport({ streamTransport: true, buffer: true }).sendMail(mail);
  if (!Buffer.isBuffer(message)) throw new Error('The composer gave no message');
  return message;
}

test('takes headers, text, HTML and attachments apart, decoded', async () => {
  const source = await composed({
    from: 'Grüße <a@b.test>',
    to: 'c@d.test',
    subject: 'Prüfung €',
    text: 'Grüße\nzwei',
    html: '<p>Grüße</p>',
    attachments: [{ filename: 'bericht.pdf', content: Buffer.alloc(300), contentType: 'application/pdf' }],
  });
  const content = await contentOf(source);
  expect(messageContent.safeParse(content).success).toBe(true);
  expect(content?.headers).toContainEqual({ name: 'Subject', value: 'Prüfung €' });
  expect(content?.headers).toContainEqual({ name: 'From', value: 'Grüße <a@b.test>' });
  expect(content?.text.trim()).toBe('Grüße\nzwei');
  expect(content?.html.trim()).toBe('<p>Grüße</p>');
  expect(content?.attachments).toEqual([{ name: 'bericht.pdf', type: 'application/pdf', bytes: 300 }]);
  expect(content?.isCut).toBe(false);
});

test('keeps headers that come twice, in their order, with nothing that acts on a screen', async () => {
  const content = await contentOf(
    Buffer.from('Received: one\r\nReceived: two\r\nSubject: =?utf-8?q?a=1b[31m=E2=80=AEb?=\r\n\r\nx\r\n'),
  );
  expect(content?.headers.map(({ value }) => value)).toEqual(['one', 'two', 'a\\x1b[31m\\u202eb']);
});

test('reads text in an older character set', async () => {
  const content = await contentOf(
    Buffer.from('Content-Type: text/plain; charset=iso-8859-1\r\n\r\nGr\xfc\xdfe\r\n', 'latin1'),
  );
  expect(content?.text).toContain('Grüße');
});

test('cuts what is too long and says so', async () => {
  const content = await contentOf(Buffer.from(`Subject: x\r\n\r\n${'long text '.repeat(40_000)}\r\n`));
  expect(content?.text).toHaveLength(LIMITS.messageText);
  expect(content?.isCut).toBe(true);
});

test('a message in messages in messages without end is not taken apart', async () => {
  const open = Array.from(
    { length: 200 },
    (_, depth) => `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}\r\n`,
  );
  expect(await contentOf(Buffer.from(open.join('')))).toBeNull();
});

test('no bytes make it throw or exceed its bounds', async () => {
  const headerish = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('Content-Type: multipart/mixed; boundary=x\r\n\r\n', '--x\r\n', '--x--\r\n', '\r\n\r\n'),
    fc.constantFrom(
      'Content-Transfer-Encoding: base64\r\n',
      '=?utf-8?b?',
      'Subject: ',
      'Content-Type: text/html\r\n\r\n',
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(headerish, { maxLength: 30 }), async (parts) => {
      const content = await contentOf(Buffer.from(parts.join('')));
      expect(content === null || messageContent.safeParse(content).success).toBe(true);
    }),
  );
});
