/** Every bound of the practice server: no client, however hostile, makes it use more than this. */
export const PRACTICE_LIMITS = {
  /** Connections at one time; one more gets 421 and is closed. */
  connections: 32,
  /** Milliseconds without a byte in either direction (RFC 5321 4.5.3.2.7 asks a server for five minutes). */
  idleMs: 300_000,
  /** Milliseconds that one connection may last in all. */
  sessionMs: 900_000,
  /** Milliseconds that a TLS handshake may take. */
  handshakeMs: 30_000,
  /** Bytes of a command line. RFC 4954 4 asks for 12288 so that long AUTH tokens fit. */
  lineBytes: 12_288,
  /** Refused commands after which the connection is closed. */
  errors: 20,
  /** Recipients of one message; RFC 5321 4.5.3.1.8 asks for at least 100. */
  recipients: 100,
  /** Bytes of one message; announced as SIZE (RFC 1870). */
  messageBytes: 10 * 1024 * 1024,
  /** Bytes of all messages that are being received at one time. */
  arrivingBytes: 64 * 1024 * 1024,
  /** Messages kept. */
  inboxMessages: 200,
  /** Bytes of all messages kept. */
  inboxBytes: 64 * 1024 * 1024,
  /** Bytes that an endless answer of a scenario sends at most. */
  floodBytes: 64 * 1024 * 1024,
} as const;

/** The same bounds with other numbers, for tests. */
export type PracticeLimits = { readonly [K in keyof typeof PRACTICE_LIMITS]: number };
