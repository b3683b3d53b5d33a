import { readFileSync } from 'node:fs';
import { bareCheck } from '../support/bare-check.ts';

// The bare dialogue as a process. argv: file with the server's port and CA as JSON.
await bareCheck(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));
