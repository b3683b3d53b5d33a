import { Resolver as DnsResolver } from 'node:dns/promises';
import { afterEach, expect, test } from 'vitest';
import { recordLookups } from '../../../engine/smtp/index.ts';
import { remembering } from '../../../engine/smtp/resolver.ts';
import { type DnsStub, dnsStub, type Zone } from '../../support/dns-stub.ts';

let stub: DnsStub | undefined;
afterEach(() => close());

function close(): void {
  stub?.close();
  stub = undefined;
}

async function lookUps(zones: Record<string, Zone>, answerCode?: number) {
  stub = await dnsStub(zones, answerCode);
  const records = new DnsResolver({ timeout: 500, tries: 1 });
  records.setServers([stub.server]);
  return recordLookups(records);
}

test('service records come most preferred first, their root target as "not offered"', async () => {
  const { services } = await lookUps({
    '_submissions._tcp.acme.example': {
      SRV: [
        [20, 0, 465, 'backup.acme.example'],
        [10, 1, 465, 'small.acme.example'],
        [10, 9, 4465, 'large.acme.example'],
      ],
    },
    '_submission._tcp.acme.example': { SRV: [[0, 0, 0, '.']] },
  });
  expect(await services('_submissions._tcp.acme.example')).toEqual([
    { target: 'large.acme.example', port: 4465 },
    { target: 'small.acme.example', port: 465 },
    { target: 'backup.acme.example', port: 465 },
  ]);
  expect(await services('_submission._tcp.acme.example')).toEqual([{ target: '', port: 0 }]);
});

test('mail exchangers come in their order, a null MX as ""', async () => {
  const { mailExchangers } = await lookUps({
    'acme.example': {
      MX: [
        [20, 'mx2.acme.example'],
        [10, 'mx1.acme.example'],
      ],
    },
    'silent.example': { MX: [[0, '.']] },
  });
  expect(await mailExchangers('acme.example')).toEqual(['mx1.acme.example', 'mx2.acme.example']);
  expect(await mailExchangers('silent.example')).toEqual(['']);
});

test('a name that does not exist and a server that fails reject with their codes', async () => {
  const known = await lookUps({});
  await expect(known.services('_submission._tcp.no.example')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  close();
  const broken = await lookUps({}, 2);
  await expect(broken.mailExchangers('acme.example')).rejects.toMatchObject({ code: 'ESERVFAIL' });
});

test('a remembering resolver asks each question once, a failing one too', async () => {
  let asked = 0;
  const resolver = remembering({
    lookup: async () => [],
    mailExchangers: async () => {
      asked += 1;
      throw new Error('no');
    },
    alias: async () => null,
    services: async () => [],
  });
  await expect(resolver.mailExchangers('acme.example')).rejects.toThrow();
  await expect(resolver.mailExchangers('acme.example')).rejects.toThrow();
  expect(asked).toBe(1);
  await expect(resolver.mailExchangers('other.example')).rejects.toThrow();
  expect(asked).toBe(2);
});
