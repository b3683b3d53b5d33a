import { describe, expect, it } from 'vitest';
import { passphraseStrength } from '../../shared/passphrase.ts';

describe('how a passphrase stands up to guessing', () => {
  it.each([
    ['', 'too-short'],
    ['Xy7$kLp', 'too-short'],
    ['aaaaaaaaaaaaaaaaaaaaaaaa', 'weak'],
    ['1234567890123456', 'weak'],
    ['Password123', 'weak'],
    ['qwertzuiop', 'weak'],
    ['abcdefgh87654321', 'weak'],
    ['kanister ufer', 'fair'],
    ['vB7#kq9!Lz', 'fair'],
    ['correct horse battery staple', 'strong'],
    ['9f3Kq!zT7$wB2xLp', 'strong'],
  ])('%j is %s', (passphrase, strength) => {
    expect(passphraseStrength(passphrase)).toBe(strength);
  });
});
