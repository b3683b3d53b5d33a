import { PRACTICE_USERNAME, type PracticeState } from '../../shared/practice.ts';
import { emptySettings, type ProfileSettings } from '../../shared/profile.ts';
import { SCENARIOS } from './scenarios.ts';
import { PRACTICE_HOST_NAME } from './session.ts';

/** The state of a practice server that runs. */
export type RunningPracticeState = Extract<PracticeState, { running: true }>;

/**
 * The profile that points at the running practice server: certificate checked against its CA, sign-in by password
 * (PRACTICE_PASSWORD), a sender and a recipient that it takes. Earlier settings keep what says
 * who they are for (name, organisations, notes, ...) and lose what belongs to another server.
 */
export function practiceSettings(state: RunningPracticeState, settings?: ProfileSettings): ProfileSettings {
  const empty = emptySettings();
  const base = settings ?? { ...empty, name: 'Practice server' };
  const implicit = SCENARIOS[state.scenario].behaviour.tls === 'implicit';
  return {
    ...base,
    provider: empty.provider,
    server: { ...empty.server, host: state.host, port: state.port, security: implicit ? 'tls' : 'starttls' },
    // The host is an address, which is there without DNS; the certificate is checked for a name, as with a real server.
    tls: { ...empty.tls, serverName: PRACTICE_HOST_NAME, caPem: state.caPem },
    signIn: { ...empty.signIn, username: PRACTICE_USERNAME },
    sender: { ...base.sender, from: { address: PRACTICE_USERNAME, name: 'Practice' }, envelopeFrom: '' },
    testRecipient: 'inbox@relaysmith.test',
  };
}
