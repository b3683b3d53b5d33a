import { create } from 'zustand';
import { BUNDLE_MAGIC } from '../../shared/bundle.ts';
import type { RequestInput } from '../../shared/contract.ts';
import { LIMITS } from '../../shared/limits.ts';
import type { DroppedFile } from './dropped-files.ts';
import { openDialog, useUi } from './ui.ts';

/** What waits to be read by the dialog that it opened: something chosen by path, or files that were dropped. */
export type Incoming =
  | { kind: 'path'; token: string; name: string }
  | { kind: 'dropped'; files: readonly DroppedFile[] };

/** The one thing that waits, for the import of several or for a bundle. */
export const useIncoming = create<{ incoming: Incoming | null }>(() => ({ incoming: null }));

/** Takes what waits, so that it is read once. */
export function takeIncoming(): Incoming | null {
  const { incoming } = useIncoming.getState();
  useIncoming.setState({ incoming: null });
  return incoming;
}

/** Opens the dialog that reads it. */
export function receive(dialog: 'importMany' | 'openBundle', incoming: Incoming): void {
  useIncoming.setState({ incoming });
  openDialog(dialog);
}

/** Opens the dialog for files that were dropped on the window: one product's file, several or an archive, or a bundle. */
export async function receiveDropped(files: readonly DroppedFile[]): Promise<void> {
  const [first, second] = files;
  if (!first) return;
  const kind = second || first.path !== first.file.name ? 'several' : await kindOf(first.file);
  if (kind === 'several') receive('importMany', { kind: 'dropped', files });
  else if (kind === 'bundle') receive('openBundle', { kind: 'dropped', files });
  else {
    useUi.setState({ dropped: first.file });
    openDialog('import');
  }
}

/** Opens the dialog for a file that was chosen, told by its name; null for a plain one, which the import reads itself. */
export function receiveChosen(token: string, name: string): 'importMany' | 'openBundle' | null {
  const dialog = /\.relaysmith$/i.test(name) ? 'openBundle' : /\.(zip|tar|tgz|gz)$/i.test(name) ? 'importMany' : null;
  if (dialog) receive(dialog, { kind: 'path', token, name });
  return dialog;
}

/** Dropped files on their way to the engine; null when they are too large to travel. */
export async function droppedSource(
  files: readonly DroppedFile[],
): Promise<RequestInput<'importSet.read'>['source'] | null> {
  const size = files.reduce((sum, { file }) => sum + file.size, 0);
  if (size > LIMITS.droppedBytes) return null;
  const read = files.map(async ({ path, file }) => ({
    name: path.slice(0, LIMITS.textLine),
    base64: await base64Of(file),
  }));
  return { kind: 'dropped', files: await Promise.all(read) };
}

/** By content, as the engine tells it: the marks of zip, gzip and tar, and the first words of a bundle. */
async function kindOf(file: File): Promise<'single' | 'several' | 'bundle'> {
  const head = new Uint8Array(await file.slice(0, 512).arrayBuffer());
  const text = String.fromCharCode(...head);
  if (text.startsWith(BUNDLE_MAGIC)) return 'bundle';
  const marks = ['PK\u0003\u0004', 'PK\u0005\u0006', '\u001f\u008b'];
  const isPacked = marks.some((mark) => text.startsWith(mark)) || text.slice(257, 262) === 'ustar';
  return isPacked ? 'several' : 'single';
}

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  // In parts: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 32_768) binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return btoa(binary);
}
