import { useQueryClient } from '@tanstack/react-query';
import type { SecretEdit } from '../../../shared/contract.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { StoredProfile } from '../../../shared/library.ts';
import { type ProfileSettings, settingsOf } from '../../../shared/profile.ts';
import { useClient } from '../../state/client-context.ts';
import { type Draft, settingsToSend } from '../../state/draft-model.ts';
import { settleDraft } from '../../state/drafts.ts';
import { moveProducts } from '../../state/products.ts';
import { useRefresh } from '../../state/requests.ts';
import { moveRun } from '../../state/runs.ts';
import { goTo, useUi } from '../../state/ui.ts';
import type { SaveTrouble } from './editor-context.ts';

/** What is to be stored. */
export interface SaveInput {
  settings: ProfileSettings;
  revision: number;
  secrets: SecretEdit[];
  /** What stood in the form when the save began. */
  from: Pick<Draft, 'settings' | 'secrets'>;
}

/** Stores a profile, new or known, and shows what was stored. Resolves to null, or to what stood in the way. */
export interface Save {
  (input: SaveInput): Promise<SaveTrouble | null>;
  /** Takes another version as the stored one. */
  show: (stored: StoredProfile) => void;
}

/** Makes the save of one profile. `key` is its id, or the key of a new one. */
export function useSave(key: string, stored: StoredProfile | null): Save {
  const client = useClient();
  const queries = useQueryClient();
  const refresh = useRefresh();

  const show = (next: StoredProfile) => {
    queries.setQueryData(['profiles.get', { id: next.profile.id }], next);
    refresh('profiles.list');
  };
  const finish = (next: StoredProfile, { from }: SaveInput): null => {
    show(next);
    settleDraft(key, next.profile.id, from, { base: settingsOf(next.profile), revision: next.revision });
    return null;
  };
  const create = async (input: SaveInput): Promise<SaveTrouble | null> => {
    const { secrets } = input;
    const result = await client('profiles.create', { settings: settingsToSend(input.settings), secrets });
    if (!result.ok) return failed(result.error);
    finish(result.value, input);
    refresh('app.info');
    moveRun(key, result.value.profile.id);
    moveProducts(key, result.value.profile.id);
    const { place, pane } = useUi.getState();
    if (place.kind === 'new' && place.key === key) goTo({ kind: 'profile', id: result.value.profile.id });
    useUi.setState({ pane });
    return null;
  };

  const failed = (error: AppError): SaveTrouble => {
    // The keychain may have turned out not to be there; the form then says so.
    refresh('secrets.status');
    return { kind: 'error', error };
  };
  const save = async (input: SaveInput): Promise<SaveTrouble | null> => {
    if (!stored) return create(input);
    const { settings, revision, secrets } = input;
    const clean = settingsToSend(settings);
    const result = await client('profiles.save', { id: stored.profile.id, revision, settings: clean, secrets });
    if (!result.ok) return failed(result.error);
    if (result.value.outcome === 'conflict') return { kind: 'conflict', theirs: result.value.theirs };
    return finish(result.value.stored, input);
  };
  return Object.assign(save, { show });
}
