import { contextBridge, ipcRenderer } from 'electron';
import { REQUEST_NAMES } from '../shared/contract.ts';
import { CHANNELS } from './channels.ts';

const known: ReadonlySet<string> = new Set(REQUEST_NAMES);

/**
 * All that the window sees of the privileged side: three functions. Requests outside the contract do not leave the
 * preload, and the IPC event object never reaches the page (checklist 20).
 */
const bridge = {
  call(name: string, input: unknown, callId: string): Promise<unknown> {
    if (!known.has(name)) return Promise.reject(new Error('Unknown request'));
    return ipcRenderer.invoke(CHANNELS.call, name, input, callId);
  },
  cancel(callId: string): void {
    ipcRenderer.send(CHANNELS.cancel, callId);
  },
  onEvent(listener: (callId: string, event: unknown) => void): () => void {
    const forward = (_event: unknown, callId: string, event: unknown) => listener(callId, event);
    ipcRenderer.on(CHANNELS.event, forward);
    return () => ipcRenderer.removeListener(CHANNELS.event, forward);
  },
};

contextBridge.exposeInMainWorld('relaysmith', bridge);
