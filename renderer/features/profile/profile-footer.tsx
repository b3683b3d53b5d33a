import { FileOutput } from 'lucide-react';
import { useState } from 'react';
import type { SecretEdit } from '../../../shared/contract.ts';
import { dropDraft } from '../../state/drafts.ts';
import { errorText, useRequest } from '../../state/requests.ts';
import { goTo } from '../../state/ui.ts';
import { keychain, editor as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import { KeychainDialog } from '../keychain/keychain-dialog.tsx';
import { useEditor } from './editor-context.ts';
import styles from './profile.module.css';

/** Revert, save, check and save, export; and what stood in the way of the last save. */
export function ProfileFooter({ onExport }: { onExport: () => void }) {
  const editor = useEditor();
  const hasWork = editor.isDirty || !editor.stored;
  const isReadOnly = (useRequest('library.state', {}).data?.mode ?? 'ready') !== 'ready';
  const discard = () => {
    dropDraft(editor.key);
    goTo({ kind: 'home' });
  };
  return (
    <footer className={styles.footer}>
      <Trouble />
      {isReadOnly && <Note tone="warning">{text.readOnly}</Note>}
      {editor.isOvertaken && !editor.trouble && <Note tone="warning">{text.changedElsewhere}</Note>}
      <div className={styles.buttons}>
        {editor.stored ? (
          <Button onPress={editor.revert} isOff={!editor.isDirty}>
            {text.revert}
          </Button>
        ) : (
          <Button kind="quiet" onPress={discard}>
            {text.discard}
          </Button>
        )}
        <Button onPress={() => void editor.save()} isOff={!hasWork || editor.isSaving} keys="Control+S">
          {text.save}
        </Button>
        <Button kind={hasWork ? 'primary' : 'plain'} onPress={() => void editor.checkAndSave()} isOff={editor.isSaving}>
          {text.checkAndSave}
        </Button>
        <span className={styles.spread} />
        <Button icon={FileOutput} onPress={onExport}>
          {text.export}
        </Button>
      </div>
    </footer>
  );
}

function Trouble() {
  const { trouble, save, secrets, dismissTrouble } = useEditor();
  const [isHelping, setHelping] = useState(false);
  if (trouble?.kind === 'check-failed') {
    const anyway = () => {
      dismissTrouble();
      void save();
    };
    return (
      <div role="alert">
        <Note
          tone="warning"
          action={
            <Button small onPress={anyway}>
              {text.saveAnyway}
            </Button>
          }
        >
          {text.notSaved}
        </Note>
      </div>
    );
  }
  if (trouble?.kind !== 'error') return null;
  const isKeychain = trouble.error.code.startsWith('KEYCHAIN_');
  const forSession: SecretEdit[] = secrets.map((each) =>
    each.action === 'set' || each.action === 'take' ? { ...each, storage: 'session' } : each,
  );
  return (
    <div role="alert">
      <Note
        tone="failed"
        action={
          isKeychain && (
            <>
              <Button small onPress={() => void save({ secrets: forSession })}>
                {text.sessionInstead}
              </Button>
              <Button small kind="quiet" onPress={() => setHelping(true)}>
                {keychain.steps}
              </Button>
            </>
          )
        }
      >
        {errorText(trouble.error)}
      </Note>
      {isHelping && <KeychainDialog onClose={() => setHelping(false)} />}
    </div>
  );
}
