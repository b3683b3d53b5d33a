import { ok } from '../../shared/result.ts';
import type { HandlerGroup } from '../dispatch.ts';
import type { DraftStore } from '../drafts/draft-store.ts';

/** Requests that keep unsaved edits. */
export function draftHandlers(drafts: DraftStore): HandlerGroup<'drafts'> {
  return {
    'drafts.put': (draft) => drafts.put(draft),
    'drafts.list': async () => ok(await drafts.list()),
    'drafts.drop': async ({ ids }) => {
      await drafts.drop(ids);
      return ok({});
    },
  };
}
