import { randomUUID } from 'node:crypto';
import type * as z from 'zod/mini';
import type { CallOptions, Client } from '../shared/client.ts';
import {
  contract,
  type RequestEvent,
  type RequestInput,
  type RequestName,
  type RequestOutput,
} from '../shared/contract.ts';
import { appErrorOf } from '../shared/errors.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import type { Logger } from './ports.ts';

/** What a handler gets besides its input. */
export interface HandlerContext<N extends RequestName> {
  /** Aborted when the caller cancels or goes away. */
  signal: AbortSignal;
  /** Streams one event to the caller. */
  emit(event: RequestEvent<N>): void;
}

/** Does the work of one request. Its input has passed the schema. */
export type Handler<N extends RequestName> = (
  input: Parsed<N>,
  context: HandlerContext<N>,
) => Promise<Result<RequestOutput<N>>>;

/** One handler for each request of the contract; a missing one does not compile. */
export type Handlers = { [N in RequestName]: Handler<N> };

/** The handlers of one group of requests, such as all `profiles.` ones. */
export type HandlerGroup<Prefix extends string> = Pick<Handlers, Extract<RequestName, `${Prefix}.${string}`>>;

type Parsed<N extends RequestName> = (typeof contract)[N]['input']['_zod']['output'];

/** The untyped entry for transports: whatever came over the wire, with its streaming and cancelling. */
export type Dispatch = (
  name: string,
  input: unknown,
  options?: { signal?: AbortSignal; onEvent?: (event: unknown) => void },
) => Promise<Result<unknown>>;

/**
 * Puts the contract between doors and handlers: parses what goes in, what comes out and what is streamed. A bug in a
 * handler becomes INTERNAL with a reference; its text goes to the log only, since it could hold anything.
 */
export function createDispatch(handlers: Handlers, log: Logger): Dispatch {
  const checked = new WeakMap<object, unknown>();
  // What a handler froze and gives again (the list of an unchanged library, which can be long) is checked once.
  const parseOutput = (output: z.ZodMiniType, value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || !Object.isFrozen(value)) return output.parse(value);
    const parsed = checked.get(value) ?? output.parse(value);
    checked.set(value, parsed);
    return parsed;
  };
  return async (name, input, { signal = new AbortController().signal, onEvent } = {}) => {
    if (!Object.hasOwn(contract, name))
      return fail(appErrorOf('NOT_FOUND', { what: 'request', name: name.slice(0, 60) }));
    const entry = contract[name as RequestName];
    const parsed = entry.input.safeParse(input);
    if (!parsed.success) {
      const problems = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }));
      return fail(appErrorOf('INVALID_INPUT', { problems }));
    }
    try {
      const emit = (event: unknown) => onEvent?.('event' in entry ? entry.event.parse(event) : event);
      const handler = handlers[name as RequestName] as Handler<RequestName>;
      const result = await handler(parsed.data as never, { signal, emit } as never);
      return result.ok ? ok(parseOutput(entry.output, result.value)) : result;
    } catch (bug) {
      const reference = randomUUID().slice(0, 8);
      log.error('request-failed', { request: name, reference, error: describeBug(bug) });
      return fail(appErrorOf('INTERNAL', { reference }));
    }
  };
}

/** The typed client over a dispatch, for doors that run in the engine's own process. */
export function directClient(dispatch: Dispatch): Client {
  return async <N extends RequestName>(name: N, input: RequestInput<N>, options: CallOptions<N> = {}) => {
    const { signal, onEvent } = options;
    const result = await dispatch(name, input, {
      ...(signal && { signal: signal as AbortSignal }),
      ...(onEvent && { onEvent: (event) => onEvent(event as RequestEvent<N>) }),
    });
    return result as Result<RequestOutput<N>>;
  };
}

/** Name and place of a bug, never its message: that may quote user data. */
function describeBug(bug: unknown): string {
  if (!(bug instanceof Error)) return typeof bug;
  const at = bug.stack?.split('\n').find((line) => line.trimStart().startsWith('at ')) ?? '';
  return `${bug.name} ${at.trim().replace(/\(.*[\\/]/, '(')}`;
}
