import { importing, importMany as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Select } from '../../ui/select.tsx';
import { NotStored } from '../keychain/not-stored.tsx';
import { setHoldsSecrets } from './import-set-choices.ts';
import { ImportSetFiles } from './import-set-files.tsx';
import styles from './many.module.css';
import { useImportMany } from './use-import-many.ts';

const storages = (['keychain', 'session', 'ask', 'leave-out'] as const).map((value) => ({
  value,
  label: importing.storages[value],
}));

/** Reads a folder, an archive or several files, shows what was understood of each, and stores what is accepted. */
export function ImportManyDialog({ onClose }: { onClose: () => void }) {
  const state = useImportMany(onClose);
  const { working, set, error, chosen, storage } = state;
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
            onCancel={state.cancel}
          />
        ) : (
          set && (
            <Button
              kind="primary"
              isDisabled={chosen.length === 0 || chosen.some(({ name }) => name.trim() === '')}
              onPress={() => void state.accept(storage)}
            >
              {text.accept(chosen.length)}
            </Button>
          )
        )
      }
    >
      <div className={styles.stack}>
        {error && <NotStored error={error} onSession={set && (() => void state.accept('session'))} />}
        {set && setHoldsSecrets(set) && (
          <div className={styles.keep}>
            <Field label={text.keep}>
              {({ id }) => <Select id={id} choices={storages} value={storage} onChange={state.setStorage} />}
            </Field>
          </div>
        )}
        {set && <ImportSetFiles set={set} choices={state.choices} onChange={state.change} />}
      </div>
    </Dialog>
  );
}
