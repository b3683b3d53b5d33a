import { useCallback, useEffect, useRef, useState } from 'react';
import type { RequestEvent, RequestInput, RequestName, RequestOutput } from '../../shared/contract.ts';
import type { AppError } from '../../shared/errors.ts';
import { useClient } from './client-context.ts';

/** A streamed call as a dialog shows it. */
export interface LongCall<N extends RequestName> {
  isRunning: boolean;
  /** What was streamed since the last start, in order. */
  events: readonly RequestEvent<N>[];
  result: RequestOutput<N> | null;
  error: AppError | null;
  /** Starts anew; a call that still runs is cancelled first. */
  start: (input: RequestInput<N>) => void;
  cancel: () => void;
}

type Progress<N extends RequestName> = Pick<LongCall<N>, 'isRunning' | 'events' | 'result' | 'error'>;

/** Runs a streamed request for as long as the component is there: whoever goes away cancels it. */
export function useLongCall<N extends RequestName>(name: N): LongCall<N> {
  const client = useClient();
  const controller = useRef<AbortController | null>(null);
  const [progress, setProgress] = useState<Progress<N>>({ isRunning: false, events: [], result: null, error: null });
  const cancel = useCallback(() => controller.current?.abort(), []);
  useEffect(() => cancel, [cancel]);

  const start = useCallback(
    (input: RequestInput<N>) => {
      controller.current?.abort();
      const own = new AbortController();
      controller.current = own;
      const isCurrent = () => controller.current === own;
      setProgress({ isRunning: true, events: [], result: null, error: null });
      const onEvent = (event: RequestEvent<N>) => {
        if (isCurrent()) setProgress((now) => ({ ...now, events: [...now.events, event] }));
      };
      void client(name, input, { signal: own.signal, onEvent }).then((answer) => {
        if (!isCurrent()) return;
        const end = answer.ok ? { result: answer.value } : { error: answer.error };
        setProgress((now) => ({ ...now, isRunning: false, ...end }));
      });
    },
    [client, name],
  );
  return { ...progress, start, cancel };
}
