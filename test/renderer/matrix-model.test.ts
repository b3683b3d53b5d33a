import { expect, test } from 'vitest';
import { isClosed, portsOf } from '../../renderer/features/matrix/matrix-model.ts';
import { applyFix } from '../../shared/fix.ts';
import { cellFix, mayBePort } from '../../shared/matrix.ts';
import { emptySettings } from '../../shared/profile.ts';
import { fakeMatrix } from '../support/fake-matrix.ts';

const { cells } = fakeMatrix('mail.acme.example');
const of = (port: number) => cells.filter((cell) => cell.port === port);

test('a port that takes no connection stands as one cell, any other as three', () => {
  expect(isClosed(of(25))).toBe(true);
  expect(isClosed(of(465))).toBe(false);
  expect(isClosed(of(587))).toBe(false);
  expect(isClosed(of(25).slice(0, 2))).toBe(false);
});

test('ports keep the order in which they are tried, each once', () => {
  expect(portsOf(of(25), [587, 465, 587])).toEqual([587, 465, 25]);
});

test('"Use this" puts port and security into the settings, and nothing else', () => {
  const before = emptySettings();
  const after = applyFix(before, cellFix({ port: 465, security: 'tls' }));
  expect(after).toEqual({ ...before, server: { ...before.server, port: 465, security: 'tls' } });
});

test('other ports are offered where port or security may be the reason', () => {
  expect(mayBePort({ stage: 'tcp' })).toBe(true);
  expect(mayBePort({ stage: 'greeting' })).toBe(true);
  expect(mayBePort({ stage: 'auth' })).toBe(false);
  const fix = { label: 'Use port 587', set: [{ field: 'server.port', value: 587 }] };
  expect(mayBePort({ stage: 'auth', fix })).toBe(true);
});
