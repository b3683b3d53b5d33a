import { expect, test } from 'vitest';
import { runMatrix } from '../../../engine/smtp/index.ts';
import type { MatrixRequest } from '../../../engine/smtp/matrix/index.ts';
import { type MatrixCell, type MatrixReport, matrixEvent, matrixReport } from '../../../shared/matrix.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { goodChain, selfSigned } from '../../support/certificates.ts';
import type { Step, TlsStep } from '../../support/raw-server.ts';
import { silentPort } from './full-backlog.ts';
import { closedPort, expectNoSecret, script, settingsFor, withPassword } from './support.ts';

const good = await goodChain();
const serverTls: TlsStep = { key: good.leaf.keyPem, cert: good.leaf.pem };

const EHLO: Step[] = [{ expect: /^EHLO/ }, { send: '250-mx\r\n250-STARTTLS\r\n250 SIZE 1000\r\n' }];
const INSIDE: Step[] = [{ expect: /^EHLO/ }, { send: '250-mx\r\n250 AUTH PLAIN LOGIN\r\n' }];

/** A submission server: STARTTLS offered, sign-in only inside TLS. It says no more than it is asked. */
const starttlsServer = (tls: TlsStep = serverTls): Step[] => [
  { send: '220 mx\r\n' },
  ...EHLO,
  { expect: /^STARTTLS/ },
  { send: '220 go\r\n' },
  { tls },
  ...INSIDE,
];
const tlsServer: Step[] = [{ tls: serverTls }, { send: '220 mx\r\n' }, ...INSIDE];

function settings(change: (settings: ProfileSettings) => void = () => {}): ProfileSettings {
  return settingsFor(25, (made) => {
    made.server.connectTimeoutSeconds = 1;
    made.server.commandTimeoutSeconds = 1;
    made.tls.caPem = good.root.pem;
    withPassword(made);
    change(made);
  });
}

async function matrix(request: MatrixRequest, signal = new AbortController().signal): Promise<MatrixReport> {
  const seen: MatrixCell[] = [];
  const onCell = (cell: MatrixCell) => seen.push(matrixEvent.parse({ type: 'cell', cell }).cell);
  const report = await runMatrix(request, { now: () => new Date(), signal, onCell });
  expect(matrixReport.parse(report)).toEqual(report);
  expect(seen).toHaveLength(report.cells.length);
  return report;
}

function verdicts(report: MatrixReport, port: number): Record<string, string> {
  return Object.fromEntries(
    report.cells.filter((cell) => cell.port === port).map(({ security, verdict }) => [security, verdict]),
  );
}

test('says for each port and security whether it works, and recommends TLS from the first byte', async () => {
  const submission = await script(...starttlsServer());
  const implicit = await script(...tlsServer);
  const closed = await closedPort();
  const report = await matrix({ settings: settings(), ports: [submission.port, implicit.port, closed] });
  expect(verdicts(report, submission.port)).toEqual({ tls: 'failed', starttls: 'works', none: 'plain' });
  expect(verdicts(report, implicit.port)).toEqual({ tls: 'works', starttls: 'failed', none: 'failed' });
  expect(verdicts(report, closed)).toEqual({ tls: 'failed', starttls: 'failed', none: 'failed' });
  expect(report.recommended).toMatchObject({ port: implicit.port, security: 'tls', caution: '' });
  const cell = report.cells.find(({ port, security }) => port === submission.port && security === 'starttls');
  expect(cell?.mechanisms).toEqual(['PLAIN', 'LOGIN']);
  expect(cell?.tlsVersion).toBe('TLSv1.3');
});

test('sends no user name, no password and no client certificate', async () => {
  const submission = await script(...starttlsServer(), { expect: /./ });
  const secretive = settings((made) => {
    made.tls.clientCertificatePem = good.leaf.pem;
    made.signIn.allowWithoutTls = true;
  });
  await matrix({ settings: secretive, ports: [submission.port] });
  expectNoSecret(submission.received());
  expect(submission.received()).not.toMatch(/AUTH|alice|MAIL/);
});

test('a certificate that nobody vouches for is told, even where the profile accepts any', async () => {
  const lone = await selfSigned();
  const server = await script(...starttlsServer({ key: lone.keyPem, cert: lone.pem }));
  const careless = settings((made) => {
    made.tls.verifyCertificate = false;
  });
  const report = await matrix({ settings: careless, ports: [server.port] });
  const cell = report.cells.find(({ security }) => security === 'starttls');
  expect(cell).toMatchObject({ verdict: 'untrusted', finding: { rule: 'CERT_SELF_SIGNED' } });
  expect(report.recommended?.caution).toContain('not trusted');
});

test('where nothing is encrypted, plain is offered with a loud caution only', async () => {
  const server = await script({ send: '220 mx\r\n' }, { expect: /^EHLO/ }, { send: '250-mx\r\n250 AUTH PLAIN\r\n' });
  const report = await matrix({ settings: settings(), ports: [server.port] });
  expect(report.recommended).toMatchObject({ security: 'none' });
  expect(report.recommended?.caution).toContain('Nothing is encrypted');
  expect(report.conclusions.join()).toContain('No combination is encrypted');
  const starttls = report.cells.find(({ security }) => security === 'starttls');
  expect(starttls?.finding?.rule).toBe('STARTTLS_NOT_OFFERED');
});

test('a port without any answer ends within its short limit, and the others are not tried on it', async () => {
  const silent = await silentPort();
  try {
    const report = await matrix({ settings: settings(), ports: [silent.port] });
    expect(report.cells.map(({ verdict }) => verdict)).toEqual(['failed', 'failed', 'failed']);
    expect(report.recommended).toBeNull();
    expect(report.conclusions.join()).toContain('None of the ports gives any answer');
  } finally {
    await silent.close();
  }
});

test('a name that does not exist fails once for all', async () => {
  let asked = 0;
  const resolver = {
    lookup: () => {
      asked += 1;
      return Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
    },
    mailExchangers: async () => [],
    alias: async () => null,
    services: async () => [],
  };
  const unknown = settings((made) => {
    made.server.host = 'mail.example.com';
  });
  const environment = { now: () => new Date(), signal: new AbortController().signal, onCell: () => {}, resolver };
  const report = await runMatrix({ settings: unknown, ports: null }, environment);
  expect(asked).toBe(1);
  expect(new Set(report.cells.map(({ finding }) => finding?.rule))).toEqual(new Set(['DNS_ENOTFOUND']));
  expect(report.conclusions).toEqual([]);
});

test('a cancel ends it at once and leaves the rest as not tried', async () => {
  const server = await script();
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 50);
  const patient = settings((made) => {
    made.server.connectTimeoutSeconds = 30;
  });
  const report = await matrix({ settings: patient, ports: [server.port] }, controller.signal);
  expect(report.cancelled).toBe(true);
  expect(report.cells.map(({ verdict }) => verdict)).toEqual(['not-tried', 'not-tried', 'not-tried']);
  expect(report.ms).toBeLessThan(2_000);
});
