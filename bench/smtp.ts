import { oneCheck } from './smtp/one-check.ts';

/** The tester on loopback, against bare sockets and other testers, all in one run. */
export default async function run(): Promise<void> {
  await oneCheck();
}
