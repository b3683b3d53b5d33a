import { useState } from 'react';
import { BATCH_FORMATS, type BatchFormat, type BatchReport } from '../../../shared/batch.ts';
import { useClient } from '../../state/client-context.ts';
import { useRequest } from '../../state/requests.ts';
import { batch as text } from '../../text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { SaveAs } from '../files/save-as.tsx';
import styles from './batch.module.css';

const formats = BATCH_FORMATS.map((value) => ({ value, label: text.formats[value] }));

/** Saves the result table as CSV, JSON or JUnit XML. */
export function SaveResultDialog({ report, onClose }: { report: BatchReport; onClose: () => void }) {
  const client = useClient();
  const [format, setFormat] = useState<BatchFormat>('csv');
  const rendered = useRequest('batches.render', { id: report.id, format });
  return (
    <Dialog
      title={text.saveTitle}
      intro={text.saveIntro}
      onClose={onClose}
      footer={
        <SaveAs
          key={format}
          suggestedName={rendered.data?.fileName ?? ''}
          text={rendered.data?.text}
          write={(destination, followLink) =>
            client('batches.save', { id: report.id, format, destination, followLink })
          }
        />
      }
    >
      <div className={styles.formats}>
        <Segmented label={text.format} choices={formats} value={format} onChange={setFormat} fill />
        <p className={styles.soft}>{text.formatHelp[format]}</p>
      </div>
    </Dialog>
  );
}
