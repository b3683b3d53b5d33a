import { type IpcMainEvent, type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron';
import type { Dispatch } from '../engine/dispatch.ts';
import { appErrorOf } from '../shared/errors.ts';
import { fail, type Result } from '../shared/result.ts';
import { CHANNELS } from './channels.ts';
import { isOwnUrl } from './security.ts';

const CALL_ID = /^[0-9a-f-]{36}$/;
const refused = fail(appErrorOf('NOT_AVAILABLE', { what: 'This sender', instead: 'Use the Relaysmith window.' }));

/**
 * Connects one window to the engine. Only the window's own top frame at its own address may call (checklist 17); a
 * window that goes away cancels its calls. Returns the function that disconnects.
 */
export function connectWindow(contents: WebContents, dispatch: Dispatch): () => void {
  const running = new Map<string, AbortController>();
  const cancelAll = () => {
    for (const controller of running.values()) controller.abort();
    running.clear();
  };

  const call = async (
    event: IpcMainInvokeEvent,
    name: unknown,
    input: unknown,
    callId: unknown,
  ): Promise<Result<unknown>> => {
    if (!isTrustedSender(event, contents)) return refused;
    if (typeof name !== 'string' || typeof callId !== 'string' || !CALL_ID.test(callId) || running.has(callId))
      return refused;
    const controller = new AbortController();
    running.set(callId, controller);
    const onEvent = (streamed: unknown) => {
      if (!contents.isDestroyed()) contents.send(CHANNELS.event, callId, streamed);
    };
    try {
      return await dispatch(name, input, { signal: controller.signal, onEvent });
    } finally {
      running.delete(callId);
    }
  };
  const cancel = (event: IpcMainEvent, callId: unknown) => {
    if (isTrustedSender(event, contents) && typeof callId === 'string') running.get(callId)?.abort();
  };

  ipcMain.handle(CHANNELS.call, call);
  ipcMain.on(CHANNELS.cancel, cancel);
  contents.on('render-process-gone', cancelAll);
  contents.once('destroyed', cancelAll);
  return () => {
    ipcMain.removeHandler(CHANNELS.call);
    ipcMain.removeListener(CHANNELS.cancel, cancel);
    cancelAll();
  };
}

function isTrustedSender({ senderFrame, sender }: IpcMainInvokeEvent | IpcMainEvent, contents: WebContents): boolean {
  if (contents.isDestroyed() || sender !== contents || !senderFrame) return false;
  return senderFrame.parent === null && senderFrame === contents.mainFrame && isOwnUrl(senderFrame.url);
}
