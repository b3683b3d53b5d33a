import type { UseQueryResult } from '@tanstack/react-query';
import { errorText, type RequestFailed } from '../../state/requests.ts';
import { common } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import styles from './pending.module.css';

/**
 * What stands where an answer is not there: that it is on its way, or why it did not come, with another try. Nothing once
 * there is an answer, be it an older one.
 */
export function Pending({ query, loading = common.loading }: { query: PendingQuery; loading?: string }) {
  if (query.data !== undefined) return null;
  if (query.error) {
    return (
      <div role="alert">
        <Note
          tone="failed"
          boxed
          action={
            <Button small isOff={query.isFetching} onPress={() => void query.refetch()}>
              {common.tryAgain}
            </Button>
          }
        >
          {errorText(query.error.error)}
        </Note>
      </div>
    );
  }
  return <Loading words={loading} />;
}

/** That something is on its way; shown only when it takes longer than a blink. */
export function Loading({ words = common.loading }: { words?: string }) {
  return (
    <p role="status" className={styles.loading}>
      {words}
    </p>
  );
}

/** The part of a request's state that counts here. */
export type PendingQuery = Pick<UseQueryResult<unknown, RequestFailed>, 'data' | 'error' | 'isFetching' | 'refetch'>;
