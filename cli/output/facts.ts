import { RELAY_WORDS, TRANSACTION_WORDS, type Transaction, type TransactionVerdict } from '../../shared/relay.ts';
import type { AddressChoice, AddressResult, StageFacts } from '../../shared/report.ts';
import { chainSummary } from './certificate.ts';
import { indented, pad } from './layout.ts';
import { safe } from './safe.ts';
import type { Style } from './style.ts';

const MARKS: Record<TransactionVerdict, 'passed' | 'warned' | 'skipped'> = {
  accepted: 'passed',
  refused: 'warned',
  deferred: 'warned',
  unclear: 'warned',
  'not-offered': 'skipped',
  'not-answered': 'skipped',
};

/** What a stage learned that one line cannot hold: several addresses, hints of DNS, the answers of the relay check. */
export function factLines(facts: StageFacts, style: Style, columns: number): string[] {
  const { addresses = [], addressChoices = [], hints = [], transactions = [] } = facts;
  return [
    ...(addressChoices.length > 0 ? addresses.map((result) => addressLine(result, style)) : []),
    ...addressChoices.map((choice) => choiceLine(choice, style, columns)),
    ...chainSummary(facts, style, columns),
    ...hints.map((hint) => indented(`${style.icons.bullet} ${safe(hint)}`, 4, columns)),
    ...transactions.flatMap((transaction) => transactionLines(transaction, style, columns)),
  ];
}

function addressLine({ address, outcome, code, ms }: AddressResult, style: Style): string {
  const mark = { connected: style.icons.passed, failed: style.icons.failed, 'not-tried': style.icons.skipped }[outcome];
  const words = { connected: `connected, ${ms} ms`, failed: `failed, ${code}`, 'not-tried': 'not tried' }[outcome];
  return `    ${mark} ${pad(safe(address), 40)} ${words}`;
}

function choiceLine({ programs, how, address, connects }: AddressChoice, style: Style, columns: number): string {
  const end = connects ? `ends with ${safe(address)}` : `${safe(address)}, which does not answer`;
  return style.dim(indented(`${safe(programs)}: ${safe(how)}; ${end}`, 4, columns));
}

function transactionLines(transaction: Transaction, style: Style, columns: number): string[] {
  const { check, from, to, verdict, reply, note } = transaction;
  const mark = MARKS[verdict];
  const paint = mark === 'skipped' ? style.dim : style[mark];
  const who = check === 'sender' ? ` ${from}` : to === '' ? '' : ` ${to}`;
  const lines = [
    `    ${paint(`${style.icons[mark]} ${TRANSACTION_WORDS[verdict]}`)}: ${RELAY_WORDS[check]}${safe(who)}`,
  ];
  if (note !== '') lines.push(indented(safe(note), 6, columns));
  if (reply && verdict !== 'accepted') {
    const words = [String(reply.code), reply.enhanced, reply.text].filter(Boolean).join(' ');
    lines.push(`      ${style.dim('The server said:')} ${safe(words, 300)}`);
  }
  return lines;
}
