import type { CertificateInfo } from '../shared/certificate.ts';
import { commandLine } from './shell.ts';

/** The command that trusts a certificate in a stored profile. */
export function trustCommand(profileId: string, { fingerprint }: CertificateInfo): string {
  return commandLine(['relaysmith', 'certificate', profileId, '--trust', fingerprint]);
}
