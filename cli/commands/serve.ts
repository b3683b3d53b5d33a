import { defineCommand } from '../command.ts';
import { checkWindow } from '../doctor-checks.ts';
import { EXIT } from '../exit-codes.ts';
import { usage } from '../failure.ts';
import { rendererDirectory } from '../paths.ts';
import { openBrowser } from '../serve/browser.ts';
import { type Loopback, PortTakenError, startLoopback } from '../serve/index.ts';

export const serve = defineCommand({
  usage: '[--port PORT] [--open]',
  details: [
    'Serves the window to a browser on this machine: it listens on 127.0.0.1 (and ::1) only. The link works once and for one minute; press Enter for a new one.',
    'From another machine: ssh -L PORT:127.0.0.1:PORT server, relaysmith serve --port PORT on the server, and open the link here.',
    'It ends with Ctrl-C, or after 30 minutes without a request.',
  ],
  options: {
    port: { kind: 'number', value: 'PORT', range: [1, 65_535], help: 'Port to listen on; a free one if not given.' },
    open: { kind: 'flag', help: 'Open the system’s browser.' },
  },
  positionals: [0, 0],
  examples: ['relaysmith serve --open', 'relaysmith serve --port 8025'],
  door: 'browser',
  async run({ engine: start, values, io, json, style, print }) {
    if (checkWindow().status !== 'passed') return usage('The window is not built.', 'Run: npm run build');
    const engine = await start();
    const port = values.port === undefined ? {} : { port: values.port };
    let host: Loopback;
    try {
      host = await startLoopback({ engine, rendererDirectory: rendererDirectory(), ...port });
    } catch (error) {
      if (!(error instanceof PortTakenError)) throw error;
      return usage(`${error.message}.`, 'Choose another port with --port, or leave it out for a free one.');
    }
    try {
      const opened = values.open && (await openBrowser(host.freshUrl('entry'), io));
      if (json) io.stdout.write(`${JSON.stringify({ url: host.freshUrl() })}\n`);
      print(`${style.passed(style.icons.passed)} Relaysmith is open at ${style.accent(host.freshUrl())}`);
      if (values.open && !opened) print('No browser could be started. Open the link yourself.');
      print(style.dim('The link works once and for one minute. Enter prints a new one, Ctrl-C ends.'));
      const stopListening = onEnter(io.canAsk, () => print(host.freshUrl()));
      const reason = await Promise.race([aborted(io.signal), host.closed]);
      stopListening();
      print(reason === 'idle' ? 'Ended after 30 minutes without a request.' : 'Ended.');
      return { ok: true, value: EXIT.ok };
    } finally {
      await host.close();
    }
  },
});

function aborted(signal: AbortSignal): Promise<'aborted'> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve('aborted');
    signal.addEventListener('abort', () => resolve('aborted'));
  });
}

function onEnter(canAsk: boolean, action: () => void): () => void {
  if (!canAsk) return () => {};
  process.stdin.on('data', action);
  return () => {
    process.stdin.off('data', action);
    process.stdin.pause();
  };
}
