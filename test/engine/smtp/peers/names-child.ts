import { createServer } from 'node:net';
import { runTest } from '../../../../engine/smtp/index.ts';
import { emptySettings } from '../../../../shared/profile.ts';
import type { Stage } from '../../../../shared/report.ts';
import { dnsStub, type Zone } from '../../../support/dns-stub.ts';

/** What to try: names that this network's name server knows, and hosts to test. */
export interface NamesRequest {
  zones: Record<string, Zone>;
  hosts: { host: string; until: Stage }[];
}

/** What came of one host. */
export interface NamesResult {
  host: string;
  ends: string;
  rule: string;
  warns: string[];
  connectedTo: string;
  addresses: string[];
}

const PORT = 2525;
const { zones, hosts } = JSON.parse(process.argv[2] ?? '{}') as NamesRequest;
const stub = await dnsStub(zones, undefined, 53);
const server = createServer((socket) => socket.on('error', () => {}).end('220 mail.example ESMTP\r\n'));
await new Promise<void>((resolve) => server.listen(PORT, '127.0.0.1', resolve));
const results: NamesResult[] = [];
for (const { host, until } of hosts) results.push(await resultOf(host, until));
process.stdout.write(JSON.stringify({ results, asked: stub.asked() }));
stub.close();
server.close();

/** Runs the tester with the system's own resolver. */
async function resultOf(host: string, until: Stage): Promise<NamesResult> {
  const settings = emptySettings();
  settings.server = { ...settings.server, host, port: PORT, connectTimeoutSeconds: 4 };
  settings.signIn.method = 'none';
  const report = await runTest(
    { action: 'check', settings, secrets: {}, until, recipient: null, profileName: '' },
    { now: () => new Date(), signal: new AbortController().signal, onEvent: () => {} },
  );
  const tcp = report.stages.find(({ stage }) => stage === 'tcp')?.facts;
  return {
    host,
    ends: report.stages.find(({ status }) => status === 'failed')?.stage ?? '',
    rule: report.diagnosis?.rule ?? '',
    warns: report.stages.flatMap(({ warnings }) => warnings.map(({ rule }) => rule)),
    connectedTo: tcp?.connectedTo ?? '',
    addresses: (tcp?.addresses ?? []).map(({ address, outcome, code }) => [address, outcome, code].join(' ').trim()),
  };
}
