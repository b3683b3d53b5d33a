import { RELAY_WORDS, TRANSACTION_WORDS, type Transaction, type TransactionVerdict } from '../../../shared/relay.ts';
import { replyLine } from '../../../shared/report-facts.ts';
import { escapeControls } from '../../../shared/text.ts';
import { relay as text } from '../../text.ts';
import { type MarkState, StateMark } from '../../ui/state-mark.tsx';
import styles from './transactions.module.css';

const MARKS: Record<TransactionVerdict, MarkState> = {
  accepted: 'passed',
  refused: 'failed',
  deferred: 'warned',
  unclear: 'warned',
  'not-offered': 'untested',
  'not-answered': 'untested',
};

/** Where the server lets the profile send, as whom, and what it takes: the answers of the relay check. */
export function Transactions({ transactions }: { transactions: readonly Transaction[] }) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: WebKit drops the list role with list-style none
    <ul role="list" className={styles.list} aria-label={text.title}>
      {transactions.map((transaction) => (
        <Answer key={`${transaction.check} ${transaction.from} ${transaction.to}`} transaction={transaction} />
      ))}
    </ul>
  );
}

function Answer({ transaction: { check, from, to, verdict, reply, note } }: { transaction: Transaction }) {
  const who = check === 'sender' ? from : to;
  return (
    <li className={styles.answer}>
      <StateMark state={MARKS[verdict]} />
      <div className={styles.words}>
        <p className={styles.head}>
          <span>{RELAY_WORDS[check]}</span>
          <span className={styles.verdict}>{TRANSACTION_WORDS[verdict]}</span>
        </p>
        {who !== '' && <code className={styles.who}>{escapeControls(who)}</code>}
        {note !== '' && <p className={styles.soft}>{escapeControls(note)}</p>}
        {reply && verdict !== 'accepted' && <pre className={styles.reply}>{escapeControls(replyLine(reply))}</pre>}
      </div>
    </li>
  );
}
