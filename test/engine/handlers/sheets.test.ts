import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../../engine/index.ts';
import type { Subject } from '../../../shared/contract.ts';
import { hasEntrySheet } from '../../../shared/entry-sheet.ts';
import type { Result } from '../../../shared/result.ts';
import { memoryClipboard } from '../../support/memory-clipboard.ts';
import { testPorts } from '../../support/test-ports.ts';
import { sampleSettings } from '../targets/arbitrary.ts';

const CANARY = 'Canary-sheet-9Wm "$x';
const clipboard = memoryClipboard();
const logged: unknown[] = [];
let home: string;
let engine: Engine;
let subject: Subject;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'relaysmith-sheets-'));
  const note = (...entry: unknown[]) => void logged.push(entry);
  engine = await createEngine(testPorts(home, { clipboard, log: { info: note, warn: note, error: note } }));
  const secrets = [{ action: 'set' as const, kind: 'password' as const, value: CANARY, storage: 'session' as const }];
  const stored = must(await engine.client('profiles.create', { settings: sampleSettings(), secrets }));
  subject = { kind: 'stored', profileId: stored.profile.id };
});
beforeEach(() => {
  clipboard.text = '';
});
afterAll(async () => {
  await engine.close();
  rmSync(home, { recursive: true });
});

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const read = (target: string) => engine.client('sheets.read', { subject, target });
const copy = (target: string, field: number, of: Subject = subject) =>
  engine.client('sheets.copy', { subject: of, target, field });

describe('an entry sheet', () => {
  it('is there for each product that lists it among its forms, without any secret', async () => {
    const targets = must(await engine.client('targets.list', {})).filter(hasEntrySheet);
    expect(targets.map(({ id }) => id).sort()).toEqual(['keepnet', 'keycloak', 'zerothreat', 'zuora']);
    for (const { id } of targets) {
      const { place, fields } = must(await read(id));
      expect(place).toContain(' > ');
      expect(fields.filter(({ isSecret }) => isSecret)).toMatchObject([{ enter: '', isRequired: true }]);
      expect(new Set(fields.map(({ label }) => label)).size).toBe(fields.length);
      expect(JSON.stringify(fields)).not.toContain('Canary');
    }
  });

  it('is refused for a product that takes a file', async () => {
    expect(await read('grafana')).toMatchObject({ ok: false, error: { code: 'NOT_AVAILABLE' } });
  });

  it('puts a field’s value on the clipboard', async () => {
    const { fields } = must(await read('keepnet'));
    const port = fields.findIndex(({ label }) => label === 'Port');
    expect(must(await copy('keepnet', port))).toEqual({ label: 'Port', clearsAfterSeconds: null });
    expect(clipboard.text).toBe('587');
  });

  it('puts the secret on the clipboard and nowhere else', async () => {
    const { fields } = must(await read('zerothreat'));
    const answer = await copy(
      'zerothreat',
      fields.findIndex(({ isSecret }) => isSecret),
    );
    expect(answer).toEqual({ ok: true, value: { label: 'Password', clearsAfterSeconds: 45 } });
    expect(clipboard.text).toBe(CANARY);
    const kept = readdirSync(home, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    expect(JSON.stringify([kept, logged])).not.toContain('Canary-sheet');
  });

  it('does not give the stored secret to another server', async () => {
    const id = subject.kind === 'stored' ? subject.profileId : null;
    const elsewhere = sampleSettings(({ server }) => {
      server.host = 'evil.example';
    });
    const { fields } = must(await read('zerothreat'));
    const field = fields.findIndex(({ isSecret }) => isSecret);
    const answer = await copy('zerothreat', field, { kind: 'settings', settings: elsewhere, secretsOf: id });
    expect(answer).toMatchObject({ ok: false, error: { facts: { reason: 'destination-changed' } } });
    expect(clipboard.text).toBe('');
  });

  it('does not clear the clipboard for a field that stays empty, and knows no field beyond the last', async () => {
    clipboard.text = 'mine';
    const { fields } = must(await read('keepnet'));
    const empty = fields.findIndex(({ label }) => label === 'BCC');
    expect(await copy('keepnet', empty)).toMatchObject({ ok: false, error: { code: 'NOT_AVAILABLE' } });
    expect(await copy('keepnet', 40)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    expect(clipboard.text).toBe('mine');
  });

  it('takes a copied secret off when the engine ends', async () => {
    const { fields } = must(await read('zuora'));
    must(
      await copy(
        'zuora',
        fields.findIndex(({ isSecret }) => isSecret),
      ),
    );
    expect(clipboard.text).toBe(CANARY);
    await engine.close();
    expect(clipboard.text).toBe('');
  });
});
