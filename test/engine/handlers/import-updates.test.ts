import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../../engine/index.ts';
import type { StoredProfile } from '../../../shared/library.ts';
import type { Result } from '../../../shared/result.ts';
import { testPorts } from '../../support/test-ports.ts';
import { sampleSettings } from '../targets/arbitrary.ts';

const CANARY = 'Canary-update-2Vx';
const OLD = 'Canary-stored-6Tn';
let home: string;
let engine: Engine;
let stored: StoredProfile;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'relaysmith-update-'));
  engine = await createEngine(testPorts(home));
  const secrets = [{ action: 'set' as const, kind: 'password' as const, value: OLD, storage: 'session' as const }];
  stored = must(await engine.client('profiles.create', { settings: sampleSettings(), secrets }));
});
afterEach(async () => {
  await engine.close();
  rmSync(home, { recursive: true });
});

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** A file of Mattermost with another server, or the same one. */
function file(host: string, password = CANARY): string {
  return JSON.stringify({
    EmailSettings: {
      SMTPServer: host,
      SMTPPort: '587',
      ConnectionSecurity: 'STARTTLS',
      EnableSMTPAuth: true,
      SMTPUsername: 'svc-mail@acme.example',
      SMTPPassword: password,
      FeedbackEmail: 'chat@acme.example',
    },
  });
}

async function compare(text: string) {
  const source = { kind: 'text' as const, text, name: 'config.json' };
  const { importId } = must(await engine.client('imports.read', { source, target: null }));
  const pair = { importId, index: 0, profileId: stored.profile.id };
  return { pair, comparison: must(await engine.client('imports.compare', pair)) };
}

/** The password as a run against the profile's own server would get it. */
async function passwordAtHand(): Promise<boolean> {
  const subject = { kind: 'stored' as const, profileId: stored.profile.id };
  const request = { subject, target: 'mattermost', options: {}, policy: 'include' as const, into: null };
  return (await engine.client('exports.preview', request)).ok;
}

describe('updating a profile from a file', () => {
  it('stores nothing before it is told to', async () => {
    const { comparison } = await compare(file('evil.example'));
    expect(comparison.changes.map(({ field }) => field)).toContain('server.host');
    expect(JSON.stringify(comparison)).not.toMatch(/Canary/);
    const { profile, revision } = must(await engine.client('profiles.get', { id: stored.profile.id }));
    expect(profile).toEqual(stored.profile);
    expect(revision).toBe(stored.revision);
  });

  it('never lets the stored secret follow to another server', async () => {
    const { pair, comparison } = await compare(file('evil.example'));
    expect(comparison.secrets).toEqual([{ kind: 'password', inFile: true, stored: 'asked' }]);
    const update = { ...pair, revision: stored.revision, fields: null, secrets: 'leave-out' as const };
    const outcome = must(await engine.client('imports.update', update));
    expect(outcome).toMatchObject({ outcome: 'saved', stored: { profile: { server: { host: 'evil.example' } } } });
    expect(await passwordAtHand()).toBe(false);
  });

  it('keeps the stored secret in use where the server stays', async () => {
    const settings = sampleSettings(({ server }) => {
      server.security = 'starttls-if-offered';
    });
    const save = { id: stored.profile.id, revision: stored.revision, settings };
    const secrets = [{ action: 'set' as const, kind: 'password' as const, value: OLD, storage: 'session' as const }];
    must(await engine.client('profiles.save', { ...save, secrets }));
    const { pair, comparison } = await compare(file('mail.acme.example', '*'.repeat(32)));
    expect(comparison.secrets).toEqual([{ kind: 'password', inFile: false, stored: 'kept' }]);
    const revision = comparison.stored.revision;
    must(await engine.client('imports.update', { ...pair, revision, fields: null, secrets: 'leave-out' }));
    expect(await passwordAtHand()).toBe(true);
  });

  it('takes the file’s secret only together with the server that it belongs to', async () => {
    const { pair, comparison } = await compare(file('evil.example'));
    const update = { ...pair, revision: stored.revision, secrets: 'session' as const };
    const refused = await engine.client('imports.update', { ...update, fields: ['sender.from.address'] });
    expect(refused).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
    const fields = comparison.changes.map(({ field }) => field);
    must(await engine.client('imports.update', { ...update, fields }));
    expect(await passwordAtHand()).toBe(true);
  });

  it('changes single fields', async () => {
    const { pair } = await compare(file('evil.example'));
    const update = { ...pair, revision: stored.revision, secrets: 'leave-out' as const };
    const outcome = must(await engine.client('imports.update', { ...update, fields: ['sender.from.address'] }));
    expect(outcome).toMatchObject({
      stored: {
        profile: { server: { host: 'mail.acme.example' }, sender: { from: { address: 'chat@acme.example' } } },
      },
    });
    const unknown = await engine.client('imports.update', {
      ...update,
      revision: stored.revision + 1,
      fields: ['name'],
    });
    expect(unknown).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
  });

  it('changes nothing when the profile was saved since it was compared', async () => {
    const { pair, comparison } = await compare(file('evil.example'));
    const settings = sampleSettings();
    settings.notes = 'Saved by another window.';
    const save = { id: stored.profile.id, revision: stored.revision, settings, secrets: [] };
    must(await engine.client('profiles.save', save));
    const update = { ...pair, revision: comparison.stored.revision, fields: null, secrets: 'leave-out' as const };
    expect(must(await engine.client('imports.update', update))).toMatchObject({
      outcome: 'conflict',
      theirs: { profile: { notes: 'Saved by another window.', server: { host: 'mail.acme.example' } } },
    });
  });
});
