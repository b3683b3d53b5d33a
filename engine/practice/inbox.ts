import { randomUUID } from 'node:crypto';
import type { PracticeMessage } from '../../shared/practice.ts';
import { decodeBytes, headerText } from './header-text.ts';
import type { PracticeLimits } from './limits.ts';

/** A message as the session took it. */
export interface ReceivedMail {
  readonly envelopeFrom: string;
  readonly recipients: readonly string[];
  readonly source: Buffer;
}

/** Messages that were accepted, in memory only; the oldest go when it is full. */
export class Inbox {
  readonly #messages = new Map<string, { message: PracticeMessage; source: Buffer }>();
  readonly #listeners = new Set<(message: PracticeMessage) => void>();
  readonly #limits: PracticeLimits;
  readonly #now: () => Date;
  #bytes = 0;

  constructor(limits: PracticeLimits, now: () => Date) {
    this.#limits = limits;
    this.#now = now;
  }

  /** Stores a message and tells the listeners. Returns what is shown of it. */
  add(mail: ReceivedMail): PracticeMessage {
    const message: PracticeMessage = {
      id: randomUUID(),
      receivedAt: this.#now().toISOString(),
      envelopeFrom: mail.envelopeFrom,
      recipients: [...mail.recipients],
      subject: headerText(mail.source, 'subject'),
      from: headerText(mail.source, 'from'),
      bytes: mail.source.length,
    };
    this.#messages.set(message.id, { message, source: mail.source });
    this.#bytes += mail.source.length;
    this.#dropOldest();
    for (const listener of this.#listeners) listener(message);
    return message;
  }

  /** All messages, newest first. */
  list(): PracticeMessage[] {
    return [...this.#messages.values()].map(({ message }) => message).reverse();
  }

  /** One message with its source: as UTF-8 where that is valid, else one character for each byte. Null when unknown. */
  find(id: string): { message: PracticeMessage; source: string } | null {
    const found = this.#messages.get(id);
    return found ? { message: found.message, source: decodeBytes(found.source) } : null;
  }

  /** The bytes of one message exactly as they arrived, or null. */
  bytesOf(id: string): Buffer | null {
    return this.#messages.get(id)?.source ?? null;
  }

  /** Forgets all messages. */
  clear(): void {
    this.#messages.clear();
    this.#bytes = 0;
  }

  /** Calls back for each new message until the returned function is called. */
  onMessage(listener: (message: PracticeMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #dropOldest(): void {
    for (const [id, { source }] of this.#messages) {
      if (this.#messages.size <= this.#limits.inboxMessages && this.#bytes <= this.#limits.inboxBytes) return;
      this.#messages.delete(id);
      this.#bytes -= source.length;
    }
  }
}
