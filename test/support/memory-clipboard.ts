import type { ClipboardPort } from '../../engine/ports.ts';
import { ok } from '../../shared/result.ts';

/** A clipboard in memory, whose text a test can look at and replace as another program would. */
export function memoryClipboard(): ClipboardPort & { text: string } {
  const clipboard = {
    text: '',
    write: async (text: string) => {
      clipboard.text = text;
      return ok(undefined);
    },
    read: async (): Promise<string | null> => clipboard.text,
  };
  return clipboard;
}
