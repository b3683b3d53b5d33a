import {
  CirclePause,
  CirclePlay,
  FolderOutput,
  ListChecks,
  type LucideIcon,
  Package,
  Pin,
  PinOff,
  Trash2,
} from 'lucide-react';
import type { ProfileSummary } from '../../../shared/library.ts';
import { goTo, openFor } from '../../state/ui.ts';
import { batch, library as text } from '../../text.ts';
import type { useMany } from './use-many.ts';
import type { useListOrder } from './use-profile-list.ts';

/** What batch actions may use besides the window's stores. */
export type BatchContext = ReturnType<typeof useMany> & ReturnType<typeof useListOrder>;

/** Something that can be done with all selected profiles at once. */
export interface BatchAction {
  id: string;
  icon: LucideIcon;
  /** A verb; the profiles are named above it. */
  name: string;
  isDanger?: true;
  /** False hides it: there is nothing for it to do. */
  when?: (profiles: readonly ProfileSummary[], context: BatchContext) => boolean;
  run: (profiles: readonly ProfileSummary[], context: BatchContext) => void;
}

const idsOf = (profiles: readonly ProfileSummary[]) => profiles.map(({ id }) => id);

/** Every batch action, in the order in which they are offered. To add one, add it here. */
export const BATCH_ACTIONS: readonly BatchAction[] = [
  {
    id: 'check',
    icon: ListChecks,
    name: batch.action,
    run: (profiles) => goTo({ kind: 'batch', ids: idsOf(profiles) }),
  },
  {
    id: 'exportMany',
    icon: FolderOutput,
    name: text.exportMany,
    run: (profiles) => openFor('exportMany', idsOf(profiles)),
  },
  {
    id: 'saveBundle',
    icon: Package,
    name: text.saveBundle,
    run: (profiles) => openFor('saveBundle', idsOf(profiles)),
  },
  {
    id: 'activate',
    icon: CirclePlay,
    name: text.activate,
    when: (profiles) => profiles.some(({ status }) => status === 'inactive'),
    run: (profiles, { setStatusMany }) => void setStatusMany(idsOf(profiles), 'active'),
  },
  {
    id: 'deactivate',
    icon: CirclePause,
    name: text.deactivate,
    when: (profiles) => profiles.some(({ status }) => status === 'active'),
    run: (profiles, { setStatusMany }) => void setStatusMany(idsOf(profiles), 'inactive'),
  },
  {
    id: 'pin',
    icon: Pin,
    name: text.pin,
    when: (profiles, { order }) => profiles.some(({ id }) => !order.pinned.has(id)),
    run: (profiles, { setPinned }) => setPinned(idsOf(profiles), true),
  },
  {
    id: 'unpin',
    icon: PinOff,
    name: text.unpin,
    when: (profiles, { order }) => profiles.some(({ id }) => order.pinned.has(id)),
    run: (profiles, { setPinned }) => setPinned(idsOf(profiles), false),
  },
  {
    id: 'delete',
    icon: Trash2,
    name: text.delete,
    isDanger: true,
    run: (profiles, { removeMany }) => void removeMany(idsOf(profiles)),
  },
];
