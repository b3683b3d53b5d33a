import { expect, test } from 'vitest';
import type { ProfileSettings } from '../../../shared/profile.ts';
import type { TestReport } from '../../../shared/report.ts';
import { realServer, run, settingsFor, stageOf } from './support.ts';

interface Taken {
  from: string;
  to: string[];
  text: string;
}

/** Sends one message to a real server; returns the report, and what the server took. */
async function sent(
  change: (settings: ProfileSettings) => void = () => {},
): Promise<{ report: TestReport; taken: Taken }> {
  let taken: Taken | null = null;
  const port = await realServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const from = envelope.mailFrom ? envelope.mailFrom.address : '';
        taken = {
          from,
          to: envelope.rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString('utf8'),
        };
        done(null, 'Ok: queued as 4F2A1B');
      });
    },
  });
  const report = await run(settingsFor(port, change), { action: 'send', recipient: 'you@example.net' });
  if (!taken) throw new Error('Nothing arrived');
  return { report, taken };
}

/** Values of a header, unfolded. */
function headers(text: string, name: string): string[] {
  const [head = ''] = text.split('\r\n\r\n', 1);
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const start = `${name.toLowerCase()}:`;
  return lines.filter((line) => line.toLowerCase().startsWith(start)).map((line) => line.slice(start.length).trim());
}

test('the message is addressed as the profile says, and Bcc stays unseen', async () => {
  const { taken } = await sent(({ sender }) => {
    sender.from = { address: 'alerts@acme.example', name: 'Acme, Inc.' };
    sender.replyTo = { address: 'help@acme.example', name: 'Help' };
    sender.envelopeFrom = 'bounce@acme.example';
    sender.errorsTo = 'errors@acme.example';
    sender.cc = ['cc@acme.example'];
    sender.bcc = ['bcc@acme.example'];
    sender.headers = [{ name: 'X-Environment', value: 'production' }];
  });
  expect(taken.from).toBe('bounce@acme.example');
  expect(taken.to).toEqual(['you@example.net', 'cc@acme.example', 'bcc@acme.example']);
  expect(headers(taken.text, 'From')).toEqual(['"Acme, Inc." <alerts@acme.example>']);
  expect(headers(taken.text, 'Reply-To')).toEqual(['Help <help@acme.example>']);
  expect(headers(taken.text, 'To')).toEqual(['you@example.net']);
  expect(headers(taken.text, 'Cc')).toEqual(['cc@acme.example']);
  expect(headers(taken.text, 'Errors-To')).toEqual(['errors@acme.example']);
  expect(headers(taken.text, 'X-Environment')).toEqual(['production']);
  expect(taken.text).not.toContain('bcc@acme.example');
});

test('subject and body name the profile, the time and the run', async () => {
  const { report, taken } = await sent((settings) => {
    settings.name = 'Acme relay';
  });
  const time = report.startedAt.slice(0, 13).replace('T', ' ');
  const [subject] = headers(taken.text, 'Subject');
  expect(subject).toContain('Relaysmith test: Acme relay');
  expect(subject).toContain(time);
  expect(subject).toContain(report.id.slice(0, 8));
  expect(taken.text).toContain('Profile: Acme relay');
  expect(taken.text).toContain(`Run: ${report.id}`);
  expect(taken.text).toMatch(/Time: \d{4}-\d\d-\d\dT/);
  expect(headers(taken.text, 'X-Relaysmith-Run')).toEqual([report.id]);
});

test('the server’s id is shown', async () => {
  const { report } = await sent();
  expect(stageOf(report, 'data')).toMatchObject({ note: 'Message accepted as 4F2A1B', facts: { queueId: '4F2A1B' } });
});

test('headers that would forge the message are left out, and that is said', async () => {
  const { report, taken } = await sent(({ sender }) => {
    sender.headers = [
      { name: 'Subject', value: 'Forged' },
      { name: 'Bcc', value: 'more@acme.example' },
      { name: 'X-Fine', value: 'yes' },
    ];
  });
  expect(taken.text).not.toMatch(/Forged|more@acme/);
  expect(headers(taken.text, 'X-Fine')).toEqual(['yes']);
  expect(stageOf(report, 'data').note).toContain('Without the headers Subject, Bcc');
});
