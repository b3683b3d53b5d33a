import type { ProfileSettings } from './profile.ts';

/**
 * The part of the settings that a test depends on, as text: two profiles with the same text get the same result. Names,
 * notes, organisations and product options do not count.
 */
export function connectionPart({ server, tls, signIn, sender, testRecipient }: ProfileSettings): string {
  return JSON.stringify({ server, tls, signIn, sender, testRecipient });
}
