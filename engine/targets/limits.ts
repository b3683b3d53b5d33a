import type { ProfileSettings } from '../../shared/profile.ts';
import type { TargetLimit } from '../../shared/target.ts';

interface Check {
  field: string;
  /** True when the settings ask for it. */
  asks: (settings: ProfileSettings) => boolean;
  /** What is lost, after the product's name. */
  text: string;
  /** Only for a product that can express this one. */
  beside?: string;
}

const usesTls = ({ server }: ProfileSettings) => server.security !== 'none';

/** Everything that products differ in. A target names what it can express; the rest is told when it is asked for. */
const CHECKS = {
  organizations: {
    field: 'organizations',
    asks: ({ organizations }) => organizations.length > 0,
    text: 'has no place for the organisations. They stay in Relaysmith.',
  },
  inactive: {
    field: 'status',
    asks: ({ status }) => status === 'inactive',
    text: 'has no switch for mail. The settings take effect although the profile is inactive.',
  },
  requireStarttls: {
    field: 'server.security',
    asks: ({ server }) => server.security === 'starttls',
    text: 'cannot require STARTTLS. It goes on in plain text when someone on the way removes the offer.',
  },
  ehloName: {
    field: 'server.ehloName',
    asks: ({ server }) => server.ehloName !== '',
    text: 'chooses its EHLO name itself.',
  },
  connectTimeout: {
    field: 'server.connectTimeoutSeconds',
    asks: ({ server }) => server.connectTimeoutSeconds !== 10,
    text: 'has its own time limit for the connection.',
  },
  commandTimeout: {
    field: 'server.commandTimeoutSeconds',
    asks: ({ server }) => server.commandTimeoutSeconds !== 30,
    text: 'has no separate time limit for replies.',
  },
  proxy: {
    field: 'server.proxy',
    asks: ({ server }) => server.proxy.kind !== 'none',
    text: 'connects directly, not through the proxy.',
  },
  verifyCertificate: {
    field: 'tls.verifyCertificate',
    asks: (settings) => usesTls(settings) && !settings.tls.verifyCertificate,
    text: 'cannot switch off the check of the certificate in these settings.',
  },
  serverName: {
    field: 'tls.serverName',
    asks: (settings) => usesTls(settings) && settings.tls.serverName !== '',
    text: 'expects the host’s own name in the certificate.',
  },
  minVersion: {
    field: 'tls.minVersion',
    asks: (settings) => usesTls(settings) && settings.tls.minVersion !== 'TLSv1.2',
    text: 'cannot set the oldest TLS version. It takes TLS 1.2 and newer.',
  },
  ca: {
    field: 'tls.caPem',
    asks: (settings) => usesTls(settings) && settings.tls.caPem !== '',
    text: 'takes no CA certificate here. Add it to the trusted certificates of the server’s system.',
  },
  clientCertificate: {
    field: 'tls.clientCertificatePem',
    asks: (settings) => usesTls(settings) && settings.tls.clientCertificatePem !== '',
    text: 'cannot show a client certificate.',
  },
  mechanism: {
    field: 'signIn.mechanism',
    asks: ({ signIn }) => signIn.method === 'password' && signIn.mechanism !== 'auto',
    text: 'chooses the sign-in mechanism itself.',
  },
  scram: {
    field: 'signIn.mechanism',
    asks: ({ signIn }) => signIn.method === 'password' && signIn.mechanism.startsWith('SCRAM'),
    text: 'has no SCRAM. The mechanism is left to it.',
    beside: 'mechanism',
  },
  fromName: {
    field: 'sender.from.name',
    asks: ({ sender }) => sender.from.name !== '',
    text: 'has no display name for From.',
  },
  replyTo: {
    field: 'sender.replyTo.address',
    asks: ({ sender }) => sender.replyTo.address !== '',
    text: 'has no Reply-To address.',
  },
  replyToName: {
    field: 'sender.replyTo.name',
    asks: ({ sender }) => sender.replyTo.name !== '',
    text: 'has no display name for Reply-To.',
  },
  envelopeFrom: {
    field: 'sender.envelopeFrom',
    asks: ({ sender }) => sender.envelopeFrom !== '' && sender.envelopeFrom !== sender.from.address,
    text: 'has no envelope sender. Bounces go to the From address.',
  },
  errorsTo: { field: 'sender.errorsTo', asks: ({ sender }) => sender.errorsTo !== '', text: 'has no Errors-To.' },
  cc: { field: 'sender.cc', asks: ({ sender }) => sender.cc.length > 0, text: 'cannot send copies (Cc).' },
  bcc: { field: 'sender.bcc', asks: ({ sender }) => sender.bcc.length > 0, text: 'cannot send blind copies (Bcc).' },
  headers: {
    field: 'sender.headers',
    asks: ({ sender }) => sender.headers.length > 0,
    text: 'cannot add headers of your own.',
  },
  relay: {
    field: 'sender.relayAllowed',
    asks: ({ sender }) => sender.relayAllowed || sender.relayDomains.length > 0,
    text: 'has no setting for relaying other domains. What counts is what the mail server allows.',
  },
} satisfies Record<string, Check>;

/** Something that a product may or may not be able to express. */
export type Feature = keyof typeof CHECKS;

/**
 * The limits that follow from what a product cannot express, for what these settings ask of it.
 * @param product Name of the product, at the beginning of each sentence.
 * @param expresses What it can express.
 * @param words Other words for single features, after the product's name.
 */
export function commonLimits(
  settings: ProfileSettings,
  product: string,
  expresses: readonly Feature[],
  words: Partial<Record<Feature, string>> = {},
): TargetLimit[] {
  const features = Object.keys(CHECKS) as Feature[];
  return features.flatMap((feature) => {
    const { field, asks, text, beside }: Check = CHECKS[feature];
    if (beside !== undefined && !expresses.some((each) => each === beside)) return [];
    if (expresses.includes(feature) || !asks(settings)) return [];
    return [lossy(field, `${product} ${words[feature] ?? text}`)];
  });
}

/** The product will do something else than the profile says. */
export function lossy(field: string, text: string): TargetLimit {
  return { severity: 'lossy', field, text };
}

/** The product would not start or not work with it. */
export function refused(field: string, text: string): TargetLimit {
  return { severity: 'refused', field, text };
}
