import { isLoopback } from '../../../shared/host.ts';
import { isUsable } from '../../../shared/matrix.ts';
import type { Trial } from './trial.ts';

/** Ports that nearly every mail server opens; no answer from another one says nothing. */
const USUAL = [25, 465, 587];

/** What all trials of one host show together. [] when there is nothing that the cells do not say themselves. */
export function conclusionsFrom(trials: readonly Trial[], host: string): string[] {
  const ports = [...new Set(trials.map(({ cell }) => cell.port))];
  const tried = trials.filter(({ cell }) => cell.verdict !== 'not-tried');
  const closed = new Map(
    tried.filter(({ failedAt }) => failedAt === 'tcp').map((trial) => [trial.cell.port, trial.code]),
  );
  const open = ports.filter((port) => tried.some(({ cell }) => cell.port === port) && !closed.has(port));
  if (tried.length === 0) return [];
  if (open.length === 0) return noneOpen([...closed.values()]);
  const reached = tried.filter(({ failedAt }) => failedAt !== 'dns' && failedAt !== 'config');
  if (reached.length === 0) return [];
  return [...blocked(closed, open, host), ...unsafe(tried)];
}

function noneOpen(codes: readonly string[]): string[] {
  if (codes.length === 0) return [];
  if (codes.every((code) => code === 'ECONNREFUSED')) {
    return [
      'The machine answers, but none of these ports is open: no mail service runs there, or it listens elsewhere.',
    ];
  }
  if (codes.every((code) => code === 'ETIMEDOUT')) {
    return [
      'None of the ports gives any answer: the address is wrong or down, or a firewall on the way drops everything. To compare, try from another network.',
    ];
  }
  return ['None of these ports can be reached from here.'];
}

/** Port 25 is the one that providers close on the way out (RFC 5068 3.1); a closed other one is a firewall's choice. */
function blocked(closed: ReadonlyMap<number, string>, open: readonly number[], host: string): string[] {
  return USUAL.flatMap((port) => {
    const code = closed.get(port);
    if (code === undefined || isLoopback(host)) return [];
    const others = `port ${open[0]} of the same server does`;
    if (port === 25) {
      const how = code === 'ECONNREFUSED' ? 'refuses' : 'gives no answer';
      return [
        `Port 25 ${how}, while ${others}. Most likely this network or its provider blocks port 25 on the way out.`,
      ];
    }
    return code === 'ETIMEDOUT'
      ? [`Port ${port} gives no answer, while ${others}: a firewall drops it, here or at the server.`]
      : [];
  });
}

function unsafe(trials: readonly Trial[]): string[] {
  const usable = trials.filter(({ cell }) => isUsable(cell));
  if (usable.length === 0 || usable.some(({ cell }) => cell.verdict !== 'plain')) return [];
  return ['No combination is encrypted. Ask whoever runs the server to turn on STARTTLS or TLS.'];
}
