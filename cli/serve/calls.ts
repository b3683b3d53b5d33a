import type { ServerResponse } from 'node:http';
import * as z from 'zod/mini';
import type { Engine } from '../../engine/index.ts';
import { contract } from '../../shared/contract.ts';
import { appErrorOf } from '../../shared/errors.ts';
import { fail } from '../../shared/result.ts';
import { sendJson, startNdjson, writeNdjson } from './responses.ts';

const callId = z.string().check(z.regex(/^[\w-]{1,64}$/));
const callBody = z.strictObject({ name: z.string().check(z.maxLength(60)), input: z.unknown(), callId });
const cancelBody = z.strictObject({ callId });

/** The calls that run now, each under the id that its caller gave it. */
export class Calls {
  readonly #engine: Engine;
  readonly #running = new Map<string, AbortController>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** How many calls run now. */
  get count(): number {
    return this.#running.size;
  }

  /** Answers POST /api/call: JSON, or NDJSON for a request that streams. A closed connection cancels its call. */
  async call(body: unknown, response: ServerResponse): Promise<void> {
    const parsed = callBody.safeParse(body);
    if (!parsed.success) return sendJson(response, 400, invalid('call'));
    const { name, input } = parsed.data;
    const id = parsed.data.callId;
    if (this.#running.has(id)) return sendJson(response, 409, invalid('callId'));
    const abort = new AbortController();
    this.#running.set(id, abort);
    response.on('close', () => abort.abort());
    const streams = Object.hasOwn(contract, name) && 'event' in contract[name as keyof typeof contract];
    if (streams) startNdjson(response);
    try {
      const result = await this.#engine.dispatch(name, input, {
        signal: abort.signal,
        ...(streams && { onEvent: (event: unknown) => writeNdjson(response, { event }) }),
      });
      if (!streams) return sendJson(response, 200, result);
      writeNdjson(response, { result });
      response.end();
    } finally {
      this.#running.delete(id);
    }
  }

  /** Answers POST /api/cancel. Cancelling what has ended is no error. */
  cancel(body: unknown, response: ServerResponse): void {
    const parsed = cancelBody.safeParse(body);
    if (parsed.success) this.#running.get(parsed.data.callId)?.abort();
    if (parsed.success) sendJson(response, 200, { ok: true, value: {} });
    else sendJson(response, 400, invalid('callId'));
  }

  /** Cancels everything. */
  cancelAll(): void {
    for (const abort of this.#running.values()) abort.abort();
  }
}

function invalid(field: string) {
  return fail(appErrorOf('INVALID_INPUT', { problems: [{ field, message: 'This call is not well-formed.' }] }));
}
