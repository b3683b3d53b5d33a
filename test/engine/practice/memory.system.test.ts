import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createPracticeServer,
  type PracticeTarget,
  practiceSecrets,
  practiceSettings,
  scenarioInfos,
} from '../../../engine/practice/index.ts';
import type { Behaviour } from '../../../engine/practice/scenario.ts';
import type { ScenarioInfo } from '../../../shared/practice.ts';
import { bundleForNode } from '../../support/bundle-child.ts';
import { patience } from './cases.ts';
import { startBehaviour } from './client.ts';
import type { MemoryRequest, MemoryResult } from './memory-child.ts';

/** Bytes by which a run may make the process grow, whatever the server sends. A flood is 64 MB. */
const MOST = 20 * 1024 * 1024;

let file: string;
let child: ChildProcess;
const practice = createPracticeServer({ now: () => new Date() });

beforeAll(async () => {
  file = await bundleForNode(join(import.meta.dirname, 'memory-child.ts'));
  child = fork(file, { execArgv: ['--expose-gc'] });
  // The first runs load what a process loads once: OpenSSL's roots, certificates, nodemailer.
  for (let times = 0; times < 3; times += 1) await measure({ id: 'all-well', action: 'send' });
});

afterAll(async () => {
  child?.kill();
  await practice.stop();
  if (file) await rm(dirname(file), { recursive: true, force: true });
});

async function measure({ id, action }: Pick<ScenarioInfo, 'id' | 'action'>): Promise<MemoryResult> {
  const started = await practice.start(id);
  if (!started.ok || !started.value.running) throw new Error('The practice server did not start');
  return ask(started.value, action, patience(started.value.outcome.expectedRule));
}

/** Lets the child run one test, away from the server, whose memory is not in question. */
async function ask(state: PracticeTarget, action: 'check' | 'send', seconds: number): Promise<MemoryResult> {
  const settings = practiceSettings(state);
  settings.server.connectTimeoutSeconds = seconds;
  settings.server.commandTimeoutSeconds = seconds;
  const request: MemoryRequest = { action, settings, secrets: practiceSecrets(state) };
  child.send(request);
  const [result] = (await once(child, 'message')) as [MemoryResult];
  return result;
}

test.each(scenarioInfos().map((info) => [info.id, info] as const))(
  'memory stays within bounds against %s',
  async (_id, info) => {
    const { peak, rule } = await measure(info);
    expect(rule).toBe(info.expectedRule);
    expect(peak).toBeLessThan(MOST);
  },
);

// Floods at moments for which the gallery has no scenario.
const FLOODS: [string, Behaviour, string][] = [
  ['inside TLS', { at: { 'ehlo-in-tls': [{ do: 'flood', bytes: '250-X-MORE\r\n' }] } }, 'REPLY_TOO_LONG'],
  [
    'in place of a TLS handshake',
    {
      at: {
        starttls: [{ do: 'raw', bytes: '220 go\r\n' }, { do: 'read' }, { do: 'flood', bytes: '\x16\x03\x03\x40\x00' }],
      },
    },
    '',
  ],
  ['at sign-in', { at: { login: [{ do: 'flood', bytes: '535-no\r\n' }] } }, 'REPLY_TOO_LONG'],
  ['at the recipient', { at: { rcpt: [{ do: 'flood', bytes: '\0' }] } }, 'REPLY_TOO_LONG'],
  ['in place of a reply to the message', { at: { message: [{ do: 'flood', bytes: '250-\r\n' }] } }, 'REPLY_TOO_LONG'],
  ['of blank lines', { at: { ehlo: [{ do: 'flood', bytes: '\r\n' }] } }, 'REPLY_BAD_SYNTAX'],
  ['in the middle of a farewell', { at: { quit: [{ do: 'flood', bytes: '221-\r\n' }] } }, ''],
];

test.each(FLOODS)('memory stays within bounds against a flood %s', async (_when, behaviour, rule) => {
  const { port, caPem } = await startBehaviour(behaviour);
  const state: PracticeTarget = {
    running: true,
    scenario: 'all-well',
    host: '127.0.0.1',
    port,
    caPem,
    crlPem: '',
  };
  const result = await ask(state, 'send', patience(rule));
  if (rule !== '') expect(result.rule).toBe(rule);
  expect(result.peak).toBeLessThan(MOST);
});
