import { useState } from 'react';
import { appErrorOf } from '../../../shared/errors.ts';
import { describeError } from '../../../shared/messages.ts';
import type { SecretKind } from '../../../shared/secrets.ts';
import type { SecretPrompt } from '../../state/runs.ts';
import { common, secretLabels, secretPrompt as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { SecretArea, SecretInput } from '../../ui/secret-input.tsx';
import { focusField } from '../profile/focus-field.ts';
import styles from './bench.module.css';

/** Asks for the secrets of one run. They go with that run and are kept nowhere. */
export function SecretPromptDialog({ prompt }: { prompt: SecretPrompt }) {
  const { facts, answer } = prompt;
  const [typed, setTyped] = useState<Partial<Record<SecretKind, string>>>({});
  const submit = () => {
    const missing = facts.kinds.find((kind) => !typed[kind]);
    if (missing) focusField(`prompt.${missing}`);
    else answer(typed);
  };
  return (
    <Dialog
      title={text.title}
      intro={describeError(appErrorOf('SECRET_NEEDED', facts)).what}
      onClose={() => answer(null)}
      footer={
        <>
          <Button onPress={() => answer(null)}>{common.cancel}</Button>
          <Button kind="primary" onPress={submit}>
            {text.run}
          </Button>
        </>
      }
    >
      <div className={styles.prompt}>
        {facts.kinds.map((kind, index) => (
          <Field key={kind} label={secretLabels[kind]} stacked>
            {({ id }) =>
              kind === 'clientKey' ? (
                <SecretArea
                  id={id}
                  label={secretLabels[kind]}
                  rows={4}
                  data-field={`prompt.${kind}`}
                  value={typed[kind] ?? ''}
                  onChange={(event) => setTyped((now) => ({ ...now, [kind]: event.target.value }))}
                />
              ) : (
                <SecretInput
                  id={id}
                  label={secretLabels[kind]}
                  data-field={`prompt.${kind}`}
                  autoFocus={index === 0}
                  value={typed[kind] ?? ''}
                  onChange={(event) => setTyped((now) => ({ ...now, [kind]: event.target.value }))}
                  onKeyDown={(event) => {
                    if (event.key === 'Enter') submit();
                  }}
                />
              )
            }
          </Field>
        ))}
        <p className={styles.caveat}>{text.note}</p>
      </div>
    </Dialog>
  );
}
