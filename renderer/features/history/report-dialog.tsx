import { useState } from 'react';
import type { ReportRef } from '../../../shared/contract.ts';
import { REPORT_FORMATS, type ReportFormat } from '../../../shared/report-formats.ts';
import { useClient } from '../../state/client-context.ts';
import { errorText, useRequest } from '../../state/requests.ts';
import { common, reporting as text } from '../../text.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Note } from '../../ui/note.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Switch } from '../../ui/switch.tsx';
import { SaveAs } from '../files/save-as.tsx';
import styles from './report-dialog.module.css';

const formats = REPORT_FORMATS.map((value) => ({ value, label: text.formats[value] }));

/** Shows what a report holds, masked or not, and saves it as page, text or JSON. */
export function ReportDialog({ report, onClose }: { report: ReportRef; onClose: () => void }) {
  const client = useClient();
  const [format, setFormat] = useState<ReportFormat>('html');
  const [mask, setMask] = useState(false);
  const rendered = useRequest('reports.render', { report, format, mask }, { keepPrevious: true });
  // A page is previewed as the text that has the same in it.
  const asText = format === 'html' ? 'text' : format;
  const preview = useRequest('reports.render', { report, format: asText, mask }, { keepPrevious: true });
  return (
    <Dialog
      title={text.title}
      intro={text.intro}
      size="large"
      onClose={onClose}
      footer={
        rendered.data && (
          <SaveAs
            key={`${format} ${mask}`}
            suggestedName={rendered.data.fileName}
            text={rendered.data.text}
            write={(destination, followLink) =>
              client('reports.save', { report, format, mask, destination, followLink })
            }
          />
        )
      }
    >
      <div className={styles.columns}>
        <div className={styles.choices}>
          <Segmented label={text.format} choices={formats} value={format} onChange={setFormat} fill />
          <p className={styles.soft}>{text.formatHelp[format]}</p>
          <Switch isOn={mask} onChange={setMask} help={text.maskHelp}>
            {text.mask}
          </Switch>
        </div>
        <div className={styles.result}>
          <div className={styles.head}>
            <h3>{text.preview}</h3>
            <CopyButton name={text.copy} text={() => preview.data?.text ?? ''} isDisabled={!preview.data} />
          </div>
          {preview.error && (
            <Note tone="failed" boxed>
              {errorText(preview.error.error)}
            </Note>
          )}
          {preview.isPending && <p role="status">{common.loading}</p>}
          {preview.data && (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
            <section className={styles.preview} aria-label={text.preview} tabIndex={0}>
              <pre>{preview.data.text}</pre>
            </section>
          )}
        </div>
      </div>
    </Dialog>
  );
}
