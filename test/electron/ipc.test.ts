import type * as Electron from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CHANNELS } from '../../electron/channels.ts';
import { connectWindow } from '../../electron/ipc.ts';
import type { Dispatch } from '../../engine/dispatch.ts';
import { ok } from '../../shared/result.ts';
import { DoubleContents, type DoubleFrame, ipcMain, resetElectron } from '../support/electron-double.ts';

const CALL_ID = '11111111-2222-4333-8444-555555555555';
let contents: DoubleContents;
let dispatch: ReturnType<typeof vi.fn<Dispatch>>;
let disconnect: () => void;

beforeEach(() => {
  resetElectron();
  contents = new DoubleContents();
  dispatch = vi.fn<Dispatch>(async () => ok('done'));
  disconnect = connectWindow(contents as unknown as Electron.WebContents, dispatch);
});

function call(sender: DoubleContents, senderFrame: DoubleFrame | null | undefined, ...args: unknown[]) {
  return ipcMain.handlers.get(CHANNELS.call)?.({ sender, senderFrame }, ...args);
}

describe('a call from the window', () => {
  it('reaches the engine and gets its result', async () => {
    expect(await call(contents, contents.mainFrame, 'profiles.list', {}, CALL_ID)).toEqual({ ok: true, value: 'done' });
    expect(dispatch).toHaveBeenCalledOnce();
  });

  it.each<[string, (own: DoubleContents) => [DoubleContents, DoubleFrame | null | undefined]]>([
    ['no frame', (own) => [own, null]],
    ['an undefined frame', (own) => [own, undefined]],
    ['a subframe', (own) => [own, { url: 'app://bundle/', parent: own.mainFrame }]],
    ['another top frame', (own) => [own, { url: 'app://bundle/', parent: null }]],
    ['another window', () => [new DoubleContents(), new DoubleContents().mainFrame]],
    ['a foreign origin', (own) => [own, Object.assign(own.mainFrame, { url: 'https://example.com/' })]],
    ['about:blank', (own) => [own, Object.assign(own.mainFrame, { url: 'about:blank' })]],
    ['a destroyed window', (own) => [Object.assign(own, { destroyed: true }), own.mainFrame]],
  ])('is refused when it comes from %s', async (_name, from) => {
    const [sender, frame] = from(contents);
    expect(await call(sender, frame, 'profiles.list', {}, CALL_ID)).toMatchObject({ ok: false });
    expect(dispatch).not.toHaveBeenCalled();
  });

  it.each([
    [42, {}, CALL_ID],
    ['profiles.list', {}, 'x'],
    ['profiles.list', {}, undefined],
  ])('is refused when malformed: %j', async (...args) => {
    expect(await call(contents, contents.mainFrame, ...args)).toMatchObject({ ok: false });
    expect(dispatch).not.toHaveBeenCalled();
  });

  it('streams its events under its own id', async () => {
    dispatch.mockImplementation(async (_name, _input, options) => {
      options?.onEvent?.({ type: 'stage-started', stage: 'dns' });
      return ok(null);
    });
    await call(contents, contents.mainFrame, 'tests.check', {}, CALL_ID);
    expect(contents.sent).toEqual([[CHANNELS.event, CALL_ID, { type: 'stage-started', stage: 'dns' }]]);
  });
});

describe('a running call', () => {
  function startHanging(): { signal: AbortSignal } {
    const seen: { signal?: AbortSignal } = {};
    dispatch.mockImplementation((_name, _input, options) => {
      seen.signal = options?.signal as AbortSignal;
      return new Promise(() => undefined);
    });
    void call(contents, contents.mainFrame, 'tests.check', {}, CALL_ID);
    return seen as { signal: AbortSignal };
  }

  it('is cancelled by its window', () => {
    const { signal } = startHanging();
    ipcMain.emit(CHANNELS.cancel, { sender: contents, senderFrame: contents.mainFrame }, CALL_ID);
    expect(signal.aborted).toBe(true);
  });

  it('is not cancelled by another sender or another id', () => {
    const { signal } = startHanging();
    ipcMain.emit(CHANNELS.cancel, { sender: new DoubleContents(), senderFrame: contents.mainFrame }, CALL_ID);
    ipcMain.emit(CHANNELS.cancel, { sender: contents, senderFrame: contents.mainFrame }, 'other');
    expect(signal.aborted).toBe(false);
  });

  it.each(['destroyed', 'render-process-gone'])('is cancelled when the window is gone (%s)', (name) => {
    const { signal } = startHanging();
    contents.emit(name);
    expect(signal.aborted).toBe(true);
  });

  it('is cancelled on disconnect, after which the channels are free again', () => {
    const { signal } = startHanging();
    disconnect();
    expect(signal.aborted).toBe(true);
    expect(ipcMain.handlers.size).toBe(0);
    expect(ipcMain.listenerCount(CHANNELS.cancel)).toBe(0);
  });
});
