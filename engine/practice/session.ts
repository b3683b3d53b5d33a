import { escapeControls } from '../../shared/text.ts';
import { COMMANDS } from './commands.ts';
import type { Connection, TlsChoices } from './connection.ts';
import type { Inbox } from './inbox.ts';
import type { PracticeLimits } from './limits.ts';
import type { Behaviour, Moment } from './scenario.ts';
import { runSteps, type StepTarget } from './steps.ts';

/** Name that the server gives itself. No text that it sends holds its password: the tester hides that wherever it comes by. */
export const PRACTICE_HOST_NAME = 'mail.relaysmith.test';

/** Everything that one session needs. */
export interface SessionOptions {
  readonly connection: Connection;
  readonly behaviour: Behaviour;
  readonly tls: TlsChoices;
  readonly inbox: Inbox;
  readonly limits: PracticeLimits;
}

/** A mail transaction between MAIL and the end of DATA (RFC 5321 3.3). */
export interface Transaction {
  readonly sender: string;
  readonly utf8: boolean;
  readonly recipients: string[];
}

/** One SMTP dialogue (RFC 5321), with the scenario's deviations. */
export class Session implements StepTarget {
  readonly connection: Connection;
  readonly behaviour: Behaviour;
  readonly inbox: Inbox;
  readonly limits: PracticeLimits;
  /** Name given in EHLO or HELO, null before. */
  client: string | null = null;
  /** True after EHLO, false after HELO. */
  extended = false;
  /** Who signed in, or null. */
  user: string | null = null;
  transaction: Transaction | null = null;
  /** What `{sender}`, `{recipient}`, `{user}` and `{client}` stand for in a scenario's reply; clients choose it, so it is escaped. */
  readonly mentioned = { sender: '', recipient: '', user: '', client: '' };
  readonly #tls: TlsChoices;
  #errors = 0;
  #silent = false;

  constructor(options: SessionOptions) {
    this.connection = options.connection;
    this.behaviour = options.behaviour;
    this.inbox = options.inbox;
    this.limits = options.limits;
    this.#tls = options.tls;
  }

  get floodBytes(): number {
    return this.limits.floodBytes;
  }

  /** Talks until either side has had enough. */
  async run(): Promise<void> {
    await this.perform('connect', async () => {
      if (this.behaviour.tls === 'implicit') await this.startTls();
    });
    await this.perform('greeting', () => this.reply([`220 ${PRACTICE_HOST_NAME} ESMTP Relaysmith`]));
    for (;;) {
      const read = await this.connection.readLine();
      if (read.kind === 'end') break;
      if (read.kind === 'too-long') await this.refuse('500 5.5.2 Line too long');
      else await this.#inTurn(read.text);
    }
    this.connection.end();
  }

  /** Runs what the scenario says for a moment, or the usual. */
  async perform(moment: Moment, usual: () => Promise<void>): Promise<void> {
    const steps = this.behaviour.at?.[moment];
    if (steps) await runSteps(this, steps, usual);
    else if (!this.connection.closed) await usual();
  }

  /** Does the work without sending its replies. */
  async silently(work: () => Promise<void>): Promise<void> {
    this.#silent = true;
    await work();
    this.#silent = false;
  }

  /** Sends reply lines, after the scenario's delay. */
  async reply(lines: readonly string[]): Promise<void> {
    if (this.#silent) return;
    if (this.behaviour.replyDelayMs) await this.connection.pause(this.behaviour.replyDelayMs);
    const text = lines.map((line) => `${this.#fill(line)}${this.#lineEnd}`).join('');
    await this.connection.write(Buffer.from(text, 'utf8'));
  }

  /** Sends a refusal; a client that collects too many of them is sent away. */
  async refuse(line: string): Promise<void> {
    this.#errors += 1;
    if (this.#errors < this.limits.errors) return this.reply([line]);
    await this.reply(['421 4.7.0 Too many errors']);
    this.connection.end();
  }

  /** Answers STARTTLS when there is a reply line, runs the handshake, and forgets what was said before (RFC 3207 4.2). */
  async startTls(reply: string | null = null): Promise<void> {
    if (this.connection.secure) return;
    if (this.behaviour.replyDelayMs) await this.connection.pause(this.behaviour.replyDelayMs);
    const line = this.#silent || reply === null ? null : `${reply}${this.#lineEnd}`;
    await this.connection.startTls(line, this.#tls);
    this.client = null;
    this.user = null;
    this.transaction = null;
  }

  get #lineEnd(): string {
    return this.behaviour.lineEnd ?? '\r\n';
  }

  /** Carries out a command; a scenario may not want others to come before its reply. */
  async #inTurn(line: string): Promise<void> {
    const { pipelined } = this.behaviour;
    const early = pipelined ? this.connection.dropEarlyLines() : 0;
    await this.#command(line);
    if (pipelined !== 'refused') return;
    for (let count = 0; count < early; count++) await this.refuse('503 5.5.1 Wait for the reply');
  }

  async #command(line: string): Promise<void> {
    const [, verb = '', argument = ''] = /^(\S*)\s*(.*?)\s*$/s.exec(line) ?? [];
    const name = verb.toUpperCase();
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!command) return this.perform('unknown', () => this.refuse('500 5.5.2 Command not recognized'));
    if (this.behaviour.tlsRequired && !this.connection.secure && !command.beforeTls) {
      return this.refuse('530 5.7.0 Must issue a STARTTLS command first');
    }
    const answer = command.answer(this, argument);
    if ('refuse' in answer) return this.refuse(answer.refuse);
    return this.perform(answer.moment, answer.usual);
  }

  #fill(line: string): string {
    const values: Record<string, string> = this.mentioned;
    return line.replace(/\{(sender|recipient|user|client)\}/g, (_, name: string) =>
      escapeControls((values[name] ?? '').slice(0, 320)),
    );
  }
}
