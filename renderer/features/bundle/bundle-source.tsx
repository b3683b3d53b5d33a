import { useState } from 'react';
import type { RequestInput } from '../../../shared/contract.ts';
import { useAct } from '../../state/requests.ts';
import { common, bundles as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { DropArea } from '../../ui/drop-area.tsx';
import { Field } from '../../ui/field.tsx';
import { SecretInput } from '../../ui/secret-input.tsx';
import { TypedPath, useTypedPath } from '../files/typed-path.tsx';
import styles from './bundle.module.css';

/** Where a bundle comes from, and its passphrase when it turned out to need one. */
export function BundleSource({
  isOpening,
  asksPassphrase,
  onSource,
  onPassphrase,
}: {
  isOpening: boolean;
  asksPassphrase: boolean;
  onSource: (source: RequestInput<'bundles.open'>['source']) => void;
  onPassphrase: (passphrase: string) => void;
}) {
  const act = useAct();
  const typesPaths = useTypedPath();
  const [asking, setAsking] = useState(false);
  const choose = async (path: string | null) => {
    const file = await act('files.open', { purpose: 'import', path });
    if (file) onSource({ kind: 'file', token: file.token });
  };
  if (isOpening) return <p role="status">{text.opening}</p>;
  if (asksPassphrase) return <AskPassphrase onPassphrase={onPassphrase} />;
  return (
    <>
      <DropArea words={text.drop}>
        <Button onPress={() => (typesPaths ? setAsking(true) : void choose(null))}>{text.choose}</Button>
      </DropArea>
      {asking && (
        <TypedPath verb={common.open} onPath={(path) => void choose(path)} onCancel={() => setAsking(false)} />
      )}
    </>
  );
}

function AskPassphrase({ onPassphrase }: { onPassphrase: (passphrase: string) => void }) {
  const [passphrase, setPassphrase] = useState('');
  const submit = () => {
    if (passphrase !== '') onPassphrase(passphrase);
  };
  return (
    <Field label={text.passphraseOf} stacked>
      {({ id }) => (
        <div className={styles.ask}>
          <SecretInput
            id={id}
            label={text.passphrase}
            value={passphrase}
            autoFocus
            onChange={(event) => setPassphrase(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') submit();
            }}
          />
          <Button kind="primary" isDisabled={passphrase === ''} onPress={submit}>
            {text.open}
          </Button>
        </div>
      )}
    </Field>
  );
}
