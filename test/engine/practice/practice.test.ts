import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createPracticeServer, practiceSettings } from '../../../engine/practice/index.ts';
import { PRACTICE_USERNAME, practiceState } from '../../../shared/practice.ts';
import { emptySettings, problemsOf } from '../../../shared/profile.ts';
import { RawClient, startPractice } from './client.ts';

test('does not run until it is started, and says where it runs', async () => {
  const practice = createPracticeServer({ now: () => new Date() });
  onTestFinished(() => practice.stop());
  expect(practice.state()).toEqual({ running: false });
  const started = await practice.start('all-well');
  expect(started).toEqual({ ok: true, value: practice.state() });
  expect(practiceState.parse(practice.state())).toMatchObject({
    running: true,
    host: '127.0.0.1',
    scenario: 'all-well',
  });
  expect(practice.state()).toHaveProperty('caPem', expect.stringContaining('BEGIN CERTIFICATE'));
});

test('a switch of the scenario keeps port, CA and open connections', async () => {
  const { practice, state, connect } = await startPractice('all-well');
  const earlier = await connect();
  const switched = await practice.start('talks-http');
  const outcome = expect.objectContaining({ expectedRule: 'GREET_HTTP' });
  expect(switched).toEqual({ ok: true, value: { ...state, scenario: 'talks-http', outcome } });
  expect(await earlier.exchange('NOOP')).toEqual(['250 2.0.0 Ok\r\n']);
  expect(await (await RawClient.connect(state.port)).closed()).toMatch(/^HTTP/);
});

test('a stop ends every connection and the port; a new start takes the same port and CA', async () => {
  const { practice, state, connect, signedIn } = await startPractice('all-well');
  const clients = [await connect(), await signedIn()];
  await practice.stop();
  for (const client of clients) await client.closed();
  expect(practice.state()).toEqual({ running: false });
  await expect(RawClient.connect(state.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  expect(await practice.start('all-well')).toEqual({ ok: true, value: state });
});

test('a new start takes another port when somebody else has the earlier one', async () => {
  const { practice, state } = await startPractice('all-well');
  await practice.stop();
  const other = createServer().listen(state.port, '127.0.0.1');
  onTestFinished(() => void other.close());
  await new Promise((resolve) => other.once('listening', resolve));
  const again = await practice.start('all-well');
  expect(again).toMatchObject({ ok: true, value: { running: true } });
  expect(practice.state()).not.toHaveProperty('port', state.port);
});

test('starts and stops at the same time come one after the other', async () => {
  const practice = createPracticeServer({ now: () => new Date() });
  onTestFinished(() => practice.stop());
  const starts = await Promise.all([practice.start('all-well'), practice.start('slow'), practice.start('expired')]);
  expect(new Set(starts.map((start) => start.ok && start.value.running && start.value.port)).size).toBe(1);
  expect(practice.state()).toMatchObject({ scenario: 'expired' });
  await Promise.all([practice.start('all-well'), practice.stop()]);
  expect(practice.state()).toEqual({ running: false });
});

test('stopping what does not run is fine', async () => {
  await expect(createPracticeServer({ now: () => new Date() }).stop()).resolves.toBeUndefined();
});

test('an unknown message is not found', async () => {
  const { practice } = await startPractice('all-well');
  expect(await practice.message('nope')).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
});

test('the inbox outlives a stop and is emptied on demand', async () => {
  const { practice, signedIn } = await startPractice('all-well');
  const heard: string[] = [];
  practice.onMessage(({ subject }) => heard.push(subject));
  const client = await signedIn();
  await client.exchange('MAIL FROM:<>', 'RCPT TO:<a@relaysmith.test>', 'DATA', 'Subject: kept\r\n\r\n.');
  await practice.stop();
  expect(practice.inbox()).toMatchObject([{ subject: 'kept', envelopeFrom: '' }]);
  expect(heard).toEqual(['kept']);
  practice.clear();
  expect(practice.inbox()).toEqual([]);
});

test('the ready profile is valid and points at the server', async () => {
  const { state } = await startPractice('all-well');
  const settings = practiceSettings(state);
  expect(problemsOf(settings)).toEqual([]);
  expect(settings).toMatchObject({
    name: 'Practice server',
    server: { host: '127.0.0.1', port: state.port, security: 'starttls' },
    tls: { verifyCertificate: true, serverName: 'mail.relaysmith.test', caPem: state.caPem },
    signIn: { method: 'password', username: PRACTICE_USERNAME },
    sender: { from: { address: PRACTICE_USERNAME } },
    testRecipient: 'inbox@relaysmith.test',
  });
});

test('an earlier profile keeps its name and notes, and loses what belonged to another server', async () => {
  const { state } = await startPractice('all-well');
  const earlier = emptySettings();
  earlier.name = 'My practice';
  earlier.notes = 'Mine';
  earlier.server.proxy = { kind: 'socks5', host: 'proxy.example', port: 1080 };
  earlier.tls.verifyCertificate = false;
  expect(practiceSettings(state, earlier)).toMatchObject({
    name: 'My practice',
    notes: 'Mine',
    server: { proxy: { kind: 'none' } },
    tls: { verifyCertificate: true },
  });
  expect(earlier.tls.verifyCertificate).toBe(false);
});
