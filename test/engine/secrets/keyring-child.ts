import { execFileSync } from 'node:child_process';
import { createVault, type SecretVault } from '../../../engine/secrets/vault.ts';
import { VAULT_CONTRACT } from './contract.ts';

/*
 * Runs inside a keyring session, as a process of its own: `keyring-child.mjs <task> [ref]`. Prints one line of JSON.
 */
const [task = '', ref = ''] = process.argv.slice(2);
const vault = createVault();

/** Runs the contract against the real keychain; gives the cases that failed. */
async function contract(): Promise<unknown> {
  const failed: string[] = [];
  for (const { name, run } of VAULT_CONTRACT) {
    try {
      await run(vault, 'keychain');
    } catch (error) {
      failed.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { cases: VAULT_CONTRACT.length, failed };
}

/** What every operation answers in this state of the keychain. */
async function probe(): Promise<unknown> {
  const missing = '00000000-0000-4000-8000-000000000000';
  return {
    before: vault.status().state,
    existing: await vault.get(ref, 'keychain'),
    missing: await vault.get(missing, 'keychain'),
    put: await vault.put(missing, 'canary-put', 'keychain'),
    remove: await vault.remove(missing, 'keychain'),
    check: await vault.check(),
  };
}

/** Stores a value, kills the daemon, and reads. */
async function dying(): Promise<unknown> {
  const put = await vault.put(ref, 'canary-kept', 'keychain');
  process.kill(daemonPid(), 'SIGKILL');
  return { put, ...((await probe()) as object) };
}

/** Process id of the owner of the Secret Service on this session's own bus. */
function daemonPid(): number {
  const bus = ['--dest', 'org.freedesktop.DBus', '--object-path', '/org/freedesktop/DBus'];
  const method = ['--method', 'org.freedesktop.DBus.GetConnectionUnixProcessID', 'org.freedesktop.secrets'];
  const answer = execFileSync('gdbus', ['call', '--session', ...bus, ...method], { encoding: 'utf8' });
  return Number(/uint32 (\d+)/.exec(answer)?.[1]);
}

const tasks: Record<string, () => Promise<unknown>> = {
  contract,
  probe,
  dying,
  put: () => vault.put(ref, 'canary-kept', 'keychain'),
  get: () => vault.get(ref, 'keychain'),
  attributes: () => storeThenList(vault),
};

/** Stores a value and gives what other programs can see of it without unlocking anything. */
async function storeThenList(of: SecretVault): Promise<unknown> {
  await of.put(ref, 'canary-kept', 'keychain');
  const paths = execFileSync('gdbus', [
    ...['call', '--session', '--dest', 'org.freedesktop.secrets', '--object-path', '/org/freedesktop/secrets'],
    ...['--method', 'org.freedesktop.Secret.Service.SearchItems', `{'service': 'Relaysmith'}`],
  ]);
  const path = /\/org\/freedesktop\/secrets\/collection\/\w+\/\d+/.exec(paths.toString())?.[0] ?? '';
  const item = execFileSync('gdbus', [
    ...['call', '--session', '--dest', 'org.freedesktop.secrets', '--object-path', path],
    ...['--method', 'org.freedesktop.DBus.Properties.GetAll', 'org.freedesktop.Secret.Item'],
  ]);
  return { item: item.toString() };
}

const answer = await tasks[task]?.();
process.stdout.write(`${JSON.stringify(answer)}\n`);
