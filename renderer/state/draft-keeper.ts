import type { Client } from '../../shared/client.ts';
import { type DraftToKeep, settingsToKeep } from '../../shared/draft.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Draft } from './draft-model.ts';
import { useDrafts } from './drafts.ts';

/** Milliseconds without an edit after which the edits are kept. */
export const KEEP_AFTER_MS = 600;

/** Keeps the unsaved edits of this window on the privileged side, where a crash of the window does not reach. */
export interface DraftKeeper {
  /** Goes on with edits that an earlier window left, under the id that they have there. */
  adopt(key: string, id: string): void;
  /** Keeps what has changed at once. */
  flush(): Promise<void>;
  /** Stops watching the drafts. */
  stop(): void;
}

interface Copy {
  id: string;
  /** What was put last, as text; '' when nothing was. */
  put: string;
}

/**
 * Watches the drafts, puts each that has edits in its settings, and drops the copy of each that has none any more. A
 * failed put is reported once and tried again with the next change.
 */
export function startDraftKeeper(client: Client, onFailure: (error: AppError) => void): DraftKeeper {
  const copies = new Map<string, Copy>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isFailing = false;

  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    const { drafts } = useDrafts.getState();
    const edited = Object.entries(drafts).filter(([, draft]) => hasEditsToKeep(draft));
    const done = [...copies.keys()].filter((key) => !edited.some(([each]) => each === key));
    await Promise.all([...edited.map(([key, draft]) => put(key, draft)), drop(done)]);
  };
  const put = async (key: string, draft: Draft): Promise<void> => {
    const copy = copies.get(key) ?? { id: crypto.randomUUID(), put: '' };
    copies.set(key, copy);
    const kept = toKeep(key, copy.id, draft);
    const text = JSON.stringify(kept);
    if (text === copy.put) return;
    copy.put = text;
    const result = await client('drafts.put', kept);
    if (!result.ok) copy.put = '';
    if (!result.ok && !isFailing) onFailure(result.error);
    isFailing = !result.ok;
  };
  const drop = async (keys: readonly string[]): Promise<void> => {
    const ids = keys.flatMap((key) => copies.get(key)?.id ?? []);
    for (const key of keys) copies.delete(key);
    if (ids.length > 0) await client('drafts.drop', { ids });
  };

  const unsubscribe = useDrafts.subscribe(() => {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), KEEP_AFTER_MS);
  });
  return {
    adopt: (key, id) => void copies.set(key, { id, put: '' }),
    flush,
    stop: () => {
      clearTimeout(timer);
      unsubscribe();
    },
  };
}

function toKeep(key: string, id: string, { base, settings, revision, secrets }: Draft): DraftToKeep {
  return {
    id,
    profileId: revision === 0 ? null : key,
    revision,
    base,
    settings: settingsToKeep(settings, base),
    typedSecrets: secrets.flatMap((change) =>
      change.action === 'set' || change.action === 'take' ? [change.kind] : [],
    ),
  };
}

/** Typed secrets alone are not worth a copy: they are what it would not hold. */
function hasEditsToKeep({ base, settings }: Draft): boolean {
  return JSON.stringify(settings) !== JSON.stringify(base);
}
