import { expect, it, vi } from 'vitest';
import { clipboard as double, resetElectron } from '../support/electron-double.ts';

vi.mock('electron', () => import('../support/electron-double.ts'));
const { createClipboard } = await import('../../electron/clipboard.ts');

it('the desktop host copies to the system’s clipboard, reads it back, and clears it', async () => {
  resetElectron();
  const clipboard = createClipboard();
  expect(await clipboard.write('Canary-desktop "ß')).toEqual({ ok: true, value: undefined });
  expect(double.text).toBe('Canary-desktop "ß');
  expect(await clipboard.read()).toBe('Canary-desktop "ß');
  await clipboard.write('');
  expect(double.text).toBe('');
});
