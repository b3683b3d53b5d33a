import type { RequestInput } from '../../../shared/contract.ts';
import { LIMITS } from '../../../shared/limits.ts';

/** A dropped file as a source to import; null when it is too large to travel as text. */
export async function readDropped(file: File): Promise<RequestInput<'imports.read'>['source'] | null> {
  if (file.size > LIMITS.pasteChars) return null;
  return { kind: 'text', text: await file.text(), name: file.name.slice(0, LIMITS.textLine) };
}
