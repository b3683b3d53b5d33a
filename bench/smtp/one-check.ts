import { runTest } from '../../engine/smtp/index.ts';
import { bareCheck } from '../support/bare-check.ts';
import { print } from '../support/figures.ts';
import { startServer } from '../support/mail-server.ts';
import { nodemailerVerify } from '../support/nodemailer-verify.ts';
import { inTurns } from '../support/pairs.ts';
import { checkOf, quietEnvironment, settingsFor } from '../support/settings.ts';

const ROUNDS = 200;

/** One check within this process, against the same dialogue over bare sockets. */
export async function oneCheck(): Promise<void> {
  const server = await startServer();
  try {
    const check = async () => {
      const report = await runTest(checkOf(settingsFor(server)), quietEnvironment());
      if (!report.ok) throw new Error(`The check failed: ${report.diagnosis?.rule}`);
    };
    const [bare, ours, theirs] = await inTurns(
      [() => bareCheck(server), check, () => nodemailerVerify(server)],
      ROUNDS,
      10,
    );
    if (!bare || !ours || !theirs) throw new Error('Nothing was timed');
    print('bare sockets, STARTTLS and sign-in', bare.ms, 'ms');
    print('check, same dialogue', ours.ms, 'ms');
    print('  ratio to bare sockets', ours.ratio, 'x', { below: 1.2 });
    print('nodemailer verify(), no sender or recipient', theirs.ms, 'ms');
    print('  ratio to bare sockets', theirs.ratio, 'x');
  } finally {
    await server.stop();
  }
  await inTheClear();
}

/** Without TLS the handshake hides nothing. */
async function inTheClear(): Promise<void> {
  const server = await startServer({ tls: 'off', loginWithoutTls: true });
  try {
    const check = async () => {
      const report = await runTest(checkOf(settingsFor(server, 'none')), quietEnvironment());
      if (!report.ok) throw new Error(`The check failed: ${report.diagnosis?.rule}`);
    };
    const [bare, ours] = await inTurns([() => bareCheck(server, false), check], ROUNDS, 10);
    if (!bare || !ours) throw new Error('Nothing was timed');
    print('bare sockets in the clear', bare.ms, 'ms');
    print('check in the clear', ours.ms, 'ms');
    print('  ratio to bare sockets', ours.ratio, 'x');
  } finally {
    await server.stop();
  }
}
