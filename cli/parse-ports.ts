import { LIMITS } from '../shared/limits.ts';
import { type CliResult, usage } from './failure.ts';

/** Reads `587,465`; null when the option is not there. */
export function parsePorts(text: string | undefined): CliResult<number[] | null> {
  if (text === undefined) return { ok: true, value: null };
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  const ports = words.map(Number);
  const areGood = words.every((word) => /^\d{1,5}$/.test(word)) && ports.every((port) => port >= 1 && port <= 65_535);
  if (!areGood || ports.length === 0 || ports.length > LIMITS.matrixPorts) {
    return usage(`--ports needs 1 to ${LIMITS.matrixPorts} ports from 1 to 65535.`, 'Such as --ports 587,465.');
  }
  return { ok: true, value: [...new Set(ports)] };
}
