import type { PracticeScenario, ScenarioGroup, ScenarioInfo } from '../../shared/practice.ts';
import type { SCENARIO_IDS } from '../../shared/practice-scenarios.ts';
import type { PasswordMechanism, Security } from '../../shared/profile.ts';
import type { CertificateRecipe, CertificateVariant } from './certificate-variants.ts';

/** One thing that the server does at a moment of the dialogue. A list of steps runs in order. */
export type Step =
  /** What a correct server would do here; `silent` does it without its reply, for a scenario that sends another one. */
  | { readonly do: 'usual'; readonly silent?: true }
  /**
   * Sends these reply lines, each with its code (`550-first`, `550 last`); CRLF is added. `{sender}`, `{recipient}`,
   * `{user}` and `{client}` stand for what the client gave.
   */
  | { readonly do: 'reply'; readonly lines: readonly string[] }
  /** Sends 334 with this text in base64 (RFC 4954 4). */
  | { readonly do: 'challenge'; readonly text: string }
  /** Sends bytes as they are, one per character (`\xff` is the byte 255). */
  | { readonly do: 'raw'; readonly bytes: string }
  /** Sends bytes one at a time. */
  | { readonly do: 'drip'; readonly bytes: string; readonly everyMs: number }
  /** Sends bytes over and over until the client goes away (or 64 MB are sent). */
  | { readonly do: 'flood'; readonly bytes: string }
  | { readonly do: 'wait'; readonly ms: number }
  /** Reads one line of the client and ignores it, such as the answer to a challenge. */
  | { readonly do: 'read-line' }
  /** Reads whatever the client sends next and ignores it, such as the start of its TLS handshake. */
  | { readonly do: 'read' }
  /** Begins the TLS handshake without a reply; a `raw` step before it says what the client gets in the clear. */
  | { readonly do: 'start-tls' }
  | { readonly do: 'repeat'; readonly times: number; readonly steps: readonly Step[] }
  /** Never answers again, but keeps the connection. */
  | { readonly do: 'silence' }
  /** Closes with FIN. */
  | { readonly do: 'close' }
  /** Sends FIN and goes on reading. */
  | { readonly do: 'half-close' }
  /** Closes with RST. */
  | { readonly do: 'reset' };

/**
 * Where a scenario can step in. A command's moment comes after its syntax, its order and its login were found to be
 * right, in place of the positive reply; so relay-denied still says 503 to a RCPT without MAIL.
 */
export type Moment =
  /** The TCP connection is there and nothing was sent; with implicit TLS, before the handshake. */
  | 'connect'
  | 'greeting'
  | 'helo'
  /** EHLO outside TLS. */
  | 'ehlo'
  | 'ehlo-in-tls'
  | 'starttls'
  /** AUTH came, before any challenge. */
  | 'auth'
  /** The credentials are there, in place of the verdict. */
  | 'login'
  | 'mail'
  | 'rcpt'
  | 'data'
  /** The message has ended with its dot. */
  | 'message'
  | 'rset'
  | 'noop'
  | 'vrfy'
  | 'quit'
  /** A command that no server knows. */
  | 'unknown';

/** SASL mechanisms that the practice server can do. */
export const MECHANISMS = ['PLAIN', 'LOGIN', 'CRAM-MD5', 'XOAUTH2'] as const;
/** See {@link MECHANISMS}. */
export type Mechanism = (typeof MECHANISMS)[number];

/** A server's behaviour as data. What is not said is as a well-run submission server does it (RFC 6409). */
export interface Behaviour {
  /** `starttls` is the default; `off` does not offer it; `implicit` speaks TLS from the first byte. */
  readonly tls?: 'starttls' | 'implicit' | 'off';
  /** Certificate of a client that names the server (SNI), and of all others unless said below. */
  readonly certificate?: CertificateVariant | CertificateRecipe;
  /** Certificate of a client that names no server; `none` has none for it, which breaks the handshake. */
  readonly certificateWithoutSni?: CertificateVariant | 'none';
  readonly minTlsVersion?: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
  readonly maxTlsVersion?: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
  /** OpenSSL cipher list, for TLS 1.2 and older. */
  readonly ciphers?: string;
  /** Bits of the Diffie-Hellman group of a cipher that uses one. */
  readonly dhBits?: 1024;
  /** `asked` takes any client certificate or none; `demanded` takes none but those of a CA that nobody has. */
  readonly clientCertificate?: 'asked' | 'demanded';
  /** Refuses everything before TLS but EHLO, STARTTLS, NOOP and QUIT with 530 5.7.0 (RFC 3207 4). */
  readonly tlsRequired?: boolean;
  /** Offers and takes a login without TLS, as no server should. */
  readonly loginWithoutTls?: boolean;
  /** False takes mail from anybody. */
  readonly loginRequired?: boolean;
  readonly mechanisms?: readonly Mechanism[];
  /** EHLO keywords to leave out, and lines to add. */
  readonly hiddenKeywords?: readonly string[];
  readonly extraKeywords?: readonly string[];
  /** The same for EHLO inside TLS only. */
  readonly hiddenInTls?: readonly string[];
  readonly extraInTls?: readonly string[];
  /** All that EHLO offers, in place of the usual; and inside TLS. */
  readonly offers?: readonly string[];
  readonly offersInTls?: readonly string[];
  /** Largest message that it announces and takes (RFC 1870). */
  readonly messageBytes?: number;
  /** What becomes of commands that a client sends before the reply to the one before, although PIPELINING is offered. */
  readonly pipelined?: 'lost' | 'refused';
  /** What ends its lines in place of CRLF. */
  readonly lineEnd?: '\n';
  /** Milliseconds before every reply. */
  readonly replyDelayMs?: number;
  /** What happens instead of the usual, by moment. */
  readonly at?: { readonly [M in Moment]?: readonly Step[] };
}

/** How the profile that shows a scenario differs from the usual one for the practice server. */
export interface ScenarioProfile {
  readonly security?: Security;
  /** `none` signs in with nobody, `token` with an access token. */
  readonly signIn?: 'none' | 'token';
  readonly mechanism?: PasswordMechanism;
  /** True looks for the server's address in its certificate, not for its name. */
  readonly byAddress?: true;
  readonly recipient?: string;
  /** True knows the CA's revocation list. */
  readonly revocationList?: true;
  /** Name to look for in the certificate; that of the practice server unless said. */
  readonly serverName?: string;
  /** True takes any certificate. */
  readonly anyCertificate?: true;
  /** True lets the password cross the connection in the clear. */
  readonly allowWithoutTls?: boolean;
}

/** A scenario of the gallery: how it behaves, what shows it, and how a run against it ends. */
export interface Scenario extends Pick<ScenarioInfo, 'title' | 'description'> {
  /** Default: `check`. */
  readonly action?: ScenarioInfo['action'];
  /** Stage and rule of a run that fails; left out where it passes. */
  readonly ends?: readonly [stage: Exclude<ScenarioInfo['expectedStage'], ''>, rule: string];
  /** Rule that a run warns of although it passes. */
  readonly warns?: string;
  readonly profile?: ScenarioProfile;
  readonly behaviour: Behaviour;
}

/** The scenarios of one group; the compiler asks for every one that shared/practice-scenarios.ts names there. */
export type GalleryGroup<G extends ScenarioGroup> = { readonly [S in (typeof SCENARIO_IDS)[G][number]]: Scenario };

/** The whole gallery. */
export type ScenarioGallery = { readonly [S in PracticeScenario]: Scenario };
