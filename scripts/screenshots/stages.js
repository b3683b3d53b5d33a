import { bench, check, openProfile, send } from './window.js';
import { atPractice, createProfile, startPractice, startTokenEndpoint } from './world.js';

/** One failing run for each stage: its scenario, or how its profile differs. */
const STAGES = [
  { stage: 'dns', options: () => ['--host', 'mail.acme.invalid', '--from', 'alerts@acme.example', '--timeout', '2'] },
  {
    stage: 'tcp',
    options: () => ['--host', '127.0.0.1', '--port', '9', '--from', 'alerts@acme.example', '--timeout', '2'],
  },
  { stage: 'tls', scenario: 'plain-expected', security: 'tls' },
  { stage: 'greeting', scenario: 'talks-http' },
  { stage: 'ehlo', scenario: 'mixed-codes' },
  { stage: 'starttls', scenario: 'no-starttls' },
  { stage: 'certificate', scenario: 'expired' },
  { stage: 'token', scenario: 'all-well', token: true },
  { stage: 'sign-in', scenario: 'wrong-password' },
  { stage: 'sender', scenario: 'sender-refused' },
  { stage: 'recipient', scenario: 'relay-denied' },
  { stage: 'message', scenario: 'spam-refused', sends: true },
];

/** A picture of the test bench for each stage at which a run can fail. */
export function stageScenes() {
  return STAGES.map(({ stage, scenario, security, options, token, sends }) => {
    const profile = `Acme, failing at ${stage}`;
    return {
      name: `stages/${stage}`,
      looks: ['light'],
      async prepare(home) {
        const own = options?.() ?? atPractice(await startPractice(scenario), security);
        createProfile(home, profile, token ? [...own, ...(await oauth())] : own);
      },
      async show(page) {
        await openProfile(page, profile);
        await (sends ? send(page) : check(page));
      },
      part: bench,
    };
  });
}

async function oauth() {
  const url = await startTokenEndpoint();
  return [
    ...['--auth', 'oauth2', '--oauth-provider', 'other', '--oauth-grant', 'refresh-token'],
    ...['--oauth-token-url', url, '--oauth-client-id', 'relaysmith'],
  ];
}
