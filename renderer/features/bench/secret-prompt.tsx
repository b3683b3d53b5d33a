import { useState } from 'react';
import { appErrorOf } from '../../../shared/errors.ts';
import { describeError } from '../../../shared/messages.ts';
import type { SecretKind } from '../../../shared/secrets.ts';
import type { SecretPrompt } from '../../state/runs.ts';
import { common, secretLabels, secretPrompt as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { SecretInput, TextArea } from '../../ui/input.tsx';
import styles from './bench.module.css';

/** Asks for the secrets of one run. They go with that run and are kept nowhere. */
export function SecretPromptDialog({ prompt }: { prompt: SecretPrompt }) {
  const { facts, answer } = prompt;
  const [typed, setTyped] = useState<Partial<Record<SecretKind, string>>>({});
  const isComplete = facts.kinds.every((kind) => typed[kind]);
  const submit = () => {
    if (isComplete) answer(typed);
  };
  return (
    <Dialog
      title={text.title}
      intro={describeError(appErrorOf('SECRET_NEEDED', facts)).what}
      onClose={() => answer(null)}
      footer={
        <>
          <Button onPress={() => answer(null)}>{common.cancel}</Button>
          <Button kind="primary" onPress={submit} isDisabled={!isComplete}>
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
                <TextArea
                  id={id}
                  mono
                  rows={4}
                  data-secret=""
                  value={typed[kind] ?? ''}
                  onChange={(event) => setTyped((now) => ({ ...now, [kind]: event.target.value }))}
                />
              ) : (
                <SecretInput
                  id={id}
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
