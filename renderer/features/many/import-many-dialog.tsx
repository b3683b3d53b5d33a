import { useEffect, useMemo, useRef, useState } from 'react';
import type { AppError } from '../../../shared/errors.ts';
import type { ImportSetFile, ImportSetPreview } from '../../../shared/import-set.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { describeError } from '../../../shared/messages.ts';
import type { SecretStorage } from '../../../shared/secrets.ts';
import { useClient } from '../../state/client-context.ts';
import { droppedSource, takeIncoming } from '../../state/incoming.ts';
import { useLongWork } from '../../state/long-work.ts';
import { useRefresh, useRequest } from '../../state/requests.ts';
import { toast } from '../../state/toasts.ts';
import { goTo } from '../../state/ui.ts';
import { importing, importMany as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Fold } from '../../ui/fold.tsx';
import { Input } from '../../ui/input.tsx';
import { Note } from '../../ui/note.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Select } from '../../ui/select.tsx';
import { Check } from '../../ui/switch.tsx';
import { UnderstoodTable } from '../import/understood-table.tsx';
import { NotStored } from '../keychain/not-stored.tsx';
import { useKeychain } from '../keychain/use-keychain.ts';
import { initialSetChoices, type SetChoice, setHoldsSecrets, toAccept } from './import-set-choices.ts';
import styles from './many.module.css';

type Storage = SecretStorage | 'leave-out';
const storages = (['keychain', 'session', 'ask', 'leave-out'] as const).map((value) => ({
  value,
  label: importing.storages[value],
}));

/** Reads a folder, an archive or several files, shows what was understood of each, and stores what is accepted. */
export function ImportManyDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const refresh = useRefresh();
  const { canStore } = useKeychain();
  const { working, run, cancel } = useLongWork();
  const [set, setSet] = useState<ImportSetPreview | null>(null);
  const [choices, setChoices] = useState<SetChoice[]>([]);
  const [storage, setStorage] = useState<Storage | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const started = useRef(false);
  const where = storage ?? (canStore ? 'keychain' : 'session');

  useEffect(() => {
    if (started.current) return;
    started.current = true;
    const incoming = takeIncoming();
    if (!incoming) return;
    void (async () => {
      const source =
        incoming.kind === 'path'
          ? ({ kind: 'path', token: incoming.token } as const)
          : await droppedSource(incoming.files);
      if (!source) {
        toast.say(text.tooLarge);
        return onClose();
      }
      const result = await run('importSet.read', { source });
      if (result.ok) {
        setSet(result.value);
        setChoices(initialSetChoices(result.value));
      } else if (result.error.code === 'CANCELLED') onClose();
      else setError(result.error);
    })();
  }, [run, onClose]);

  const chosen = choices.filter(({ isIncluded }) => isIncluded);
  const accept = async (into: Storage) => {
    if (!set) return;
    const result = await client('imports.accept', { importId: set.importId, choices: toAccept(chosen, into) });
    if (!result.ok) {
      setError(result.error);
      refresh('secrets.status');
      return;
    }
    refresh('profiles.list', 'app.info');
    toast.say(importing.done(result.value.length, 0));
    const [only, second] = result.value;
    if (only && !second) goTo({ kind: 'profile', id: only.profile.id });
    onClose();
  };
  const change = (index: number, part: Partial<SetChoice>) =>
    setChoices((now) => now.map((choice) => (choice.index === index ? { ...choice, ...part } : choice)));

  return (
    <Dialog
      title={set ? `${text.title}: ${set.name}` : text.title}
      intro={text.intro}
      size="large"
      onClose={onClose}
      footer={
        working ? (
          <Progress
            label={working.progress.name || text.reading}
            {...working.progress}
            isCancelling={working.isCancelling}
            onCancel={cancel}
          />
        ) : (
          set && (
            <Button
              kind="primary"
              isDisabled={chosen.length === 0 || chosen.some(({ name }) => name.trim() === '')}
              onPress={() => void accept(where)}
            >
              {text.accept(chosen.length)}
            </Button>
          )
        )
      }
    >
      <div className={styles.stack}>
        {error && <NotStored error={error} onSession={set && (() => void accept('session'))} />}
        {set && (
          <>
            {setHoldsSecrets(set) && (
              <div className={styles.keep}>
                <Field label={text.keep}>
                  {({ id }) => <Select id={id} choices={storages} value={where} onChange={setStorage} />}
                </Field>
              </div>
            )}
            <Files set={set} choices={choices} onChange={change} />
          </>
        )}
      </div>
    </Dialog>
  );
}

function Files({
  set: { files },
  choices,
  onChange,
}: {
  set: ImportSetPreview;
  choices: readonly SetChoice[];
  onChange: (index: number, part: Partial<SetChoice>) => void;
}) {
  const targets = useRequest('targets.list', {});
  const productOf = (id: string) => targets.data?.find((target) => target.id === id)?.name ?? id;
  const byIndex = useMemo(() => new Map(choices.map((choice) => [choice.index, choice])), [choices]);
  const refused = files.filter(({ error }) => error !== null);
  const read = files.filter(({ preview }) => preview !== null);
  return (
    <>
      <p role="status">{read.length === 0 ? text.nothing : text.count(read.length, files.length)}</p>
      <div>
        {read.map((file) => (
          <FileEntry
            key={file.path}
            file={file}
            productOf={productOf}
            choiceOf={(index) => byIndex.get(index)}
            onChange={onChange}
          />
        ))}
      </div>
      {refused.length > 0 && (
        <Fold title={text.refused(refused.length)} isNeeded={read.length === 0}>
          <table className={styles.table}>
            <tbody>
              {refused.map(({ path, error }) => (
                <tr key={path}>
                  <th scope="row" className={styles.path}>
                    <bdi>{path}</bdi>
                  </th>
                  <td>{error && describeError(error).what}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Fold>
      )}
    </>
  );
}

function FileEntry({
  file: { path, first, preview },
  productOf,
  choiceOf,
  onChange,
}: {
  file: ImportSetFile;
  productOf: (target: string) => string;
  choiceOf: (index: number) => SetChoice | undefined;
  onChange: (index: number, part: Partial<SetChoice>) => void;
}) {
  if (!preview) return null;
  return (
    <section className={styles.entry} aria-label={path}>
      {preview.profiles.map((settings, at) => {
        const choice = choiceOf(first + at);
        if (!choice) return null;
        return (
          <div key={choice.index} className={styles.entryHead}>
            <Check isOn={choice.isIncluded} onChange={(isIncluded) => onChange(choice.index, { isIncluded })}>
              <span className={styles.path}>
                <bdi>{path}</bdi>
              </span>{' '}
              <span className={styles.soft}>
                {text.from(productOf(preview.target))}, <bdi>{settings.server.host}</bdi>
              </span>
            </Check>
            <Input
              aria-label={text.nameOf(path)}
              value={choice.name}
              maxLength={LIMITS.profileName}
              disabled={!choice.isIncluded}
              onChange={(event) => onChange(choice.index, { name: event.target.value })}
            />
          </div>
        );
      })}
      <div className={styles.inside}>
        {preview.warnings.map((warning) => (
          <Note key={warning} tone="warning">
            {warning}
          </Note>
        ))}
        <Fold title={text.details}>
          {preview.profiles.map(({ name }, at) => (
            <UnderstoodTable key={name} preview={preview} index={at} />
          ))}
        </Fold>
      </div>
    </section>
  );
}
