import { useState } from 'react';
import { useRequest } from '../../state/requests.ts';
import { common } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import styles from './typed-path.module.css';

/** True where there is no native file dialog and the user types paths instead. */
export function useTypedPath(): boolean {
  return useRequest('app.info', {}).data?.files === 'typed-path';
}

/** Asks for the path of a file on the machine that Relaysmith runs on. */
export function TypedPath({
  label = common.path,
  initial = '',
  placeholder = '/etc/…',
  verb,
  onPath,
  onCancel,
}: {
  label?: string;
  initial?: string;
  placeholder?: string;
  /** Word on the button. */
  verb: string;
  onPath: (path: string) => void;
  onCancel?: () => void;
}) {
  const [path, setPath] = useState(initial);
  const submit = () => {
    if (path.trim()) onPath(path.trim());
  };
  return (
    <div className={styles.typed}>
      <Field label={label} stacked>
        {({ id }) => (
          <div className={styles.row}>
            <Input
              id={id}
              // It comes when it was asked for, and is what is to be filled in next.
              autoFocus
              mono
              value={path}
              placeholder={placeholder}
              // A suggested name is there to be taken or typed over.
              onFocus={(event) => event.currentTarget.select()}
              onChange={(event) => setPath(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === 'Enter') submit();
              }}
            />
            <Button onPress={submit}>{verb}</Button>
            {onCancel && (
              <Button kind="quiet" onPress={onCancel}>
                {common.cancel}
              </Button>
            )}
          </div>
        )}
      </Field>
    </div>
  );
}
