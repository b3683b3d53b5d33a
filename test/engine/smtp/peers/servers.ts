import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { vi } from 'vitest';

const execute = promisify(execFile);

/** One port of a real mail server, as its start script describes it. Paths are of PEM files. */
export interface Endpoint {
  /** Script that started it, such as `postfix`. */
  group: string;
  name: string;
  host: string;
  port: number;
  security: 'none' | 'starttls' | 'tls';
  user: string | null;
  password: string | null;
  /** Name in its certificate; absent where it has no TLS. */
  servername?: string;
  certFile: string | null;
  /** Directory in which accepted messages can be read. */
  maildir: string;
  clientCert?: string;
  clientKey?: string;
  expiredClientCert?: string;
  expiredClientKey?: string;
  untrustedClientCert?: string;
  untrustedClientKey?: string;
  accessToken?: string;
  expiredToken?: string;
  otherUserToken?: string;
  wrongScopeToken?: string;
  tokenEndpoint?: string;
  clientId?: string;
  clientSecret?: string;
  refreshToken?: string;
  revokedRefreshToken?: string;
}

const SCRIPTS = resolve(process.env.RELAYSMITH_MTA ?? resolve(import.meta.dirname, '../../../../../shared/mta'));

/**
 * Tells whether the real mail servers can be started. Where they cannot, the reason is printed and the caller skips; in CI
 * it throws instead, so that no test goes missing there unnoticed.
 */
export function requireMailServers(): boolean {
  const lacking = whatLacks();
  if (lacking === '') return true;
  if (process.env.CI) throw new Error(`The real mail servers cannot be started: ${lacking}`);
  console.warn(`Skipped: the real mail servers cannot be started: ${lacking}`);
  return false;
}

function whatLacks(): string {
  if (!existsSync(join(SCRIPTS, 'all.sh'))) return `no scripts in ${SCRIPTS} (set RELAYSMITH_MTA)`;
  return process.getuid?.() === 0 ? '' : 'that takes root';
}

/** The servers, up and running. */
export interface MailServers {
  /** By `group/name`. */
  endpoints: Map<string, Endpoint>;
  /** Ends all of them; safe to call however the start went. */
  stop(): Promise<void>;
}

/** Starts every mail server on loopback, below a temporary directory. Takes about half a minute. */
export async function startMailServers(): Promise<MailServers> {
  const directory = await mkdtemp(join(tmpdir(), 'relaysmith-mta-'));
  const stop = async () => {
    await execute(join(SCRIPTS, 'all.sh'), ['stop', directory]);
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const { stdout } = await execute(join(SCRIPTS, 'all.sh'), ['start', directory], { maxBuffer: 1_000_000 });
    const endpoints = JSON.parse(stdout) as Endpoint[];
    return { endpoints: new Map(endpoints.map((endpoint) => [`${endpoint.group}/${endpoint.name}`, endpoint])), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Waits until a message with this text is among those that a server accepted; delivery is not part of its reply. */
export async function waitForMessage({ maildir }: Endpoint, text: string): Promise<void> {
  await vi.waitFor(
    async () => {
      for (const name of await readdir(maildir)) {
        if ((await readFile(join(maildir, name), 'utf8')).includes(text)) return;
      }
      throw new Error(`${maildir} does not hold the message`);
    },
    { timeout: 5_000, interval: 50 },
  );
}
