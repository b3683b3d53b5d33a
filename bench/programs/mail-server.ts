import { createCertificateAuthority } from '../../engine/practice/certificates.ts';
import { Inbox } from '../../engine/practice/inbox.ts';
import { PRACTICE_LIMITS } from '../../engine/practice/limits.ts';
import { listen } from '../../engine/practice/server.ts';

// The practice server in a process of its own, for more clients than a person has. argv: its behaviour as JSON.
// Prints one line of JSON, then serves until its parent goes away.
const now = () => new Date();
const limits = { ...PRACTICE_LIMITS, connections: 2_000 };
const authority = await createCertificateAuthority(now);
const { port } = await listen({
  behaviour: JSON.parse(process.argv[2] ?? '{}'),
  port: 0,
  authority,
  inbox: new Inbox(limits, now),
  limits,
  onFault: (error) => {
    throw error;
  },
});
console.log(JSON.stringify({ port, caPem: authority.caPem }));
process.stdin.on('end', () => process.exit(0)).resume();
