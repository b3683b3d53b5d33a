import { batch } from './smtp/batch.ts';
import { cancel } from './smtp/cancel.ts';
import { oneCheck } from './smtp/one-check.ts';
import { processes } from './smtp/processes.ts';

/** The tester on loopback, against bare sockets and other testers, all in one run. */
export default async function run(): Promise<void> {
  await oneCheck();
  await processes();
  await batch();
  await cancel();
}
