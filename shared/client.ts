import type { RequestEvent, RequestInput, RequestName, RequestOutput } from './contract.ts';
import type { Result } from './result.ts';

/** Choices of one call. */
export interface CallOptions<N extends RequestName> {
  /** Aborting it cancels the work on the privileged side. */
  signal?: AbortSignalLike;
  /** Receives what the request streams, in order, before the result. */
  onEvent?: (event: RequestEvent<N>) => void;
}

/** The part of AbortSignal that this layer needs (shared/ has neither DOM nor Node types). */
export interface AbortSignalLike {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** The engine as a door sees it; each transport (direct, IPC, loopback HTTP) implements this one function type. */
export type Client = <N extends RequestName>(
  name: N,
  input: RequestInput<N>,
  options?: CallOptions<N>,
) => Promise<Result<RequestOutput<N>>>;
