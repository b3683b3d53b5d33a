import { Copy } from 'lucide-react';
import { useState } from 'react';
import type { Subject } from '../../../shared/contract.ts';
import type { SheetField } from '../../../shared/entry-sheet.ts';
import { useClient } from '../../state/client-context.ts';
import { errorText, useRequest } from '../../state/requests.ts';
import { entering as text } from '../../text.ts';
import { IconButton } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Note } from '../../ui/note.tsx';
import styles from './entry-sheet.module.css';

/** What happened to the secret that was copied last. */
type Copied = { tone: 'ok' | 'failed'; words: string };

/** The form of a product, field by field in its order, with what to enter. Secrets are copied by the engine, unseen. */
export function EntrySheet({ subject, target }: { subject: Subject; target: string }) {
  const sheet = useRequest('sheets.read', { subject, target }, { keepPrevious: true });
  const info = useRequest('app.info', {});
  const client = useClient();
  const [copied, setCopied] = useState<Copied | null>(null);
  const copySecret = async (field: number) => {
    const result = await client('sheets.copy', { subject, target, field });
    if (!result.ok) return setCopied({ tone: 'failed', words: errorText(result.error) });
    const { label, clearsAfterSeconds } = result.value;
    const where = info.data?.door === 'browser' ? text.onHost : '';
    setCopied({ tone: 'ok', words: `${text.copied(label, clearsAfterSeconds ?? 0)}${where}` });
  };
  if (sheet.error) {
    return (
      <Note tone="failed" boxed>
        {errorText(sheet.error.error)}
      </Note>
    );
  }
  if (!sheet.data) return <p role="status">{text.loading}</p>;
  const { place, fields } = sheet.data;
  return (
    <section className={styles.sheet} aria-label={text.label}>
      <p className={styles.place}>{place}</p>
      <ol className={styles.fields}>
        {fields.map((field, index) => (
          <li key={field.label} className={styles.field}>
            <span className={styles.name}>
              {field.label}
              {field.help && <span className={styles.help}>{field.help}</span>}
            </span>
            <Entered field={field} />
            {field.isSecret && (
              <IconButton small icon={Copy} name={text.copy(field.label)} onPress={() => void copySecret(index)} />
            )}
            {!field.isSecret && field.enter !== '' && (
              <CopyButton iconOnly name={text.copy(field.label)} text={() => field.enter} />
            )}
          </li>
        ))}
      </ol>
      <div role="status">{copied && <Note tone={copied.tone === 'ok' ? 'info' : 'failed'}>{copied.words}</Note>}</div>
    </section>
  );
}

function Entered({ field: { enter, isSecret, isRequired } }: { field: SheetField }) {
  if (isSecret) return <span className={styles.empty}>{text.secret}</span>;
  if (enter !== '') return <code className={styles.enter}>{enter}</code>;
  return <span className={styles.empty}>{isRequired ? text.required : text.empty}</span>;
}
