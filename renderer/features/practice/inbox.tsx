import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import type { PracticeMessage } from '../../../shared/practice.ts';
import { escapeControls } from '../../../shared/text.ts';
import { useAct, useRefresh, useRequest } from '../../state/requests.ts';
import { common, practice as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { bytes, time } from '../../ui/format.ts';
import styles from './practice.module.css';

/** What would have been delivered. Messages are shown as text only: nothing in them is run, loaded or drawn. */
export function Inbox({ isRunning }: { isRunning: boolean }) {
  const act = useAct();
  const refresh = useRefresh();
  const inbox = useRequest('practice.inbox', {}, isRunning ? { every: 1_500 } : {});
  const [openId, setOpenId] = useState<string | null>(null);
  const messages = inbox.data ?? [];
  const open = messages.find(({ id }) => id === openId);
  const clear = async () => {
    await act('practice.clear', {});
    setOpenId(null);
    refresh('practice.inbox');
  };
  return (
    <section aria-labelledby="practice-inbox">
      <div className={styles.inboxHead}>
        <h2 id="practice-inbox" className={styles.heading}>
          {text.inbox}
        </h2>
        {open && (
          <Button small kind="quiet" icon={ArrowLeft} onPress={() => setOpenId(null)}>
            {text.back}
          </Button>
        )}
        {!open && messages.length > 0 && (
          <Button small kind="quiet" onPress={() => void clear()}>
            {text.clear}
          </Button>
        )}
      </div>
      {open ? (
        <Message message={open} />
      ) : messages.length === 0 ? (
        <p className={styles.soft}>{text.inboxEmpty}</p>
      ) : (
        <ul className={styles.messages} aria-label={text.inbox}>
          {messages.map((message) => (
            <li key={message.id}>
              <button type="button" className={styles.message} onClick={() => setOpenId(message.id)}>
                <span className={styles.subject}>
                  <bdi>{escapeControls(message.subject) || text.noSubject}</bdi>
                </span>
                <span className={styles.when}>{time(message.receivedAt)}</span>
                <span className={styles.route}>
                  {escapeControls(message.envelopeFrom)} → {escapeControls(message.recipients.join(', '))}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Message({ message }: { message: PracticeMessage }) {
  const full = useRequest('practice.message', { id: message.id });
  const rows: [string, string][] = [
    [text.from, message.from || message.envelopeFrom],
    [text.to, message.recipients.join(', ')],
    [text.received, time(message.receivedAt)],
    [text.size, bytes(message.bytes)],
  ];
  return (
    <article className={styles.full}>
      <h3>{escapeControls(message.subject) || text.noSubject}</h3>
      <dl className={styles.headers}>
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{escapeControls(value)}</dd>
          </div>
        ))}
      </dl>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <section className={styles.source} aria-label={text.source} tabIndex={0}>
        <pre>{full.data ? visibleLines(full.data.source) : common.loading}</pre>
      </section>
    </article>
  );
}

/** Line breaks stay; every other control character is made visible. */
function visibleLines(source: string): string {
  return source
    .split(/\r?\n/)
    .map((line) => escapeControls(line.replaceAll('\t', '    ')))
    .join('\n');
}
