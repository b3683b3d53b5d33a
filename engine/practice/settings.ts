import { PRACTICE_USERNAME, type PracticeState } from '../../shared/practice.ts';
import { emptySettings, type ProfileSettings } from '../../shared/profile.ts';
import { SCENARIOS } from './scenarios.ts';

/** The state of a practice server that runs. */
export type RunningPracticeState = Extract<PracticeState, { running: true }>;

/**
 * The profile that points at the running practice server: certificate checked against its CA, sign-in by password
 * (PRACTICE_PASSWORD), a sender and a recipient that it takes. Earlier settings keep their name, notes and the rest.
 */
export function practiceSettings(state: RunningPracticeState, settings?: ProfileSettings): ProfileSettings {
  const base = settings ?? { ...emptySettings(), name: 'Practice server' };
  const implicit = SCENARIOS[state.scenario].behaviour.tls === 'implicit';
  return {
    ...base,
    provider: 'custom',
    server: { ...base.server, host: state.host, port: state.port, security: implicit ? 'tls' : 'starttls' },
    tls: { ...base.tls, verifyCertificate: true, serverName: '', caPem: state.caPem },
    signIn: { ...base.signIn, method: 'password', username: PRACTICE_USERNAME, mechanism: 'auto' },
    sender: { ...base.sender, from: { address: PRACTICE_USERNAME, name: 'Practice' }, envelopeFrom: '' },
    testRecipient: 'inbox@relaysmith.test',
  };
}
