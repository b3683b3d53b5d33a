import type { AppError } from '../../../shared/errors.ts';
import { errorText } from '../../state/requests.ts';
import { importing as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';

/** Why an import failed; where only the keychain refused, a way to go on without it. */
export function NotStored({ error, onSession }: { error: AppError; onSession: (() => void) | null }) {
  const canGoOn = onSession !== null && error.code.startsWith('KEYCHAIN_');
  return (
    <div role="alert">
      <Note
        tone="failed"
        boxed
        action={
          canGoOn && (
            <Button small onPress={onSession}>
              {text.sessionInstead}
            </Button>
          )
        }
      >
        {errorText(error)}
      </Note>
    </div>
  );
}
