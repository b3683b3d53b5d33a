import { once } from 'node:events';
import net, { type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';

/** Listens with the shortest queue and never accepts: its thread sleeps as soon as the port is known. */
const DEAF = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
  });
`;

/** A port on which a connection attempt gets no answer, as behind a firewall that drops packets. */
export interface SilentPort {
  port: number;
  close(): Promise<void>;
}

/** Opens a port on 127.0.0.1 whose queue of connections is full. */
export async function silentPort(): Promise<SilentPort> {
  const worker = new Worker(DEAF, { eval: true });
  const [port] = (await once(worker, 'message')) as [number];
  const fillers: Socket[] = [];
  // The queue holds one more than asked for; what comes after that is dropped.
  for (let at = 0; at < 2; at += 1) {
    const filler = net.connect({ host: '127.0.0.1', port });
    filler.on('error', () => {});
    fillers.push(filler);
    await once(filler, 'connect');
  }
  return {
    port,
    async close() {
      for (const filler of fillers) filler.destroy();
      await worker.terminate();
    },
  };
}
