import { Download, Save } from 'lucide-react';
import { useState } from 'react';
import { errorText, useRequest } from '../../state/requests.ts';
import { exporting as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { bytes } from '../../ui/format.ts';
import { Note } from '../../ui/note.tsx';
import { TypedPath, useTypedPath } from '../files/typed-path.tsx';
import { downloadText } from './download.ts';
import styles from './export-dialog.module.css';
import type { ExportState } from './use-export.ts';

/** The ways to get the file: download, save, save into the existing one; and what came of it. */
export function ExportFooter({ state }: { state: ExportState }) {
  const { preview, saving, save, write, policy, into } = state;
  const typesPaths = useTypedPath();
  const info = useRequest('app.info', {});
  const [asking, setAsking] = useState(false);
  const { data } = preview;
  // The masked text is not the file where a secret belongs into it, so there is nothing worth downloading then.
  const isReady = data !== undefined && preview.error === null;
  const saveAs = () => (typesPaths ? setAsking(true) : void save(null));
  const canDownload = info.data?.door === 'browser' && data?.isWhole && !data.holdsSecret && policy !== 'include';
  return (
    <div className={styles.footer}>
      <div role="status">
        <SaveNotice state={state} />
      </div>
      {asking && typesPaths && (
        <TypedPath
          label={text.savePath}
          initial={data?.fileName ?? ''}
          verb={text.save}
          onPath={(path) => {
            setAsking(false);
            void save(path);
          }}
          onCancel={() => setAsking(false)}
        />
      )}
      <div className={styles.footerButtons}>
        {canDownload && (
          <Button icon={Download} onPress={() => downloadText(data.fileName, data.text)}>
            {text.download}
          </Button>
        )}
        {saving.kind === 'replace' && (
          <Button kind="danger" onPress={() => void write(saving.token, false)}>
            {text.replaceButton}
          </Button>
        )}
        {saving.kind === 'link' && <Button onPress={() => void write(saving.token, true)}>{text.link}</Button>}
        {saving.kind !== 'replace' && !asking && (
          <Button kind={into ? 'plain' : 'primary'} icon={Save} isDisabled={!isReady} onPress={saveAs}>
            {into ? text.saveAs : text.save}
          </Button>
        )}
        {into && (
          <Button kind="primary" icon={Save} isDisabled={!isReady} onPress={() => void write(into.token, false)}>
            {text.saveInto(into.name)}
          </Button>
        )}
      </div>
    </div>
  );
}

function SaveNotice({ state: { saving } }: { state: ExportState }) {
  switch (saving.kind) {
    case 'idle':
      return null;
    case 'replace':
      return <Note tone="warning">{text.replace(saving.name)}</Note>;
    case 'link':
      return <Note tone="warning">{errorText({ code: 'FILE_IS_LINK', facts: saving.facts })}</Note>;
    case 'error':
      return <Note tone="failed">{errorText(saving.error)}</Note>;
    case 'done':
      return (
        <p className={styles.written}>
          {text.written(saving.written.file, bytes(saving.written.bytes))}{' '}
          {saving.written.backup && text.backup(saving.written.backup)}
        </p>
      );
  }
}
