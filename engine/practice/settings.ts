import { PRACTICE_PASSWORD, PRACTICE_USERNAME, type PracticeState } from '../../shared/practice.ts';
import { emptySettings, type ProfileSettings } from '../../shared/profile.ts';
import type { SecretKind } from '../../shared/secrets.ts';
import type { ScenarioProfile } from './scenario.ts';
import { SCENARIOS } from './scenarios/index.ts';
import { PRACTICE_HOST_NAME } from './session.ts';

/** The state of a practice server that runs. */
export type RunningPracticeState = Extract<PracticeState, { running: true }>;

/**
 * The profile that points at the running practice server and shows its scenario: certificate checked against its CA,
 * sign-in by password (PRACTICE_PASSWORD), a sender and a recipient that it takes. Earlier settings keep what says
 * who they are for (name, organisations, notes, ...) and lose what belongs to another server.
 */
export function practiceSettings(state: RunningPracticeState, settings?: ProfileSettings): ProfileSettings {
  const empty = emptySettings();
  const base = settings ?? { ...empty, name: 'Practice server' };
  const { security = 'starttls', byAddress = false, recipient = 'inbox@relaysmith.test', ...signIn } = profileOf(state);
  return {
    ...base,
    provider: empty.provider,
    server: { ...empty.server, host: state.host, port: state.port, security },
    // The host is an address, which is there without DNS; the certificate is checked for a name, as with a real server.
    tls: { ...empty.tls, serverName: byAddress ? '' : PRACTICE_HOST_NAME, caPem: trustPem(state) },
    signIn: signInOf(signIn),
    sender: { ...base.sender, from: { address: PRACTICE_USERNAME, name: 'Practice' }, envelopeFrom: '' },
    testRecipient: recipient,
  };
}

/** What a client that trusts the practice server is given, PEM: its CA, and its revocation list where that matters. */
export function trustPem({ caPem, crlPem }: RunningPracticeState): string {
  return crlPem === '' ? caPem : `${caPem}\n${crlPem}`;
}

/** The secrets that go with {@link practiceSettings}; public, like the password. */
export function practiceSecrets(state: RunningPracticeState): Partial<Record<SecretKind, string>> {
  const { signIn } = profileOf(state);
  if (signIn === 'none') return {};
  return signIn === 'token' ? { accessToken: PRACTICE_PASSWORD } : { password: PRACTICE_PASSWORD };
}

function profileOf({ scenario }: RunningPracticeState): ScenarioProfile {
  return SCENARIOS[scenario].profile ?? {};
}

function signInOf({ signIn, mechanism = 'auto' }: ScenarioProfile): ProfileSettings['signIn'] {
  const empty = emptySettings().signIn;
  if (signIn === 'none') return { ...empty, method: 'none' };
  const method = signIn === 'token' ? 'oauth2' : 'password';
  return { ...empty, method, username: PRACTICE_USERNAME, mechanism };
}
