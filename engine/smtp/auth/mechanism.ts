import type { RuleFacts } from '../failure.ts';

/** One SASL mechanism, ready with its credentials. */
export interface Mechanism {
  name: string;
  /** Response that goes with the AUTH command (RFC 4954 4), or null when the server speaks first. */
  initial: string | null;
  /**
   * Answers a challenge, both already decoded. `step` counts from 0. Null means that the challenge makes no sense here.
   */
  respond(challenge: string, step: number): string | null | Promise<string | null>;
  /** What the server will send next that must not be shown: whoever has it can try out passwords without the server. */
  hidden?(): string;
  /** Why the server is not to be believed when it takes the sign-in, or ''; for mechanisms that check the server too. */
  doubt?(): string;
  /** What a challenge told about the failure to come, for the rules. */
  facts?(): RuleFacts;
}

/** User name with a password or a token. */
export interface Credentials {
  username: string;
  secret: string;
}
