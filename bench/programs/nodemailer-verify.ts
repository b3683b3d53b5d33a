import { readFileSync } from 'node:fs';
import { nodemailerVerify } from '../support/nodemailer-verify.ts';

// nodemailer's verify() as a process. argv: file with the server's port and CA as JSON.
await nodemailerVerify(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));
