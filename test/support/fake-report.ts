import type { CertificateInfo } from '../../shared/certificate.ts';
import type { ProfileSettings } from '../../shared/profile.ts';
import type { StageFacts, StageResult, TestReport, TranscriptLine } from '../../shared/report.ts';
import { randomUUID } from './random-uuid.ts';

const certificate = (subject: string, issuer: string, daysLeft: number, isCa: boolean): CertificateInfo => ({
  subject: `CN=${subject}`,
  issuer: `CN=${issuer}`,
  names: isCa ? [] : [subject, `www.${subject}`],
  validFrom: '2025-08-05T00:00:00.000Z',
  validTo: daysLeft < 0 ? '2026-05-03T00:00:00.000Z' : '2027-02-01T00:00:00.000Z',
  daysLeft,
  key: 'EC P-256',
  signatureAlgorithm: 'ecdsa-with-SHA256',
  fingerprint: `${subject.length}A:1F:9C:44:0B:7E:D2:90:63:5F:AA:10:C8:27:E4:B9:71:0D:3C:58:96:EF:02:B4:1D:A7:68:F3:2E:95:C0:4B`,
  isCa,
  selfSigned: subject === issuer,
  sent: subject !== issuer,
  pem: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
});

const stage = (
  name: StageResult['stage'],
  ms: number,
  facts: StageFacts = {},
  more: Partial<StageResult> = {},
): StageResult => ({
  stage: name,
  status: 'passed',
  ms,
  facts,
  note: '',
  warnings: [],
  ...more,
});

/** A report as the tester would give it: a host with "staging" in its name has an expired certificate, others pass. */
export function fakeReport(settings: ProfileSettings, action: 'check' | 'send'): TestReport {
  const { host, port, security } = settings.server;
  const isExpired = host.includes('staging');
  const chain = [
    certificate(host, 'Acme Issuing CA 2', isExpired ? -202 : 72, false),
    certificate('Acme Issuing CA 2', 'Acme Root', 1_460, true),
    certificate('Acme Root', 'Acme Root', 3_650, true),
  ];
  const offers = [
    'PIPELINING',
    'SIZE 52428800',
    'ETRN',
    'ENHANCEDSTATUSCODES',
    '8BITMIME',
    'DSN',
    'SMTPUTF8',
    'CHUNKING',
  ];
  const tls = stage(security === 'tls' ? 'tls' : 'starttls', 22.4, {
    tlsVersion: 'TLSv1.3',
    cipher: 'TLS_AES_256_GCM_SHA384',
    serverName: host,
  });
  const trust = stage(
    'certificate',
    1.2,
    {
      chain,
      trusted: !isExpired,
      verified: true,
      faults: isExpired ? [{ fault: 'expired', depth: 0, text: 'It ran out on 3 May 2026.', fatal: true }] : [],
    },
    { status: isExpired ? 'failed' : 'passed' },
  );
  const hello = [
    stage('greeting', 31, {
      banner: `220 ${host} ESMTP Postfix`,
      serverKind: 'Postfix',
      reply: { code: 220, enhanced: '', text: `${host} ESMTP Postfix` },
    }),
    stage('ehlo', 4.1, { ehloName: 'desk.acme.example', capabilities: offers }),
  ];
  const before = [
    stage('config', 0.2, { host, port, security }),
    stage('dns', 12, {
      addresses: [
        { address: '2001:db8::25', family: 6, outcome: 'failed', code: 'ENETUNREACH', ms: 1 },
        { address: '192.0.2.25', family: 4, outcome: 'connected', code: '', ms: 9 },
      ],
    }),
    stage('tcp', 9.3, { connectedTo: '192.0.2.25' }),
    ...(security === 'tls' ? [tls, trust, ...hello] : [...hello, tls, trust]),
  ];
  const upToFault = isExpired && security === 'tls' ? before.slice(0, 5) : before;
  const after = [
    stage('auth', 48, {
      mechanismsOffered: ['PLAIN', 'LOGIN'],
      mechanism: 'PLAIN',
      mechanismReason: 'inside TLS',
      username: settings.signIn.username,
    }),
    stage('mail', 6, { from: settings.sender.from.address, reply: { code: 250, enhanced: '2.1.0', text: 'Ok' } }),
    stage('rcpt', 19, { recipients: ['ops@acme.example'], reply: { code: 250, enhanced: '2.1.5', text: 'Ok' } }),
    ...(action === 'send'
      ? [
          stage('data', 120, {
            messageBytes: 1_284,
            queueId: '4F2B91A0C3',
            messageId: '<b1946ac9@desk.acme.example>',
            reply: { code: 250, enhanced: '2.0.0', text: 'Ok: queued as 4F2B91A0C3' },
          }),
        ]
      : []),
    stage('quit', 3),
  ];
  const missed = after.map(({ stage: name }) => name);
  return {
    version: 1,
    id: randomUUID(),
    action,
    profileName: settings.name,
    startedAt: '2026-11-21T14:02:00.000Z',
    ms: 840,
    ok: !isExpired,
    cancelled: false,
    destination: { host, port, security },
    stages: isExpired ? upToFault : [...before, ...after],
    diagnosis: isExpired
      ? {
          rule: 'CERT_EXPIRED',
          stage: 'certificate',
          cause: 'The server’s certificate ran out on 3 May 2026.',
          remedy:
            'Renew it on the server. Until then, trusting this one certificate lets mail through without trusting any other.',
          reference: 'RFC 5280 4.1.2.5',
          transient: false,
          fix: {
            label: 'Trust this certificate',
            set: [{ field: 'tls.caPem', value: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n' }],
          },
          alsoPossible: [
            {
              rule: 'CLOCK_WRONG',
              stage: 'certificate',
              cause: 'The clock of this machine is wrong.',
              remedy: 'Check date and time.',
              reference: '',
              transient: false,
            },
          ],
        }
      : null,
    notTested: isExpired ? missed : action === 'check' ? ['data'] : [],
    transcript: transcript(host),
  };
}

function transcript(host: string): TranscriptLine[] {
  const lines: [TranscriptLine['from'], string, boolean][] = [
    ['note', 'Connected to 192.0.2.25:587', false],
    ['server', `220 ${host} ESMTP Postfix`, false],
    ['client', 'EHLO desk.acme.example', false],
    ['server', `250-${host}`, false],
    ['server', '250-STARTTLS', false],
    ['server', '250 8BITMIME', false],
    ['client', 'STARTTLS', false],
    ['server', '220 2.0.0 Ready to start TLS', false],
    ['note', 'TLSv1.3, TLS_AES_256_GCM_SHA384', false],
    ['client', 'EHLO desk.acme.example', true],
    ['server', '250-AUTH PLAIN LOGIN', true],
    ['client', 'AUTH PLAIN [secret]', true],
    ['server', '235 2.7.0 Authentication successful', true],
  ];
  return lines.map(([from, text, encrypted], index) => ({ ms: index * 9, from, text, encrypted }));
}
