import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { onTestFinished } from 'vitest';
import { createCertificateAuthority } from '../../../engine/practice/certificates.ts';
import { Inbox } from '../../../engine/practice/inbox.ts';
import { createPracticeServer, type PracticeOptions } from '../../../engine/practice/index.ts';
import { PRACTICE_LIMITS, type PracticeLimits } from '../../../engine/practice/limits.ts';
import type { Behaviour } from '../../../engine/practice/scenario.ts';
import { listen } from '../../../engine/practice/server.ts';
import { PRACTICE_PASSWORD, PRACTICE_USERNAME, type PracticeScenario } from '../../../shared/practice.ts';

const sharedAuthority = createCertificateAuthority(() => new Date());

/** base64 of the right PLAIN response. */
export const PLAIN = Buffer.from(`\0${PRACTICE_USERNAME}\0${PRACTICE_PASSWORD}`).toString('base64');

/** Starts a practice server that ends with the test. */
export async function startPractice(scenario: PracticeScenario, options: Partial<PracticeOptions> = {}) {
  const faults: unknown[] = [];
  const practice = createPracticeServer({ now: () => new Date(), onFault: (error) => faults.push(error), ...options });
  onTestFinished(async () => {
    await practice.stop();
    if (faults.length > 0) throw faults[0];
  });
  const started = await practice.start(scenario);
  if (!started.ok || !started.value.running) throw new Error('The practice server did not start');
  const { port, caPem } = started.value;
  return {
    practice,
    port,
    caPem,
    state: started.value,
    connect: () => RawClient.open(port),
    /** A client after STARTTLS, EHLO and AUTH. */
    async signedIn() {
      const client = await RawClient.open(port);
      await client.exchange('EHLO client.test', 'STARTTLS');
      await client.startTls(caPem);
      await client.exchange('EHLO client.test', `AUTH PLAIN ${PLAIN}`);
      return client;
    },
  };
}

/** Starts a server of any behaviour, as scenarios are made of; it ends with the test. */
export async function startBehaviour(behaviour: Behaviour, changed: Partial<PracticeLimits> = {}) {
  const faults: unknown[] = [];
  const limits = { ...PRACTICE_LIMITS, ...changed };
  const inbox = new Inbox(limits, () => new Date());
  const onFault = (error: unknown) => faults.push(error);
  const authority = await sharedAuthority;
  const listener = await listen({ behaviour, port: 0, authority, inbox, limits, onFault });
  onTestFinished(async () => {
    await listener.close();
    if (faults.length > 0) throw faults[0];
  });
  return { listener, inbox, port: listener.port, caPem: authority.caPem };
}

/** A client that sends exactly the bytes that it is told to. */
export class RawClient {
  #socket: Socket;
  #text = '';
  #ended = false;
  /** Code of the error that the connection ended with, '' when it ended with FIN. */
  errorCode = '';
  #wake: () => void = () => undefined;

  /** Connects, without reading the greeting. */
  static async connect(port: number): Promise<RawClient> {
    const socket = connectTcp({ host: '127.0.0.1', port });
    const client = new RawClient(socket);
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return client;
  }

  /** Connects and reads the greeting. */
  static async open(port: number): Promise<RawClient> {
    const client = await RawClient.connect(port);
    await client.reply();
    return client;
  }

  constructor(socket: Socket) {
    this.#socket = socket;
    this.#listen();
    onTestFinished(() => {
      this.#socket.destroy();
    });
  }

  /** Everything received and not yet read as a reply. */
  get received(): string {
    return this.#text;
  }

  /** Sends bytes (latin1). */
  send(bytes: string): void {
    this.#socket.write(bytes, 'latin1');
  }

  /** Sends FIN. */
  end(): void {
    this.#socket.end();
  }

  /** The next whole reply, or '' when the connection ended before. */
  async reply(): Promise<string> {
    for (;;) {
      const match = /^(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*)?\r?\n/.exec(this.#text);
      if (match) {
        this.#text = this.#text.slice(match[0].length);
        return match[0];
      }
      if (this.#ended) return '';
      await this.#more();
    }
  }

  /** Sends commands one by one; returns their replies. */
  async exchange(...commands: string[]): Promise<string[]> {
    const replies: string[] = [];
    for (const command of commands) {
      this.send(`${command}\r\n`);
      replies.push(await this.reply());
    }
    return replies;
  }

  /** Sends a message, dot-stuffed, with its end; returns the reply. */
  async sendMessage(source: Buffer): Promise<string> {
    const text = source.toString('latin1').replace(/(^|\r\n)\./g, '$1..');
    this.send(`${text}.\r\n`);
    return this.reply();
  }

  /** Upgrades to TLS; rejects when the handshake fails. */
  async startTls(ca: string, servername?: string): Promise<void> {
    const plain = this.#socket;
    plain.removeAllListeners('data');
    const socket = connectTls({ socket: plain, ca, host: '127.0.0.1', ...(servername && { servername }) });
    await new Promise((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
    this.#socket = socket;
    this.#listen();
  }

  /** Resolves with what came in until the server closed. */
  async closed(): Promise<string> {
    while (!this.#ended) await this.#more();
    return this.#text;
  }

  #listen(): void {
    const wake = () => this.#wake();
    const end = () => {
      this.#ended = true;
      wake();
    };
    this.#socket.on('data', (chunk: Buffer) => {
      this.#text += chunk.toString('latin1');
      wake();
    });
    this.#socket.on('end', end).on('close', end);
    this.#socket.on('error', (error: NodeJS.ErrnoException) => {
      this.errorCode = error.code ?? '';
      end();
    });
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
