import { randomUUID } from 'node:crypto';
import { defineCommand } from '../command.ts';
import { confirm } from '../confirm.ts';
import { usage } from '../failure.ts';
import { fixCommand } from '../fix-command.ts';
import { safe } from '../output/safe.ts';
import { loadProfile } from '../profile-ref.ts';
import { REFRESH_TOKEN_OPTION } from '../refresh-token.ts';
import { chooseReportFile, REPORT_OPTIONS } from '../report-file.ts';
import { readSecrets } from '../secret-options.ts';
import { SECRET_OPTIONS } from '../secret-table.ts';
import { runTest } from '../test-run.ts';

export const send = defineCommand({
  usage: 'PROFILE [--to A@B] [--yes]',
  details: [
    'Sends one real test message and shows the id that the server gave it. Asks before it sends, and says when the profile is for production; where there is no terminal, --yes is needed.',
    'Without --to it goes to the profile’s test recipient, else to its From address.',
  ],
  options: {
    to: { kind: 'text', value: 'A@B', help: 'Recipient.' },
    yes: { kind: 'flag', help: 'Do not ask before sending.' },
    'no-history': { kind: 'flag', help: 'Do not keep this run in the profile’s history.' },
    ...REPORT_OPTIONS,
    ...SECRET_OPTIONS,
    ...REFRESH_TOKEN_OPTION,
  },
  positionals: [1, 1],
  examples: ['relaysmith send acme --to me@acme.example', 'relaysmith send acme --yes --json'],
  async run(context) {
    const { values, io, positionals } = context;
    const engine = await context.engine();
    const stored = await loadProfile(engine, positionals[0] ?? '');
    if (!stored.ok) return stored;
    const { id, name, environment, testRecipient, sender } = stored.value.profile;
    const recipient = values.to ?? (testRecipient || sender.from.address);
    if (!recipient) return usage('There is no recipient.', 'Name one with --to, or give the profile a From address.');
    const warning = environment === 'production' ? `"${safe(name)}" is a production profile.` : '';
    const question = `Send a test message with "${safe(name)}" to ${safe(recipient)}?`;
    const sure = await confirm(io, question, values.yes, warning);
    if (!sure.ok) return sure;
    const reportFile = await chooseReportFile(engine, values.report, values.mask);
    if (!reportFile.ok) return reportFile;
    const secrets = await readSecrets(io, values);
    if (!secrets.ok) return secrets;
    return runTest(context, {
      engine,
      subject: { kind: 'stored', profileId: id },
      secrets: secrets.value,
      refreshTokenFile: values['refresh-token-file'],
      recipient: values.to ?? null,
      keep: !values['no-history'],
      reportFile: reportFile.value,
      action: { kind: 'send', sendId: randomUUID() },
      fixCommand: (fix) => fixCommand(id, fix),
    });
  },
});
