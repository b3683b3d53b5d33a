import { expect, test } from 'vitest';
import { parsePath } from '../../../engine/practice/mail-path.ts';

test.each([
  ['FROM:<a@b.test>', 'a@b.test'],
  ['from:<a@b.test>', 'a@b.test'],
  ['FROM: <a@b.test>', 'a@b.test'],
  ['FROM:<>', ''],
  ['FROM:<@relay.test,@other.test:a@b.test>', 'a@b.test'],
  ['FROM:<"a b"@c.test>', '"a b"@c.test'],
  ['FROM:<"a\\"> b"@c.test>', '"a\\"> b"@c.test'],
  ['FROM:<grüße@b.test>', 'grüße@b.test'],
  ['FROM:<a@[127.0.0.1]>', 'a@[127.0.0.1]'],
])('reads the sender of %s', (argument, address) => {
  expect(parsePath(argument, 'FROM')?.address).toBe(address);
});

test.each([
  '',
  'FROM',
  'FROM:a@b.test',
  'FROM:<a@b.test',
  'FROM:<a b@c.test>',
  'FROM:<a@b@c>',
  'FROM:<a@b>x',
  'TO:<a@b>',
  'FROM:<a>',
  'FROM:<a\0@b>',
])('refuses %j as a sender', (argument) => {
  expect(parsePath(argument, 'FROM')).toBeNull();
});

test('reads parameters, with upper-case names', () => {
  const path = parsePath('FROM:<a@b.test> size=100 BODY=8BITMIME SMTPUTF8 X=a=b', 'FROM');
  expect([...(path?.parameters ?? [])]).toEqual([
    ['SIZE', '100'],
    ['BODY', '8BITMIME'],
    ['SMTPUTF8', ''],
    ['X', 'a=b'],
  ]);
});

test('takes the postmaster without a domain as a recipient only', () => {
  expect(parsePath('TO:<Postmaster>', 'TO')?.address).toBe('Postmaster');
  expect(parsePath('FROM:<Postmaster>', 'FROM')).toBeNull();
  expect(parsePath('TO:<>', 'TO')).toBeNull();
});
