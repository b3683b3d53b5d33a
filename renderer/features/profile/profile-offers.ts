import { useOffer } from '../../state/offers.ts';
import { useRuns } from '../../state/runs.ts';
import { useProfileActions } from '../library/actions.ts';
import { openMatrix } from '../matrix/open-matrix.ts';
import type { Editor } from './editor-context.ts';
import { openNamesHere } from './field-names.tsx';
import { useSwitchStatus } from './use-switch-status.ts';

/** Offers what can be done with the open profile to palette and shortcuts. */
export function useProfileOffers(editor: Editor, onExport: () => void): void {
  const { duplicate, remove } = useProfileActions();
  const isRunning = useRuns(({ runs }) => runs[editor.key]?.running ?? false);
  const switchStatus = useSwitchStatus(editor);
  const { stored, isDirty } = editor;
  const hasWork = isDirty || !stored;
  useOffer('save', hasWork ? () => void editor.save() : null);
  useOffer('check', () => void editor.check());
  useOffer('checkRelay', isRunning ? null : () => void editor.checkRelay());
  useOffer('matrix', () => void (editor.validate(['name']) && openMatrix(editor.key)));
  useOffer('checkAndSave', hasWork && !isRunning ? () => void editor.checkAndSave() : null);
  useOffer('cancel', isRunning ? () => useRuns.getState().runs[editor.key]?.cancel() : null);
  useOffer('revert', stored && isDirty ? editor.revert : null);
  useOffer('export', onExport);
  useOffer('fieldNames', openNamesHere);
  useOffer('switchStatus', stored ? () => void switchStatus() : null);
  useOffer('duplicate', stored ? () => void duplicate(stored.profile.id) : null);
  useOffer('delete', stored ? () => void remove(stored.profile.id, stored.profile.name) : null);
}
