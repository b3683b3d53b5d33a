import { practiceSettings } from '../../engine/practice/settings.ts';
import type { TestEnvironment, TestRequest } from '../../engine/smtp/index.ts';
import { PRACTICE_PASSWORD } from '../../shared/practice.ts';
import type { ProfileSettings, Security } from '../../shared/profile.ts';
import type { BenchServer } from './mail-server.ts';

/** Settings of a full check against a server of a benchmark. */
export function settingsFor({ port, caPem }: BenchServer, security: Security = 'starttls'): ProfileSettings {
  const settings = practiceSettings({
    running: true,
    scenario: 'all-well',
    host: '127.0.0.1',
    port,
    caPem,
    crlPem: '',
  });
  settings.server.security = security;
  settings.server.ehloName = 'bench.example.com';
  settings.signIn.mechanism = 'PLAIN';
  settings.signIn.allowWithoutTls = security === 'none';
  return settings;
}

/** A check of every stage, sender and recipient included. */
export function checkOf(settings: ProfileSettings): TestRequest {
  return {
    action: 'check',
    settings,
    secrets: { password: PRACTICE_PASSWORD },
    until: null,
    recipient: null,
    profileName: settings.name,
  };
}

/** Nobody listens, nobody cancels. */
export function quietEnvironment(signal = new AbortController().signal): TestEnvironment {
  return { now: () => new Date(), signal, onEvent: () => undefined };
}
