import { expect, test } from 'vitest';
import { Inbox } from '../../../engine/practice/inbox.ts';
import { PRACTICE_LIMITS } from '../../../engine/practice/limits.ts';

const NOW = new Date('2026-03-04T05:06:07.000Z');

function inboxOf(limits: { inboxMessages?: number; inboxBytes?: number } = {}) {
  return new Inbox({ ...PRACTICE_LIMITS, ...limits }, () => NOW);
}

function mailOf(subject: string, bytes = 0) {
  const source = Buffer.from(`Subject: ${subject}\r\n\r\n${'x'.repeat(bytes)}`);
  return { envelopeFrom: 'a@b.test', recipients: ['c@d.test'], source };
}

test('lists messages newest first, with when they came', () => {
  const inbox = inboxOf();
  inbox.add(mailOf('one'));
  inbox.add(mailOf('two'));
  expect(inbox.list().map(({ subject }) => subject)).toEqual(['two', 'one']);
  expect(inbox.list()[0]?.receivedAt).toBe('2026-03-04T05:06:07.000Z');
});

test('drops the oldest above the number of messages', () => {
  const inbox = inboxOf({ inboxMessages: 2 });
  for (const subject of ['one', 'two', 'three']) inbox.add(mailOf(subject));
  expect(inbox.list().map(({ subject }) => subject)).toEqual(['three', 'two']);
});

test('drops the oldest above the number of bytes', () => {
  const inbox = inboxOf({ inboxBytes: 250 });
  const first = inbox.add(mailOf('one', 100));
  inbox.add(mailOf('two', 100));
  inbox.add(mailOf('three', 100));
  expect(inbox.list().map(({ subject }) => subject)).toEqual(['three', 'two']);
  expect(inbox.find(first.id)).toBeNull();
});

test('counts bytes from nothing after it was cleared', () => {
  const inbox = inboxOf({ inboxBytes: 250 });
  inbox.add(mailOf('one', 200));
  inbox.clear();
  expect(inbox.list()).toEqual([]);
  inbox.add(mailOf('two', 100));
  inbox.add(mailOf('three', 100));
  expect(inbox.list()).toHaveLength(2);
});

test('tells listeners of new messages until they stop listening', () => {
  const inbox = inboxOf();
  const heard: string[] = [];
  const stop = inbox.onMessage(({ subject }) => heard.push(subject));
  inbox.add(mailOf('one'));
  stop();
  inbox.add(mailOf('two'));
  expect(heard).toEqual(['one']);
});
