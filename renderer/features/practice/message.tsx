import type { MessageContent, PracticeMessage } from '../../../shared/practice.ts';
import { escapeControls } from '../../../shared/text.ts';
import { useRequest } from '../../state/requests.ts';
import { common, practice as text } from '../../text.ts';
import { bytes, moment } from '../../ui/format.ts';
import { type TabItem, Tabs } from '../../ui/tabs.tsx';
import styles from './message.module.css';
import { MessageFrame } from './message-frame.tsx';

/** One message of the inbox: who sent what to whom, and its parts. Nothing in it is run, loaded or followed. */
export function Message({ message }: { message: PracticeMessage }) {
  const full = useRequest('practice.message', { id: message.id });
  const rows: [string, string][] = [
    [text.from, message.from || message.envelopeFrom],
    [text.envelope, `${message.envelopeFrom || '<>'} → ${message.recipients.join(', ')}`],
    [text.received, `${moment(message.receivedAt)}, ${bytes(message.bytes)}`],
  ];
  return (
    <article className={styles.full}>
      <h3>
        <bdi>{escapeControls(message.subject) || text.noSubject}</bdi>
      </h3>
      <dl className={styles.facts}>
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{escapeControls(value)}</dd>
          </div>
        ))}
      </dl>
      {full.data ? (
        <Tabs label={text.parts} items={tabsOf(full.data.content, full.data.source)} />
      ) : (
        <p className={styles.soft}>{full.isError ? text.messageGone : common.loading}</p>
      )}
    </article>
  );
}

function tabsOf(content: MessageContent | null, source: string): TabItem[] {
  const whole = { id: 'source', label: text.source, content: <Lines text={source} label={text.source} /> };
  if (!content) return [{ ...whole, content: [<Note key="note">{text.notTakenApart}</Note>, whole.content] }];
  const { headers, html, attachments } = content;
  const tabs: TabItem[] = [];
  if (content.text !== '' || html === '') {
    const plain = content.text === '' ? <Note>{text.noText}</Note> : <Lines text={content.text} label={text.text} />;
    tabs.push({ id: 'text', label: text.text, content: plain });
  }
  if (html !== '') tabs.push({ id: 'html', label: text.html, content: <MessageFrame html={html} /> });
  tabs.push({ id: 'headers', label: text.headers, content: <Headers headers={headers} /> });
  if (attachments.length > 0) {
    tabs.push({ id: 'attachments', label: text.attachments, content: <Attachments attachments={attachments} /> });
  }
  const cut = content.isCut
    ? tabs.map((tab) => (tab.id === 'text' || tab.id === 'html' ? withCutNote(tab) : tab))
    : tabs;
  return [...cut, whole];
}

function withCutNote(tab: TabItem): TabItem {
  return { ...tab, content: [<Note key="note">{text.cut}</Note>, tab.content] };
}

function Note({ children }: { children: string }) {
  return <p className={styles.soft}>{children}</p>;
}

/** Lines of text as they are; every control character but line breaks and tabs is made visible. */
function Lines({ text: content, label }: { text: string; label: string }) {
  const shown = content.split(/\r?\n/).map((line) => escapeControls(line.replaceAll('\t', '    ')));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
    <section className={styles.lines} aria-label={label} tabIndex={0}>
      <pre>{shown.join('\n')}</pre>
    </section>
  );
}

function Headers({ headers }: Pick<MessageContent, 'headers'>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
    <section className={styles.lines} aria-label={text.headers} tabIndex={0}>
      <dl className={styles.headers}>
        {headers.map(({ name, value }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a header may come twice, and the list never changes
          <div key={at}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Attachments({ attachments }: Pick<MessageContent, 'attachments'>) {
  return (
    <ul className={styles.attachments}>
      {attachments.map(({ name, type, bytes: size }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: names may come twice, and the list never changes
        <li key={at}>
          <bdi>{name || text.unnamed}</bdi>
          <span className={styles.soft}>
            {type}, {bytes(size)}
          </span>
        </li>
      ))}
    </ul>
  );
}
