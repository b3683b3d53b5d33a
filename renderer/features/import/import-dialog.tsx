import { useCallback, useEffect, useState } from 'react';
import type { RequestInput } from '../../../shared/contract.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { ImportPreview } from '../../../shared/target.ts';
import { useClient } from '../../state/client-context.ts';
import { noteProduct } from '../../state/products.ts';
import { useRefresh } from '../../state/requests.ts';
import { toast } from '../../state/toasts.ts';
import { goTo, useUi } from '../../state/ui.ts';
import { common, importing as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Note } from '../../ui/note.tsx';
import { NotStored } from '../keychain/not-stored.tsx';
import { acceptImport } from './accept-import.ts';
import { type Choice, forSession, initialChoices, isReady } from './import-choices.ts';
import styles from './import-dialog.module.css';
import { ImportSource } from './import-source.tsx';
import { readDropped } from './read-dropped.ts';
import { Understood } from './understood.tsx';

type Source = RequestInput<'imports.read'>['source'];

/** Reads a product's file, shows what was understood of it, and stores what is accepted. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const dropped = useUi((state) => state.dropped);
  const client = useClient();
  const refresh = useRefresh();
  const [source, setSource] = useState<Source | null>(null);
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [choices, setChoices] = useState<Choice[]>([]);
  const [error, setError] = useState<AppError | null>(null);
  const [reading, setReading] = useState<AbortController | null>(null);
  const [isStoring, setStoring] = useState(false);

  const read = useCallback(
    async (from: Source, target: string | null) => {
      const controller = new AbortController();
      setSource(from);
      setReading(controller);
      const result = await client('imports.read', { source: from, target }, { signal: controller.signal });
      // What comes after a cancel is not wanted any more.
      if (controller.signal.aborted) return;
      setReading(null);
      setError(result.ok ? null : result.error);
      setPreview(result.ok ? result.value : null);
      if (result.ok) setChoices(initialChoices(result.value));
    },
    [client],
  );
  useEffect(() => {
    if (!dropped) return;
    useUi.setState({ dropped: null });
    void readDropped(dropped).then((from) => (from ? read(from, null) : toast.say(text.tooLarge)));
  }, [dropped, read]);
  const cancelReading = () => {
    reading?.abort();
    setReading(null);
  };
  const chosen = choices.filter(({ isIncluded }) => isIncluded);
  const accept = async (accepted: readonly Choice[]) => {
    if (!preview) return;
    setStoring(true);
    const result = await acceptImport(client, preview.importId, accepted);
    setStoring(false);
    if (!result.ok) {
      setError(result.error);
      refresh('secrets.status');
      return;
    }
    refresh('profiles.list', 'profiles.get', 'app.info');
    toast.say(text.done(result.value.length, countUpdates(accepted)));
    for (const { profile } of result.value) noteProduct(profile.id, preview.target);
    const first = result.value[0];
    if (first) goTo({ kind: 'profile', id: first.profile.id });
    onClose();
  };

  return (
    <Dialog
      title={text.title}
      intro={text.intro}
      size={preview ? 'large' : 'medium'}
      onClose={onClose}
      footer={
        preview && (
          <>
            <Button onPress={() => setPreview(null)}>{text.back}</Button>
            <Button
              kind="primary"
              isOff={isStoring || reading !== null || chosen.length === 0 || !chosen.every(isReady)}
              onPress={() => void accept(chosen)}
            >
              {isStoring ? text.storing : text.accept(chosen.length, countUpdates(chosen))}
            </Button>
          </>
        )
      }
    >
      <div className={styles.stack}>
        {error && <NotStored error={error} onSession={preview && (() => void accept(chosen.map(forSession)))} />}
        {reading && (
          <div role="status">
            <Note
              boxed
              action={
                <Button small onPress={cancelReading}>
                  {common.cancel}
                </Button>
              }
            >
              {text.reading}
            </Note>
          </div>
        )}
        {preview && source ? (
          <Understood
            preview={preview}
            choices={choices}
            onChoices={setChoices}
            onTarget={(target) => void read(source, target)}
          />
        ) : (
          <ImportSource onSource={(from, target) => void read(from, target)} offersTarget={error !== null} />
        )}
      </div>
    </Dialog>
  );
}

function countUpdates(choices: readonly Choice[]): number {
  return choices.filter(({ into }) => into).length;
}
