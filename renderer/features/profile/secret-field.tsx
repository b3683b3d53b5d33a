import { KeyRound, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { isMask, type SecretKind } from '../../../shared/secrets.ts';
import { useRequest } from '../../state/requests.ts';
import { secretLabels, secrets as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FieldGroup } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { SecretInput, TextArea } from '../../ui/input.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { useEditor } from './editor-context.ts';
import styles from './secret-field.module.css';
import { type SecretView, secretView } from './secret-view.ts';

type Storage = 'keychain' | 'session' | 'ask';

/**
 * A secret of the profile. It goes in and never comes out: what is stored shows only as a state, and can be replaced or
 * cleared. What is typed waits in memory until it is saved.
 */
export function SecretField({ kind, hint }: { kind: SecretKind; hint?: string | undefined }) {
  const { stored, secrets, base, settings, setSecret } = useEditor();
  const view = secretView(kind, stored?.secrets ?? [], secrets, base, settings);
  const [isReplacing, setReplacing] = useState(false);
  const isTyping = view.state === 'none' || view.state === 'pendingKeychain' || view.state === 'pendingSession';
  if (isTyping || view.state === 'pendingAsk' || isReplacing) {
    const back = () => {
      setSecret(kind, null);
      setReplacing(false);
    };
    const hasOld = stored?.secrets.some((each) => each.kind === kind) ?? false;
    return <TypeSecret kind={kind} hint={hint} view={view} onBack={hasOld ? back : undefined} />;
  }
  return (
    <KeptSecret
      kind={kind}
      view={view}
      onReplace={() => setReplacing(true)}
      onClear={() => setSecret(kind, { action: 'clear', kind })}
      onBack={() => setSecret(kind, null)}
    />
  );
}

function KeptSecret({
  kind,
  view,
  onReplace,
  onClear,
  onBack,
}: {
  kind: SecretKind;
  view: SecretView;
  onReplace: () => void;
  onClear: () => void;
  onBack: () => void;
}) {
  const keychain = useRequest('secrets.status', { check: false });
  const label = secretLabels[kind];
  const isOff = view.state === 'elsewhere' || view.state === 'missing';
  const words = view.state === 'keychain' ? text.states.keychain(keychain.data?.backend ?? '') : wordsFor(view.state);
  return (
    <FieldGroup
      label={label}
      help={view.state === 'elsewhere' ? text.elsewhereNext : view.state === 'missing' ? text.missingNext : undefined}
    >
      <div className={styles.kept} data-off={isOff}>
        <Icon of={KeyRound} />
        <span className={styles.words} data-field={`secret.${kind}`} tabIndex={-1}>
          {words}
        </span>
        {view.state === 'pendingClear' ? (
          <Button small kind="quiet" icon={Undo2} onPress={onBack}>
            {text.keepOld}
          </Button>
        ) : (
          <>
            <Button small kind="quiet" onPress={onReplace}>
              {view.state === 'ask' ? text.set : text.replace}
            </Button>
            <Button small kind="quiet" onPress={onClear}>
              {text.clear}
            </Button>
          </>
        )}
      </div>
    </FieldGroup>
  );
}

function wordsFor(state: Exclude<SecretView['state'], 'keychain'>): string {
  return state === 'none' ? text.placeholder : text.states[state];
}

function TypeSecret({
  kind,
  hint,
  view,
  onBack,
}: {
  kind: SecretKind;
  hint: string | undefined;
  view: SecretView;
  onBack: (() => void) | undefined;
}) {
  const { secrets, setSecret } = useEditor();
  const keychain = useRequest('secrets.status', { check: false });
  const canStore = keychain.data ? keychain.data.state === 'ready' || keychain.data.state === 'unchecked' : true;
  // An access token lives for an hour or so; it is never stored.
  const forSessionOnly = kind === 'accessToken';
  const pending = secrets.find((each) => each.kind === kind);
  const typed = pending?.action === 'set' ? pending.value : '';
  const [chosen, setChosen] = useState<Storage | null>(view.state === 'pendingAsk' ? 'ask' : null);
  const storage = chosen ?? (canStore && !forSessionOnly ? 'keychain' : 'session');

  const put = (value: string, where: Storage) => {
    if (where === 'ask') setSecret(kind, { action: 'ask', kind });
    else if (value === '') setSecret(kind, null);
    else setSecret(kind, { action: 'set', kind, value, storage: where });
  };
  const choices = (['keychain', 'session', 'ask'] as const)
    .filter((value) => value !== 'keychain' || (canStore && !forSessionOnly))
    .map((value) => ({ value, label: text.storages[value] }));
  const where = !canStore && storage === 'session' ? keychainNote(keychain.data?.state) : helpFor(storage);

  return (
    <Field label={secretLabels[kind]} help={hint} error={isMask(typed) ? text.mask : undefined}>
      {({ id, describedBy, invalid }) => (
        <div className={styles.typed}>
          <div className={styles.row}>
            {kind === 'clientKey' ? (
              <TextArea
                id={id}
                mono
                rows={3}
                data-secret=""
                className={styles.concealed}
                data-field={`secret.${kind}`}
                value={typed}
                disabled={storage === 'ask'}
                onChange={(event) => put(event.target.value, storage)}
                {...describedBy}
              />
            ) : (
              <SecretInput
                id={id}
                data-field={`secret.${kind}`}
                value={typed}
                disabled={storage === 'ask'}
                onChange={(event) => put(event.target.value, storage)}
                {...describedBy}
                {...invalid}
              />
            )}
            {onBack && (
              <Button kind="quiet" onPress={onBack}>
                {text.keepOld}
              </Button>
            )}
          </div>
          <div className={styles.where}>
            <Segmented
              label={`${text.keepIn}: ${secretLabels[kind]}`}
              choices={choices}
              value={storage}
              onChange={(next) => {
                setChosen(next);
                put(typed, next);
              }}
            />
            {where && <span className={styles.note}>{where}</span>}
          </div>
        </div>
      )}
    </Field>
  );
}

function helpFor(storage: Storage): string {
  if (storage === 'session') return text.sessionHelp;
  return storage === 'ask' ? text.askHelp : '';
}

function keychainNote(state: string | undefined): string {
  return state === 'locked' ? text.lockedKeychain : text.noKeychain;
}
