import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { escapeControls } from '../../../shared/text.ts';
import { useAct, useRefresh, useRequest } from '../../state/requests.ts';
import { practice as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { time } from '../../ui/format.ts';
import { Message } from './message.tsx';
import styles from './practice.module.css';

/** What would have been delivered: a list, and one message of it opened. */
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
    <section aria-labelledby="practice-inbox" className={styles.inbox}>
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
        <Message key={open.id} message={open} />
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
