import { expect, test } from 'vitest';
import { headerText } from '../../../engine/practice/header-text.ts';

/** The Subject of a message with this header. */
function subjectOf(header: string | Buffer): string {
  return headerText(
    Buffer.concat([Buffer.from('X: y\r\n'), Buffer.from(header), Buffer.from('\r\n\r\nSubject: no\r\n')]),
    'subject',
  );
}

test.each([
  ['Subject: plain', 'plain'],
  ['subject:no space', 'no space'],
  ['Subject: folded\r\n over lines', 'folded over lines'],
  ['Subject: =?UTF-8?B?R3LDvMOfZQ==?=', 'Grüße'],
  ['Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe_an_alle?=', 'Grüße an alle'],
  ['Subject: =?iso-8859-1?q?Gr=FC=DFe?= to =?utf-8?q?you?=', 'Grüße to you'],
  ['Subject: =?utf-8?q?one?=\r\n =?utf-8?q?two?=', 'onetwo'],
  ['Subject: =?utf-8*de?q?mit_Sprache?=', 'mit Sprache'],
  ['Subject: =?no-such-charset?q?a?=', '=?no-such-charset?q?a?='],
  ['Subject: Grüße', 'Grüße'],
  ['Subject: =?utf-8?q?=1b[31mred?=', '\\x1b[31mred'],
  ['From: only', ''],
])('reads %j', (header, expected) => {
  expect(subjectOf(header)).toBe(expected);
});

test('reads raw 8-bit headers that are not UTF-8', () => {
  expect(subjectOf(Buffer.from('Subject: Gr\xfc\xdfe', 'latin1'))).toBe('Grüße');
});

test('stays quick on a header made to be slow', () => {
  const started = performance.now();
  headerText(Buffer.from(`Subject: ${'=?a?q?'.repeat(100_000)}\r\n`), 'subject');
  headerText(Buffer.from(`Subject: ${'?= \t'.repeat(100_000)}\r\n`), 'subject');
  headerText(Buffer.from('\r\n '.repeat(100_000)), 'subject');
  expect(performance.now() - started).toBeLessThan(1_000);
});
