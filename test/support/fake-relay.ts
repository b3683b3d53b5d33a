import type { Transaction } from '../../shared/relay.ts';
import type { StageResult, TestReport } from '../../shared/report.ts';

/** A report with the answers of a relay check: one sender refused, one extension not offered. */
export function withFakeRelay(report: TestReport): TestReport {
  const at = report.stages.findIndex(({ stage }) => stage === 'quit');
  const stages = report.stages.filter(({ stage }) => stage !== 'relay');
  stages.splice(at === -1 ? stages.length : at, 0, relayStage);
  return { ...report, stages };
}

const from = 'alerts@acme.example';
const accepted = { verdict: 'accepted', refusedAt: '', note: '' } as const;

const transactions: Transaction[] = [
  { check: 'own-domain', from, to: from, ...accepted },
  {
    check: 'external',
    from,
    to: 'someone@globex.example',
    verdict: 'refused',
    refusedAt: 'rcpt',
    reply: { code: 554, enhanced: '5.7.1', text: '<someone@globex.example>: Relay access denied' },
    note: 'The server refuses to pass mail on to other domains for this client.',
  },
  { check: 'sender', from, to: from, ...accepted },
  {
    check: 'sender',
    from: 'alerts@acme-staging.example',
    to: from,
    verdict: 'refused',
    refusedAt: 'mail',
    reply: { code: 553, enhanced: '5.7.1', text: 'Sender address rejected: not owned by user alerts' },
    note: 'The sender’s address does not belong to the signed-in account.',
  },
  { check: 'size', from, to: '', ...accepted, note: 'The server announces at most 25 MB.' },
  { check: '8bitmime', from, to: '', ...accepted },
  { check: 'smtputf8', from, to: '', verdict: 'not-offered', refusedAt: '', note: '' },
  { check: 'dsn', from, to: from, ...accepted },
];

const relayStage: StageResult = {
  stage: 'relay',
  status: 'warned',
  ms: 96,
  facts: { transactions },
  note: '5 of 7 accepted',
  warnings: [],
};
