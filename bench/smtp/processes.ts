import { join } from 'node:path';
import { PRACTICE_PASSWORD, PRACTICE_USERNAME } from '../../shared/practice.ts';
import { print } from '../support/figures.ts';
import { type BenchServer, startServer } from '../support/mail-server.ts';
import { inTurns } from '../support/pairs.ts';
import { isInstalled, type Program, runProgram, withFiles } from '../support/programs.ts';
import { RELAYSMITH, ROOT } from '../support/root.ts';

const ROUNDS = 20;
const NAME = 'mail.relaysmith.test';
const RECIPIENT = 'inbox@relaysmith.test';

/** One check as a whole process, start of the program included, against other testers. */
export async function processes(): Promise<void> {
  const server = await startServer();
  try {
    const files = { 'server.json': JSON.stringify(server), 'ca.pem': server.caPem, msmtprc: msmtprc(server) };
    await withFiles(files, async (directory) => {
      const all = programs(server, directory);
      const here = all.filter(({ command }) => isInstalled(command));
      for (const { name } of all.filter((program) => !here.includes(program)))
        console.log(`${name}: not installed here`);
      const timed = await inTurns(
        here.map((program) => () => runProgram(program)),
        ROUNDS,
      );
      for (const [at, { ms, ratio }] of timed.entries()) {
        print(here[at]?.name ?? '', ms, 'ms');
        if (at > 0) print('  ratio to ours', ratio, 'x');
      }
    });
  } finally {
    await server.stop();
  }
}

function programs(server: BenchServer, directory: string): Program[] {
  const file = (name: string) => join(directory, name);
  const built = (name: string) => join(ROOT, 'out/bench/programs', name);
  const node = process.execPath;
  return [
    {
      name: 'relaysmith test, all stages',
      command: node,
      args: [RELAYSMITH, 'test', '--host', '127.0.0.1', '--port', String(server.port), ...ourOptions(file('ca.pem'))],
      env: { BENCH_PASSWORD: PRACTICE_PASSWORD, RELAYSMITH_HOME: file('home') },
    },
    { name: 'node, bare sockets', command: node, args: [built('bare-check.js'), file('server.json')] },
    { name: 'node, nodemailer verify()', command: node, args: [built('nodemailer-verify.js'), file('server.json')] },
    {
      name: 'swaks, to RCPT',
      command: 'swaks',
      args: ['--server', '127.0.0.1', '--port', String(server.port), ...swaksOptions(file('ca.pem'))],
    },
    { name: 'msmtp --serverinfo, no sign-in', command: 'msmtp', args: ['--file', file('msmtprc'), '--serverinfo'] },
  ];
}

function ourOptions(ca: string): string[] {
  return [
    ...['--security', 'starttls', '--ca', ca, '--server-name', NAME, '--mechanism', 'PLAIN'],
    ...['--user', PRACTICE_USERNAME, '--password-env', 'BENCH_PASSWORD'],
    ...['--from-address', PRACTICE_USERNAME, '--to', RECIPIENT],
  ];
}

// The practice server's password is public, so it may stand in the process list.
function swaksOptions(ca: string): string[] {
  return [
    ...['--tls', '--tls-verify', '--tls-ca-path', ca, '--silent', '3', '--quit-after', 'RCPT'],
    ...['--auth', 'PLAIN', '--auth-user', PRACTICE_USERNAME, '--auth-password', PRACTICE_PASSWORD],
    ...['--from', PRACTICE_USERNAME, '--to', RECIPIENT],
  ];
}

function msmtprc({ port }: BenchServer): string {
  return `account default
host 127.0.0.1
port ${port}
tls on
tls_starttls on
tls_certcheck off
from ${PRACTICE_USERNAME}
`;
}
