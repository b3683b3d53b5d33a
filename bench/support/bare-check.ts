import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { PRACTICE_PASSWORD, PRACTICE_USERNAME } from '../../shared/practice.ts';
import type { BenchServer } from './mail-server.ts';

/**
 * The least that a check can cost: the same commands in the same order over bare sockets, with no clock, no transcript,
 * no limits and no explanation.
 */
export async function bareCheck({ port, caPem }: BenchServer, withTls = true): Promise<void> {
  let socket: Socket = connect({ host: '127.0.0.1', port, noDelay: true });
  await replyOf(socket, '220');
  await command(socket, 'EHLO bench.example.com', '250');
  if (withTls) {
    await command(socket, 'STARTTLS', '220');
    socket = await upgrade(socket, caPem);
    await command(socket, 'EHLO bench.example.com', '250');
  }
  const credentials = Buffer.from(`\0${PRACTICE_USERNAME}\0${PRACTICE_PASSWORD}`).toString('base64');
  await command(socket, `AUTH PLAIN ${credentials}`, '235');
  await command(socket, `MAIL FROM:<${PRACTICE_USERNAME}>`, '250');
  await command(socket, 'RCPT TO:<inbox@relaysmith.test>', '250');
  await command(socket, 'RSET', '250');
  await command(socket, 'QUIT', '221');
  socket.destroy();
}

function upgrade(socket: Socket, caPem: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const secured = connectTls({ socket, ca: caPem, servername: 'mail.relaysmith.test', minVersion: 'TLSv1.2' }, () =>
      resolve(secured),
    );
    secured.once('error', reject);
  });
}

function command(socket: Socket, line: string, code: string): Promise<void> {
  socket.write(`${line}\r\n`);
  return replyOf(socket, code);
}

function replyOf(socket: Socket, code: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    const take = (chunk: Buffer) => {
      text += chunk.toString('latin1');
      const last = text.split('\r\n').at(-2);
      if (!text.endsWith('\r\n') || !/^\d{3} /.test(last ?? '')) return;
      socket.off('data', take);
      socket.off('error', reject);
      if (last?.startsWith(code)) resolve();
      else reject(new Error(`Expected ${code}, got ${last}`));
    };
    socket.on('data', take).once('error', reject);
  });
}
