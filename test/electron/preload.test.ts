import { beforeAll, describe, expect, it } from 'vitest';
import { CHANNELS } from '../../electron/channels.ts';
import { ipcRenderer, recorded, resetElectron } from '../support/electron-double.ts';

interface Bridge {
  call(name: string, input: unknown, callId: string): Promise<unknown>;
  cancel(callId: string): void;
  onEvent(listener: (...args: unknown[]) => void): () => void;
}

let bridge: Bridge;

beforeAll(async () => {
  resetElectron();
  await import('../../electron/preload.ts');
  bridge = recorded.exposed.relaysmith as Bridge;
});

describe('the preload', () => {
  it('exposes one object of three functions and nothing else', () => {
    expect(Object.keys(recorded.exposed)).toEqual(['relaysmith']);
    expect(Object.keys(bridge).sort()).toEqual(['call', 'cancel', 'onEvent']);
    expect(Object.values(bridge).every((value) => typeof value === 'function')).toBe(true);
  });

  it('passes requests of the contract on', async () => {
    await bridge.call('profiles.list', {}, 'id');
    expect(ipcRenderer.invoke).toHaveBeenLastCalledWith(CHANNELS.call, 'profiles.list', {}, 'id');
  });

  it('keeps every other name on its side', async () => {
    ipcRenderer.invoke.mockClear();
    await expect(bridge.call('secrets.get', {}, 'id')).rejects.toThrow('Unknown request');
    await expect(bridge.call('__proto__', {}, 'id')).rejects.toThrow();
    expect(ipcRenderer.invoke).not.toHaveBeenCalled();
  });

  it('strips the IPC event from what a listener sees, and unsubscribes', () => {
    const seen: unknown[][] = [];
    const stop = bridge.onEvent((...args) => seen.push(args));
    ipcRenderer.emit(CHANNELS.event, { sender: 'secret handle' }, 'id', { type: 'x' });
    stop();
    ipcRenderer.emit(CHANNELS.event, {}, 'id', { type: 'y' });
    expect(seen).toEqual([['id', { type: 'x' }]]);
  });
});
