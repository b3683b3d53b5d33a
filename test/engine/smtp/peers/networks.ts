import { requireTool } from '../../../support/requires.ts';

/**
 * Tells whether a test can have a network of its own. Where it cannot, the reason is printed and the caller skips; in CI it
 * throws instead.
 */
export function requireNetworks(tools: readonly string[] = []): boolean {
  if (!['unshare', 'ip', ...tools].every((tool) => requireTool(tool))) return false;
  if (process.getuid?.() === 0) return true;
  if (process.env.CI) throw new Error('A network of its own is needed for this test, which takes root');
  console.warn('Skipped: a network of its own takes root');
  return false;
}
