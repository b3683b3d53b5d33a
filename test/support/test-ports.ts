import type { EnginePorts } from '../../engine/ports.ts';
import { memoryClipboard } from './memory-clipboard.ts';

/** What a test gives to an engine of its own: no dialogs, a clipboard in memory, a silent log; `own` replaces parts. */
export function testPorts(dataDirectory: string, own: Partial<EnginePorts> = {}): EnginePorts {
  const none = async () => null;
  const quiet = () => undefined;
  return {
    version: '0.0.0-test',
    door: 'browser',
    dataDirectory,
    files: { kind: 'typed-path', open: none, folder: none, save: none },
    clipboard: memoryClipboard(),
    preferences: { get: () => ({ theme: 'system', density: 'comfortable' }), set: quiet },
    log: { info: quiet, warn: quiet, error: quiet },
    now: () => new Date(),
    ...own,
  };
}
