import { createTransport } from 'nodemailer';
import { PRACTICE_PASSWORD, PRACTICE_USERNAME } from '../../shared/practice.ts';
import type { BenchServer } from './mail-server.ts';

/** nodemailer's own check: connect, STARTTLS, sign in. It asks for no sender and no recipient. */
export async function nodemailerVerify({ port, caPem }: BenchServer): Promise<void> {
  const transport = createTransport({
    host: '127.0.0.1',
    port,
    requireTLS: true,
    name: 'bench.example.com',
    authMethod: 'PLAIN',
    auth: { user: PRACTICE_USERNAME, pass: PRACTICE_PASSWORD },
    tls: { ca: caPem, servername: 'mail.relaysmith.test' },
  });
  await transport.verify();
  transport.close();
}
