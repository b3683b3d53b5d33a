import { PRACTICE_PASSWORD, PRACTICE_USERNAME, type PracticeState } from '../../shared/practice.ts';
import { emptySettings, type ProfileSettings } from '../../shared/profile.ts';
import type { SecretKind } from '../../shared/secrets.ts';
import type { ScenarioProfile } from './scenario.ts';
import { SCENARIOS } from './scenarios/index.ts';
import { PRACTICE_HOST_NAME } from './session.ts';

/** The state of a practice server that runs. */
export type RunningPracticeState = Extract<PracticeState, { running: true }>;

/** What a profile needs of it. */
export type PracticeTarget = Omit<RunningPracticeState, 'outcome'>;

/**
 * The profile that points at the running practice server and shows its scenario: certificate checked against its CA,
 * sign-in by password (PRACTICE_PASSWORD), a sender and a recipient that it takes. Earlier settings keep what says
 * who they are for (name, organisations, notes, ...) and lose what belongs to another server.
 * @param profile What the scenario asks for; that of the gallery unless given, as for a replay.
 */
export function practiceSettings(
  state: PracticeTarget,
  settings?: ProfileSettings,
  profile: ScenarioProfile = profileOf(state),
): ProfileSettings {
  const empty = emptySettings();
  const base = settings ?? { ...empty, name: 'Practice server' };
  const { security = 'starttls', recipient = 'inbox@relaysmith.test' } = profile;
  return {
    ...base,
    provider: empty.provider,
    server: { ...empty.server, host: state.host, port: state.port, security },
    tls: {
      ...empty.tls,
      // The host is an address, which is there without DNS; the certificate is checked for a name, as with a real server.
      serverName: profile.byAddress ? '' : (profile.serverName ?? PRACTICE_HOST_NAME),
      caPem: trustPem(state),
      verifyCertificate: !profile.anyCertificate,
    },
    signIn: signInOf(profile),
    sender: { ...base.sender, from: { address: PRACTICE_USERNAME, name: 'Practice' }, envelopeFrom: '' },
    testRecipient: recipient,
  };
}

/** What a client that trusts the practice server is given, PEM: its CA, and its revocation list where that matters. */
export function trustPem({ caPem, crlPem }: Pick<PracticeTarget, 'caPem' | 'crlPem'>): string {
  return crlPem === '' ? caPem : `${caPem}\n${crlPem}`;
}

/** The secrets that go with {@link practiceSettings}; public, like the password. */
export function practiceSecrets(
  state: PracticeTarget,
  { signIn }: ScenarioProfile = profileOf(state),
): Partial<Record<SecretKind, string>> {
  if (signIn === 'none') return {};
  return signIn === 'token' ? { accessToken: PRACTICE_PASSWORD } : { password: PRACTICE_PASSWORD };
}

function profileOf({ scenario }: PracticeTarget): ScenarioProfile {
  return (scenario !== 'replay' && SCENARIOS[scenario].profile) || {};
}

function signInOf({ signIn, mechanism = 'auto', allowWithoutTls = false }: ScenarioProfile): ProfileSettings['signIn'] {
  const empty = emptySettings().signIn;
  if (signIn === 'none') return { ...empty, method: 'none' };
  const method = signIn === 'token' ? 'oauth2' : 'password';
  return { ...empty, method, username: PRACTICE_USERNAME, mechanism, allowWithoutTls };
}
