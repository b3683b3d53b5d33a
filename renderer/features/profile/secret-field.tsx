import { KeyRound, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { isMask, type SecretKind } from '../../../shared/secrets.ts';
import { keychain as keychainText, secretLabels, secrets as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FieldGroup } from '../../ui/field.tsx';
import { Fold } from '../../ui/fold.tsx';
import { Icon } from '../../ui/icon.tsx';
import { SecretArea, SecretInput } from '../../ui/secret-input.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { KeychainHelp } from '../keychain/keychain-help.tsx';
import { type Keychain, useKeychain } from '../keychain/use-keychain.ts';
import { useEditor } from './editor-context.ts';
import { FieldNames } from './field-names.tsx';
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
  const { report } = useKeychain();
  const label = secretLabels[kind];
  const isFromFile = view.state === 'pendingFile' || view.state === 'pendingFileSession';
  const isOff = view.state === 'elsewhere' || view.state === 'missing';
  const words = view.state === 'keychain' ? text.states.keychain(report?.backend ?? '') : wordsFor(view.state);
  return (
    <FieldGroup
      label={label}
      aside={<FieldNames field={`secret.${kind}`} label={label} />}
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
            <Button small kind="quiet" onPress={isFromFile ? onBack : onClear}>
              {isFromFile ? text.leaveOut : text.clear}
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
  const keychain = useKeychain();
  const [wasLeft, setLeft] = useState(false);
  // An access token lives for an hour or so; it is never stored.
  const isStorable = kind !== 'accessToken';
  const pending = secrets.find((each) => each.kind === kind);
  const typed = pending?.action === 'set' ? pending.value : '';
  const [chosen, setChosen] = useState<Storage | null>(view.state === 'pendingAsk' ? 'ask' : null);
  const storage = chosen ?? (keychain.canStore && isStorable ? 'keychain' : 'session');

  const put = (value: string, where: Storage) => {
    if (where === 'ask') setSecret(kind, { action: 'ask', kind });
    else if (value === '') setSecret(kind, null);
    else setSecret(kind, { action: 'set', kind, value, storage: where });
  };
  const choices = (['keychain', 'session', 'ask'] as const)
    .filter((value) => value !== 'keychain' || (keychain.canStore && isStorable))
    .map((value) => ({ value, label: text.storages[value] }));
  const label = secretLabels[kind];

  return (
    <Field
      label={label}
      aside={<FieldNames field={`secret.${kind}`} label={label} />}
      help={hint}
      error={wasLeft && isMask(typed) ? text.mask : undefined}
    >
      {({ id, describedBy, invalid }) => {
        const input = {
          id,
          label,
          'data-field': `secret.${kind}`,
          value: typed,
          disabled: storage === 'ask',
          onBlur: () => setLeft(typed !== ''),
          ...describedBy,
          ...invalid,
        };
        return (
          <div className={styles.typed}>
            <div className={styles.row}>
              {kind === 'clientKey' ? (
                <SecretArea {...input} rows={3} onChange={(event) => put(event.target.value, storage)} />
              ) : (
                <SecretInput {...input} onChange={(event) => put(event.target.value, storage)} />
              )}
              {onBack && (
                <Button kind="quiet" onPress={onBack}>
                  {text.keepOld}
                </Button>
              )}
            </div>
            <div className={styles.where}>
              <Segmented
                label={`${text.keepIn}: ${label}`}
                choices={choices}
                value={storage}
                onChange={(next) => {
                  setChosen(next);
                  put(typed, next);
                }}
              />
              <WhereKept storage={storage} keychain={keychain} isStorable={isStorable} />
            </div>
          </div>
        );
      }}
    </Field>
  );
}

/** Where the secret goes, and what stands in the way of the keychain on this machine. */
function WhereKept({ storage, keychain, isStorable }: { storage: Storage; keychain: Keychain; isStorable: boolean }) {
  const { report, canStore } = keychain;
  const backend = report?.backend ?? '';
  const words = {
    keychain: report?.state === 'ready' ? keychainText.goesTo(backend) : keychainText.untried(backend),
    session: canStore || !isStorable ? text.sessionHelp : keychainText.noStore,
    ask: text.askHelp,
  }[storage];
  return (
    <>
      <span className={styles.note}>{words}</span>
      {!canStore && isStorable && (
        <div className={styles.steps}>
          <Fold title={keychainText.steps}>
            <KeychainHelp keychain={keychain} />
          </Fold>
        </div>
      )}
    </>
  );
}
