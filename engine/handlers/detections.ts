import { ok } from '../../shared/result.ts';
import type { HandlerGroup } from '../dispatch.ts';
import type { Resolver } from '../smtp/index.ts';

/** The request that finds settings from an address, a domain or a host. */
export function detectionHandlers({
  now,
  resolver,
}: {
  now: () => Date;
  resolver?: Resolver;
}): HandlerGroup<'detections'> {
  return {
    'detections.run': async ({ about, ports, caPem }, { signal, emit }) => {
      const { readQuery, runDetect } = await import('../smtp/detect/index.ts');
      const query = readQuery(about);
      if (!query.ok) return query;
      const environment = { now, signal, onEvent: emit, ...(resolver && { resolver }) };
      return ok(await runDetect({ query: query.value, ports, caPem }, environment));
    },
  };
}
