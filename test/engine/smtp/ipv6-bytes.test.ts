import { isIPv6 } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ipv6Bytes } from '../../../engine/smtp/ipv6-bytes.ts';

test.each([
  ['::', '00000000000000000000000000000000'],
  ['::1', '00000000000000000000000000000001'],
  ['2001:db8::25', '20010db8000000000000000000000025'],
  ['fe80::1%eth0', 'fe800000000000000000000000000001'],
  ['::ffff:192.0.2.1', '00000000000000000000ffffc0000201'],
  ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
])('%s', (address, hex) => {
  expect(ipv6Bytes(address).toString('hex')).toBe(hex);
});

test('whatever address is written, its bytes say the same', () => {
  fc.assert(
    fc.property(fc.ipV6().filter(isIPv6), (address) => {
      const hex = ipv6Bytes(address).toString('hex').match(/.{4}/g)?.join(':') ?? '';
      expect(new URL(`http://[${hex}]/`).hostname).toBe(new URL(`http://[${address}]/`).hostname);
    }),
  );
});

test('what is no IPv6 address is refused', () => {
  expect(() => ipv6Bytes('127.0.0.1')).toThrow();
});
