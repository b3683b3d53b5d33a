import { passphraseStrength } from '../../../shared/passphrase.ts';
import { bundles as text } from '../../text.ts';
import { Field } from '../../ui/field.tsx';
import { SecretInput } from '../../ui/secret-input.tsx';

/** A new passphrase, typed twice, with how it stands up to guessing. */
export interface NewPassphrase {
  first: string;
  second: string;
}

/** The passphrase when it can be used: long enough, and twice the same. */
export function usablePassphrase({ first, second }: NewPassphrase): string | null {
  return passphraseStrength(first) !== 'too-short' && first === second ? first : null;
}

/** Two fields for a new passphrase. */
export function PassphraseFields({
  value,
  onChange,
}: {
  value: NewPassphrase;
  onChange: (value: NewPassphrase) => void;
}) {
  const { first, second } = value;
  const strength = first === '' ? '' : text.strengths[passphraseStrength(first)];
  return (
    <>
      <Field label={text.passphrase} help={<span role="status">{strength}</span>}>
        {({ id, describedBy }) => (
          <SecretInput
            id={id}
            label={text.passphrase}
            value={first}
            onChange={(event) => onChange({ ...value, first: event.target.value })}
            {...describedBy}
          />
        )}
      </Field>
      <Field label={text.again} error={second !== '' && second !== first ? text.differ : undefined}>
        {({ id, describedBy, invalid }) => (
          <SecretInput
            id={id}
            label={text.again}
            value={second}
            onChange={(event) => onChange({ ...value, second: event.target.value })}
            {...describedBy}
            {...invalid}
          />
        )}
      </Field>
    </>
  );
}
