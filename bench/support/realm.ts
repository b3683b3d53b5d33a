const EPOCH = 1_700_000_000_000;

/**
 * A realm export as the admin console writes it (two blanks, no last line end), filled with users and clients up to a
 * size in bytes. The mail settings stand behind them, so that a reader has to pass everything.
 */
export function realmExport(bytes: number): string {
  const users: object[] = [];
  const perUser = JSON.stringify({ users: [userOf(1_000)] }, null, 2).length - 20;
  for (let index = 0; index * perUser < bytes; index++) users.push(userOf(index));
  const realm = {
    id: 'acme',
    realm: 'acme',
    enabled: true,
    sslRequired: 'external',
    accessTokenLifespan: 300,
    users,
    clients: Array.from({ length: 200 }, (_, index) => clientOf(index)),
    smtpServer: { host: 'old.example.com', port: '25', from: 'sso@example.com', auth: 'false', ssl: 'false' },
    keycloakVersion: '26.3.0',
  };
  return JSON.stringify(realm, null, 2);
}

function userOf(index: number): object {
  return {
    id: `7f9c24e8-3b1a-4d5e-9c2f-${String(index).padStart(12, '0')}`,
    createdTimestamp: EPOCH + index * 1_000,
    username: `user.${index}`,
    enabled: index % 7 !== 0,
    emailVerified: true,
    firstName: 'Ada "the first"',
    lastName: 'Løvelace',
    email: `user.${index}@example.com`,
    attributes: { locale: ['en'], department: [`Abteilung ${index % 40}`], phone: ['+49 30 901820'] },
    credentials: [
      {
        type: 'password',
        createdDate: EPOCH,
        secretData: '{"value":"bm90IGEgcmVhbCBoYXNo","salt":"c2FsdA==","additionalParameters":{}}',
        credentialData: '{"hashIterations":210000,"algorithm":"pbkdf2-sha512","additionalParameters":{}}',
      },
    ],
    realmRoles: ['default-roles-acme', 'offline_access'],
    groups: [`/staff/${index % 40}`],
  };
}

function clientOf(index: number): object {
  return {
    clientId: `client-${index}`,
    enabled: true,
    redirectUris: [`https://app-${index}.example.com/*`],
    protocolMappers: Array.from({ length: 5 }, (_, at) => ({
      name: `mapper ${at}`,
      protocol: 'openid-connect',
      config: { 'claim.name': `claim_${at}`, 'id.token.claim': 'true', 'jsonType.label': 'String' },
    })),
  };
}
