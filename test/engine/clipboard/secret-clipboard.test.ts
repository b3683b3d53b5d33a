import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CLEAR_AFTER_SECONDS, createSecretClipboard } from '../../../engine/clipboard/secret-clipboard.ts';
import { memoryClipboard } from '../../support/memory-clipboard.ts';

const CANARY = 'Canary-clipboard-4Kd';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a secret on the clipboard', () => {
  it('is taken off after its time', async () => {
    const port = memoryClipboard();
    const clipboard = createSecretClipboard(port);
    expect(await clipboard.copySecret(CANARY)).toEqual({ ok: true, value: undefined });
    await vi.advanceTimersByTimeAsync(CLEAR_AFTER_SECONDS * 1_000 - 1);
    expect(port.text).toBe(CANARY);
    await vi.advanceTimersByTimeAsync(1);
    expect(port.text).toBe('');
  });

  it('stays the user’s own when something else was copied since', async () => {
    const port = memoryClipboard();
    const clipboard = createSecretClipboard(port);
    await clipboard.copySecret(CANARY);
    port.text = 'a shopping list';
    await vi.advanceTimersByTimeAsync(CLEAR_AFTER_SECONDS * 1_000);
    expect(port.text).toBe('a shopping list');
  });

  it('has its full time when it is copied again, and none is left from the first time', async () => {
    const port = memoryClipboard();
    const clipboard = createSecretClipboard(port);
    await clipboard.copySecret(CANARY);
    await vi.advanceTimersByTimeAsync(30_000);
    await clipboard.copySecret(`${CANARY}-2`);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(port.text).toBe(`${CANARY}-2`);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(port.text).toBe('');
  });

  it('is taken off at once when the door ends', async () => {
    const port = memoryClipboard();
    const clipboard = createSecretClipboard(port);
    await clipboard.copySecret(CANARY);
    await clipboard.clear();
    expect(port.text).toBe('');
    port.text = 'later';
    await vi.advanceTimersByTimeAsync(CLEAR_AFTER_SECONDS * 1_000);
    expect(port.text).toBe('later');
  });

  it('does not stay where it could not be found again', async () => {
    const port = { ...memoryClipboard(), read: async () => null };
    const written: string[] = [];
    const write: typeof port.write = async (text) => {
      written.push(text);
      return { ok: true, value: undefined };
    };
    const result = await createSecretClipboard({ ...port, write }).copySecret(CANARY);
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'CLIPBOARD_UNAVAILABLE', facts: { reason: 'unreadable' } },
    });
    expect(written).toEqual([CANARY, '']);
  });

  it('is not cleared away when it is no secret', async () => {
    const port = memoryClipboard();
    const clipboard = createSecretClipboard(port);
    await clipboard.copy('mail.acme.example');
    await vi.advanceTimersByTimeAsync(CLEAR_AFTER_SECONDS * 1_000);
    await clipboard.clear();
    expect(port.text).toBe('mail.acme.example');
  });
});
