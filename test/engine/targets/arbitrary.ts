import fc from 'fast-check';
import { splitAddress } from '../../../shared/address.ts';
import { hostSyntax } from '../../../shared/host.ts';
import { ENVIRONMENTS, emptySettings, type ProfileSettings, problemsOf } from '../../../shared/profile.ts';
import { hasControlCharacter, hasInvisibleCharacter } from '../../../shared/text.ts';

const isLine = (text: string) => !hasControlCharacter(text) && !hasInvisibleCharacter(text) && text.isWellFormed();
// Template marks in a value are refused on import, and that is another test's matter.
const isPlain = (text: string) => isLine(text) && !/\{\{|\{%|<%|\$\{|\.Values\./.test(text);

/** Any text that a one-line field takes: quotes, backslashes, emoji, other scripts. */
export const anyLine = fc.string({ unit: 'binary', maxLength: 30 }).filter(isPlain);

const address = fc
  .tuple(fc.stringMatching(/^[a-z0-9!#$%&'*+=?^_`|~-]{1,12}$/), fc.domain())
  .map(([local, domain]) => `${local}@${domain}`)
  .filter((text) => splitAddress(text) !== null && isPlain(text));

const host = fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6()).filter((text) => hostSyntax(text) === 'ok');
const mailbox = fc.record({ address: fc.option(address, { nil: '' }), name: anyLine });
const flag = fc.option(fc.boolean(), { nil: undefined });

/** Without the keys that are undefined. */
const present = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T;

const mattermost = fc
  .record({
    EnableSignUpWithEmail: flag,
    RequireEmailVerification: flag,
    FeedbackOrganization: fc.option(anyLine, { nil: undefined }),
    EmailBatchingInterval: fc.option(fc.integer({ min: 30, max: 9_999 }), { nil: undefined }),
    EmailNotificationContentsType: fc.option(fc.constantFrom('full' as const, 'generic' as const), { nil: undefined }),
    EnableSecurityFixAlert: flag,
  })
  .map(present);

const keycloak = fc
  .record({
    realm: fc.option(fc.stringMatching(/^[a-zA-Z0-9 _-]{1,12}$/), { nil: undefined }),
    allowutf8: flag,
    debug: flag,
    timeout: fc.option(
      fc.integer({ min: 1, max: 600_000 }).filter((value) => value % 1000 !== 0),
      { nil: undefined },
    ),
    writeTimeout: fc.option(fc.integer({ min: 0, max: 600_000 }), { nil: undefined }),
  })
  .map(present);

const oauth = fc.oneof(
  fc.constant(emptySettings().signIn.oauth),
  fc.record({
    provider: fc.constant('microsoft' as const),
    grant: fc.constantFrom('refresh-token' as const, 'client-credentials' as const),
    tokenUrl: fc.constant(''),
    tenant: fc.stringMatching(/^[a-z0-9-]{2,12}$/).filter((tenant) => tenant !== 'common'),
    scope: fc.constantFrom('', 'https://outlook.office365.com/.default'),
    clientId: anyLine,
  }),
  fc.record({
    provider: fc.constant('other' as const),
    grant: fc.constantFrom('refresh-token' as const, 'client-credentials' as const),
    tokenUrl: fc.constant('https://id.example.com/token'),
    tenant: fc.constant(''),
    scope: fc.constantFrom('', 'smtp.send'),
    clientId: anyLine,
  }),
);

const signIn: fc.Arbitrary<ProfileSettings['signIn']> = fc.oneof(
  fc.constant({ ...emptySettings().signIn, method: 'none' as const }),
  fc.record({
    method: fc.constant('password' as const),
    username: anyLine,
    mechanism: fc.constantFrom('auto' as const, 'PLAIN' as const, 'LOGIN' as const, 'CRAM-MD5' as const),
    allowWithoutTls: fc.constant(false),
    oauth: fc.constant(emptySettings().signIn.oauth),
  }),
  fc.record({
    method: fc.constant('oauth2' as const),
    username: anyLine,
    mechanism: fc.constant('auto' as const),
    allowWithoutTls: fc.constant(false),
    oauth,
  }),
);

const CA = '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUabc=\n-----END CERTIFICATE-----\n';

const tls: fc.Arbitrary<ProfileSettings['tls']> = fc.record({
  verifyCertificate: fc.boolean(),
  serverName: fc.option(fc.domain(), { nil: '' }),
  minVersion: fc.constantFrom('TLSv1' as const, 'TLSv1.2' as const, 'TLSv1.3' as const),
  caPem: fc.constantFrom('', CA),
  clientCertificatePem: fc.constantFrom('', CA),
});

const server: fc.Arbitrary<ProfileSettings['server']> = fc.record({
  host,
  port: fc.integer({ min: 1, max: 65_535 }),
  security: fc.constantFrom('none' as const, 'starttls-if-offered' as const, 'starttls' as const, 'tls' as const),
  ehloName: fc.option(fc.domain(), { nil: '' }),
  connectTimeoutSeconds: fc.integer({ min: 1, max: 600 }),
  commandTimeoutSeconds: fc.integer({ min: 1, max: 600 }),
  proxy: fc.record({
    kind: fc.constantFrom('none' as const, 'socks5' as const, 'http-connect' as const),
    host: fc.oneof(fc.domain(), fc.ipV6()).filter((text) => hostSyntax(text) === 'ok'),
    port: fc.integer({ min: 1, max: 65_535 }),
  }),
});

const sender: fc.Arbitrary<ProfileSettings['sender']> = fc.record({
  from: mailbox,
  replyTo: mailbox,
  envelopeFrom: fc.option(address, { nil: '' }),
  errorsTo: fc.option(address, { nil: '' }),
  cc: fc.array(address, { maxLength: 2 }),
  bcc: fc.array(address, { maxLength: 2 }),
  headers: fc.uniqueArray(fc.record({ name: fc.stringMatching(/^X-[A-Z]{1,8}$/), value: anyLine }), {
    maxLength: 2,
    selector: ({ name }) => name,
  }),
  relayAllowed: fc.boolean(),
  relayDomains: fc.array(fc.domain(), { maxLength: 2 }),
});

/** Valid settings without dormant parts: what is switched off has its default, since no file could hold it. */
export const anySettings: fc.Arbitrary<ProfileSettings> = fc
  .record({
    server,
    tls,
    signIn,
    sender,
    organizations: fc.array(fc.stringMatching(/^[A-Z][a-z]{1,8}$/), { maxLength: 2 }),
    status: fc.constantFrom('active' as const, 'inactive' as const),
    environment: fc.option(fc.constantFrom(...ENVIRONMENTS), { nil: undefined }),
    mattermost,
    keycloak,
  })
  .map(({ mattermost: forMattermost, keycloak: forKeycloak, environment, ...parts }) => {
    const settings: ProfileSettings = {
      ...emptySettings(),
      name: 'Any',
      ...parts,
      ...(environment && { environment }),
      products: { mattermost: forMattermost, keycloak: forKeycloak },
    };
    if (settings.server.security === 'none') settings.tls = emptySettings().tls;
    if (settings.server.proxy.kind === 'none') settings.server.proxy = emptySettings().server.proxy;
    return settings;
  })
  .filter((settings) => problemsOf(settings).length === 0);

/** Passwords made of what file formats trip over. */
export const hostileSecret = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
    fc
      .array(fc.constantFrom('"', '\\', "'", '$', '#', '%', '{', '}', '`', ' ', '\\u', 'ß', '😀', '<', ':', '\t'), {
        minLength: 1,
        maxLength: 12,
      })
      .map((parts) => parts.join('')),
  )
  .filter((text) => text.isWellFormed() && !text.includes('\0'));

/** Settings that most tests begin with. */
export function sampleSettings(change: (settings: ProfileSettings) => void = () => {}): ProfileSettings {
  const settings = emptySettings();
  settings.name = 'Acme production relay';
  settings.server.host = 'mail.acme.example';
  settings.signIn.username = 'svc-mail@acme.example';
  settings.sender.from = { address: 'alerts@acme.example', name: 'Acme Alerts' };
  settings.sender.replyTo = { address: 'help@acme.example', name: '' };
  change(settings);
  return settings;
}

/** A secret that is searched for wherever it must not be. */
export const CANARY = 'canary-5b3e-"quoted"-\\-secret';

/** `${name}` as a text: what several products take for a variable. */
export function variable(name: string): string {
  return `$\{${name}}`;
}
