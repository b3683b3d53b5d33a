import { createServer } from 'node:net';
import { runTest } from '../../../../engine/smtp/index.ts';
import { emptySettings } from '../../../../shared/profile.ts';

/** What to try, in a network of its own. */
export interface RouteCase {
  host: string;
  port: number;
  /** Ports of 127.0.0.1 that are open meanwhile. */
  open: number[];
  /** True for a port that takes the connection and says nothing. */
  silent?: boolean;
}

/** What came of it. */
export interface RouteResult {
  ends: string;
  rule: string;
  fix: string;
  note: string;
}

const cases = JSON.parse(process.argv[2] ?? '[]') as RouteCase[];
const results: RouteResult[] = [];
for (const { host, port, open, silent = false } of cases) {
  const servers = await Promise.all([...open, ...(silent ? [port] : [])].map((one) => listening(one, silent)));
  results.push(await resultOf(host, port));
  for (const server of servers) server.close();
}
process.stdout.write(JSON.stringify(results));

async function resultOf(host: string, port: number): Promise<RouteResult> {
  const settings = emptySettings();
  settings.server = { ...settings.server, host, port, connectTimeoutSeconds: 2 };
  settings.signIn.username = 'alice@example.com';
  const report = await runTest(
    { action: 'check', settings, secrets: {}, until: 'greeting', recipient: null, profileName: '' },
    { now: () => new Date(), signal: new AbortController().signal, onEvent: () => {} },
  );
  const failed = report.stages.find(({ status }) => status === 'failed');
  const { rule = '', fix } = report.diagnosis ?? {};
  return { ends: failed?.stage ?? '', rule, fix: fix?.label ?? '', note: failed?.note ?? '' };
}

function listening(port: number, silent: boolean) {
  const server = createServer((socket) => (silent ? socket.on('error', () => {}).resume() : socket.destroy()));
  return new Promise<typeof server>((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}
