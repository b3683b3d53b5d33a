import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, expect } from 'vitest';
import { runTest, type TestEnvironment, type TestRequest } from '../../../engine/smtp/index.ts';
import { emptySettings, type ProfileSettings } from '../../../shared/profile.ts';
import { type Stage, type StageResult, type TestReport, testEvent, testReport } from '../../../shared/report.ts';
import { type RawServer, rawServer, type Step } from '../../support/raw-server.ts';

/** A password that must show up nowhere. */
export const CANARY = 'Kanary-päss wörd+/=%9';

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** Starts a scripted server that ends with the test. */
export async function script(...steps: Step[]): Promise<RawServer> {
  const server = await rawServer(steps);
  closers.push(server.close);
  return server;
}

/** Starts a real SMTP server that ends with the test; returns its port. */
export async function realServer(options: SMTPServerOptions): Promise<number> {
  const server = new SMTPServer({ logger: false, disableReverseLookup: true, closeTimeout: 100, ...options });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  closers.push(() => new Promise((resolve) => server.close(() => resolve())));
  return (server.server.address() as AddressInfo).port;
}

/** A port of 127.0.0.1 on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Settings for a server on 127.0.0.1: no encryption, no sign-in, short waits; `change` makes them what a test needs. */
export function settingsFor(port: number, change: (settings: ProfileSettings) => void = () => {}): ProfileSettings {
  const settings = emptySettings();
  settings.name = 'Test profile';
  settings.server = { ...settings.server, host: '127.0.0.1', port, security: 'none', ehloName: 'client.example.com' };
  settings.server.connectTimeoutSeconds = 5;
  settings.server.commandTimeoutSeconds = 5;
  settings.signIn.method = 'none';
  settings.sender.from = { address: 'sender@example.com', name: 'Sender' };
  change(settings);
  return settings;
}

/** Makes a profile sign in with the canary. */
export function withPassword(settings: ProfileSettings): void {
  settings.signIn.method = 'password';
  settings.signIn.username = 'alice@example.com';
}

/** The arguments of {@link run}, by name. */
export interface RunOptions {
  settings: ProfileSettings;
  request?: Partial<TestRequest>;
  environment?: Partial<TestEnvironment>;
}

/** Runs a test, and checks what must hold for every report: it fits the schema and holds no secret. */
export async function run(
  settings: ProfileSettings,
  request: Partial<TestRequest> = {},
  environment: Partial<TestEnvironment> = {},
): Promise<TestReport> {
  const events: unknown[] = [];
  const report = await runTest(
    {
      action: 'check',
      settings,
      secrets: settings.signIn.method === 'password' ? { password: CANARY } : {},
      until: null,
      recipient: null,
      profileName: settings.name,
      ...request,
    },
    {
      now: () => new Date(),
      signal: new AbortController().signal,
      ...environment,
      onEvent: (event) => {
        events.push(testEvent.parse(event));
        environment.onEvent?.(event);
      },
    },
  );
  expect(testReport.parse(report)).toEqual(report);
  expectNoSecret(JSON.stringify([report, events]));
  return report;
}

/** Fails when a text holds a secret, the canary unless told otherwise, in any encoding. */
export function expectNoSecret(text: string, secret = CANARY): void {
  for (const needle of spellingsOf(secret)) {
    expect(text.toLowerCase().includes(needle.toLowerCase()), 'a secret is in the text').toBe(false);
  }
}

/** The result of one stage. */
export function stageOf(report: TestReport, stage: Stage): StageResult {
  const found = report.stages.find((result) => result.stage === stage);
  if (!found) throw new Error(`No stage ${stage}`);
  return found;
}

/** The stage that failed, or ''. */
export function failedStage(report: TestReport): string {
  return report.stages.find(({ status }) => status === 'failed')?.stage ?? '';
}

/** Every spelling in which a secret may come back: plain, JSON, URL, hex, and base64 in its three alignments. */
export function spellingsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const aligned = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    return encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
  });
  const json = JSON.stringify(secret).slice(1, -1);
  return [secret, json, encodeURIComponent(secret), bytes.toString('hex'), bytes.toString('latin1'), ...aligned];
}
