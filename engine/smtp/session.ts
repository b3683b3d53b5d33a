import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { CertificateInfo } from '../../shared/certificate.ts';
import type { ProfileSettings } from '../../shared/profile.ts';
import type { RefreshTokenFate, Reply, Stage, TestEvent } from '../../shared/report.ts';
import type { SecretKind } from '../../shared/secrets.ts';
import { escapeControls } from '../../shared/text.ts';
import type { Capabilities } from './capabilities.ts';
import type { Connection } from './connection.ts';
import type { RuleFacts } from './failure.ts';
import type { TestMessage } from './message.ts';
import { TokenStore } from './oauth/token-store.ts';
import { RunRedactor } from './redactor.ts';
import { enhancedCode, type RawReply, replyText } from './reply.ts';
import { type ResolvedAddress, type Resolver, systemResolver } from './resolver.ts';
import { Transcript } from './transcript.ts';

/** What a test run is asked to do. */
export interface TestRequest {
  /** `check` stops before a message is sent; `send` sends one. */
  action: 'check' | 'send';
  /** Already checked against the schema. */
  settings: ProfileSettings;
  secrets: Partial<Record<SecretKind, string>>;
  /** Last stage to run; null runs all that belong to the action. */
  until: Stage | null;
  /** Recipient; null takes the profile's test recipient, else its From address. */
  recipient: string | null;
  profileName: string;
  /** Mechanism to try in place of what the profile says. */
  mechanism?: string;
  /** True asks also what may be sent, for whom and to where, without sending it. */
  relay?: boolean;
  /** True keeps to the one port and address that answers: whoever compares many asks about the others itself. */
  single?: boolean;
}

/** What a run needs from its caller. */
export interface TestEnvironment {
  now(): Date;
  /** Ends the run within 100 ms. */
  signal: AbortSignal;
  onEvent(event: TestEvent): void;
  /** Name look-ups; the system's when left out. */
  resolver?: Resolver;
  /** Tokens of earlier runs; none when left out. */
  tokens?: TokenStore;
  /**
   * Puts a refresh token that a token server replaced in the place of the old one, and says where it is now. Left out, it
   * is in `tokens` only.
   */
  keepRefreshToken?(old: string, next: string): Promise<RefreshTokenFate>;
}

/** The access token of a run. */
export interface SessionToken {
  value: string;
  /** Its key in the token store. */
  key: string;
  /** What a refusal by the mail server may come from. */
  facts: RuleFacts;
}

/** What the stages of one run share. Each stage reads what earlier ones left here. */
export interface Session {
  readonly runId: string;
  readonly request: TestRequest;
  readonly settings: ProfileSettings;
  readonly secrets: Partial<Record<SecretKind, string>>;
  readonly signal: AbortSignal;
  readonly resolver: Resolver;
  readonly transcript: Transcript;
  readonly redactor: RunRedactor;
  readonly now: () => Date;
  readonly tokens: TokenStore;
  readonly keepRefreshToken: (old: string, next: string) => Promise<RefreshTokenFate>;
  /** Host in ASCII, without brackets; set by `config`. */
  host: string;
  /** Set by `dns`. */
  addresses: ResolvedAddress[];
  /** Set by `tcp` for implicit TLS: connected, nothing read from it yet. */
  plainSocket: Socket | null;
  /** Set by `tcp`, or by `tls` for implicit TLS. */
  connection: Connection | null;
  connectedTo: ResolvedAddress | null;
  /** Set by `greeting`. */
  banner: string;
  serverKind: string;
  /** Set by `ehlo`, replaced after STARTTLS. */
  ehloName: string;
  capabilities: Capabilities | null;
  /** Set by the TLS handshake. */
  clientCertificateAsked: boolean;
  /** Set by `certificate`: place in the chain of the certificate that would have to be trusted, and nothing else. */
  trustable: number | null;
  /** Set by `certificate`. */
  chain: CertificateInfo[];
  /** Set by `oauth`. */
  token: SessionToken | null;
  authenticated: boolean;
  authAttempted: boolean;
  mechanism: string;
  /** Set by `mail` when a message is to be sent. */
  message: TestMessage | null;
  /** True from the moment when the final dot left: whether the message was accepted is then up to the server. */
  messageSent: boolean;
}

/** Milliseconds that connecting, the TLS handshake and the greeting may take, each. */
export function connectLimit(session: Session): number {
  return session.settings.server.connectTimeoutSeconds * 1000;
}

/** Milliseconds that one reply may take. */
export function commandLimit(session: Session): number {
  return session.settings.server.commandTimeoutSeconds * 1000;
}

/** The connection of a session that has one; a stage that needs it only runs after `tcp` passed. */
export function connectionOf(session: Session): Connection {
  if (!session.connection) throw new Error('The stage needs a connection');
  return session.connection;
}

/** Text from outside as it may be shown: secrets replaced, controls visible, at most 4 KB. */
export function shown(session: Session, text: string): string {
  return escapeControls(session.redactor.redact(text).slice(0, 4_096));
}

/** A reply as it may be shown. */
export function shownReply(session: Session, reply: RawReply): Reply {
  return { code: reply.code, enhanced: enhancedCode(reply), text: session.redactor.redact(replyText(reply)) };
}

/** A fresh session: nothing looked up, nothing connected. */
export function newSession(request: TestRequest, environment: TestEnvironment, signal: AbortSignal): Session {
  const redactor = new RunRedactor(Object.values(request.secrets));
  return {
    runId: randomUUID(),
    request,
    settings: request.settings,
    secrets: request.secrets,
    signal,
    resolver: environment.resolver ?? systemResolver,
    transcript: new Transcript(redactor, (line) => environment.onEvent({ type: 'transcript', line })),
    redactor,
    now: environment.now,
    tokens: environment.tokens ?? new TokenStore(),
    keepRefreshToken: environment.keepRefreshToken ?? (async () => (environment.tokens ? 'memory' : 'lost')),
    host: request.settings.server.host,
    addresses: [],
    plainSocket: null,
    connection: null,
    connectedTo: null,
    banner: '',
    serverKind: '',
    ehloName: '',
    capabilities: null,
    clientCertificateAsked: false,
    trustable: null,
    chain: [],
    token: null,
    authenticated: false,
    authAttempted: false,
    mechanism: '',
    message: null,
    messageSent: false,
  };
}

/** Ends a session: no socket is left behind. */
export function closeSession({ connection, plainSocket, signal }: Session): void {
  if (connection && !signal.aborted) connection.close();
  else if (connection) connection.destroy();
  else plainSocket?.destroy();
}
