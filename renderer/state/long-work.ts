import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallOptions } from '../../shared/client.ts';
import type { RequestInput, RequestName, RequestOutput } from '../../shared/contract.ts';
import type { Progress } from '../../shared/progress.ts';
import type { Result } from '../../shared/result.ts';
import { useClient } from './client-context.ts';

/** Requests that stream their progress. */
export type LongRequest = 'exportSet.write' | 'importSet.read' | 'bundles.save';

/** Work that is going on. */
export interface Working {
  progress: Progress;
  isCancelling: boolean;
}

const NOT_YET: Progress = { done: 0, total: 0, name: '' };

/** Runs one long request at a time, with its progress and a way to cancel it; leaving the screen cancels it too. */
export function useLongWork() {
  const client = useClient();
  const [working, setWorking] = useState<Working | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const run = useCallback(
    async <N extends LongRequest & RequestName>(name: N, input: RequestInput<N>): Promise<Result<RequestOutput<N>>> => {
      const controller = new AbortController();
      abort.current = controller;
      setWorking({ progress: NOT_YET, isCancelling: false });
      const onEvent = (progress: Progress) => setWorking((now) => now && { ...now, progress });
      const options = { signal: controller.signal, onEvent } as CallOptions<N>;
      const result = await client(name, input, options);
      abort.current = null;
      setWorking(null);
      return result;
    },
    [client],
  );
  const cancel = useCallback(() => {
    abort.current?.abort();
    setWorking((now) => now && { ...now, isCancelling: true });
  }, []);
  return { working, run, cancel };
}
