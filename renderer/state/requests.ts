import { keepPreviousData, QueryClient, type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Client } from '../../shared/client.ts';
import type { RequestInput, RequestName, RequestOutput } from '../../shared/contract.ts';
import type { AppError } from '../../shared/errors.ts';
import { describeError } from '../../shared/messages.ts';
import { useClient, useTransport } from './client-context.ts';
import { toast } from './toasts.ts';

/** A domain failure on its way through react-query, which knows only thrown errors. */
export class RequestFailed extends Error {
  readonly error: AppError;
  constructor(error: AppError) {
    super(error.code);
    this.error = error;
  }
}

/** The cache of what the engine said. Nothing here goes over the internet, so "offline" never pauses a query. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { networkMode: 'always', retry: false, refetchOnWindowFocus: true, staleTime: 2_000 },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

const answerOf =
  <N extends RequestName>(client: Client, name: N, input: RequestInput<N>) =>
  async ({ signal }: { signal: AbortSignal }): Promise<RequestOutput<N>> => {
    const result = await client(name, input, { signal });
    if (!result.ok) throw new RequestFailed(result.error);
    return result.value;
  };

/** Asks for what the first picture needs before there is anything to draw it. */
export function askAhead(queries: QueryClient, client: Client): void {
  for (const name of ['profiles.list', 'preferences.get', 'library.state'] as const) {
    void queries.prefetchQuery({ queryKey: [name, {}], queryFn: answerOf(client, name, {}) });
  }
}

/** How a request is kept up to date. */
export interface RequestOptions {
  enabled?: boolean;
  /** Milliseconds between two calls. */
  every?: number;
  /** Shows the last answer while the next one is on its way. */
  keepPrevious?: boolean;
}

/** Reads from the engine and keeps the answer. */
export function useRequest<N extends RequestName>(
  name: N,
  input: RequestInput<N>,
  { enabled = true, every, keepPrevious = false }: RequestOptions = {},
): UseQueryResult<RequestOutput<N>, RequestFailed> {
  const client = useClient();
  return useQuery<RequestOutput<N>, RequestFailed>({
    queryKey: [name, input],
    queryFn: answerOf(client, name, input),
    enabled,
    ...(every !== undefined && { refetchInterval: every }),
    ...(keepPrevious && { placeholderData: keepPreviousData as never }),
  });
}

/** Calls the engine once; a failure becomes a toast and null. */
export function useAct(): <N extends RequestName>(name: N, input: RequestInput<N>) => Promise<RequestOutput<N> | null> {
  const { client, connection } = useTransport();
  return useCallback(
    async (name, input) => {
      const result = await client(name, input);
      if (result.ok) return result.value;
      // A host that is gone covers the whole window already.
      if (connection.getState().state === 'open') toast.error(result.error);
      return null;
    },
    [client, connection],
  );
}

/** Marks answers as out of date, by request name. */
export function useRefresh(): (...names: RequestName[]) => void {
  const queries = useQueryClient();
  return useCallback(
    (...names) => {
      for (const name of names) void queries.invalidateQueries({ queryKey: [name] });
    },
    [queries],
  );
}

/** An error in one text: what happened, then what to do. */
export function errorText(error: AppError): string {
  const { what, next } = describeError(error);
  return `${what} ${next}`;
}
