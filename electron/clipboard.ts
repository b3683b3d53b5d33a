import { clipboard } from 'electron';
import type { ClipboardPort } from '../engine/ports.ts';
import { ok } from '../shared/result.ts';

/** The system's clipboard, by Electron. */
export function createClipboard(): ClipboardPort {
  return {
    write: async (text) => {
      clipboard.writeText(text);
      return ok(undefined);
    },
    read: async () => clipboard.readText(),
  };
}
