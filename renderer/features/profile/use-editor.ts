import { useCallback, useMemo, useState } from 'react';
import { adviceOn } from '../../../shared/advice.ts';
import { applyFix, fieldValue } from '../../../shared/fix.ts';
import type { StoredProfile } from '../../../shared/library.ts';
import { type ProfileSettings, settingsOf } from '../../../shared/profile.ts';
import { useClient } from '../../state/client-context.ts';
import {
  type Draft,
  draftOf,
  importTaken,
  isDirty,
  liveDraft,
  problemsInOrder,
  settingsToTest,
  typedSecrets,
  withSecret,
  withSettings,
  withValue,
} from '../../state/draft-model.ts';
import { changeDraft, dropDraft, useDrafts } from '../../state/drafts.ts';
import { showBench } from '../../state/layout.ts';
import { type Action, startRun } from '../../state/runs.ts';
import { useUi } from '../../state/ui.ts';
import type { Editor, SaveTrouble } from './editor-context.ts';
import { focusField } from './focus-field.ts';
import { useSave } from './use-save.ts';

/** Makes the editor of one profile. `seed` is what a new profile begins with; it is not used for a stored one. */
export function useEditorState(key: string, stored: StoredProfile | null, seed: ProfileSettings): Editor {
  const client = useClient();
  const kept = useDrafts(({ drafts }) => drafts[key]);
  const fresh = useMemo(
    () => (stored ? draftOf(settingsOf(stored.profile), stored.revision) : draftOf(seed, 0)),
    [stored, seed],
  );
  const draft = liveDraft(kept, fresh);
  const [trouble, setTrouble] = useState<SaveTrouble | null>(null);
  const [isSaving, setSaving] = useState(false);

  const change = useCallback(
    (edit: (draft: Draft) => Draft) => {
      changeDraft(key, fresh, edit);
    },
    [key, fresh],
  );
  const problems = useMemo(() => problemsInOrder(draft.settings), [draft.settings]);
  const isNew = stored === null && !draft.attempted;
  const advice = useMemo(() => {
    const all = adviceOn(draft.settings);
    // A form that was just opened need not be told that its fields are empty.
    return isNew ? all.filter(({ field }) => fieldValue(draft.settings, field) !== '') : all;
  }, [draft.settings, isNew]);
  const store = useSave(key, stored);

  const validate = (ignored: readonly string[] = []): boolean => {
    const inTheWay = problems.filter(({ field }) => !ignored.includes(field));
    const first = inTheWay[0];
    if (!first) return true;
    // A test shows only what stands in its own way; a save shows everything.
    const shown = inTheWay.map(({ field }) => field);
    change((now) => ({
      ...now,
      attempted: now.attempted || ignored.length === 0,
      touched: [...now.touched, ...shown],
    }));
    useUi.setState({ pane: 'main' });
    focusField(first.field);
    return false;
  };

  const run = async (action: Action, recipient: string | null, relay = false): Promise<boolean> => {
    // A profile that has no name yet can be tested all the same.
    if (!validate(['name'])) return false;
    const settings = settingsToTest(draft.settings);
    const secrets = typedSecrets(draft.secrets);
    showBench();
    const report = await startRun(client, {
      key,
      action,
      settings,
      secretsOf: stored?.profile.id ?? null,
      secrets,
      imported: importTaken(draft.secrets),
      recipient,
      relay,
    });
    return report?.ok ?? false;
  };

  const save: Editor['save'] = async ({ settings = draft.settings, revision = draft.revision, secrets } = {}) => {
    if (!validate()) return false;
    setSaving(true);
    const problem = await store({ settings, revision, secrets: secrets ?? draft.secrets, from: draft });
    setSaving(false);
    setTrouble(problem);
    return problem === null;
  };

  return {
    key,
    stored,
    settings: draft.settings,
    base: draft.base,
    secrets: draft.secrets,
    isDirty: isDirty(draft),
    isSaving,
    isOvertaken: stored !== null && stored.revision !== draft.revision,
    attempted: draft.attempted,
    problems,
    advice,
    trouble,
    errorOf: (field) => {
      const problem = problems.find((each) => each.field === field);
      const isTime = draft.attempted || draft.touched.includes(field);
      return problem && isTime ? problem.message : undefined;
    },
    set: (field, value) => change((now) => withSettings(now, withValue(now.settings, field, value))),
    touch: (field) =>
      change((now) => (now.touched.includes(field) ? now : { ...now, touched: [...now.touched, field] })),
    replace: (settings, secrets) =>
      change((now) => ({ ...withSettings(now, settings), ...(secrets && { secrets: [...secrets] }) })),
    apply: (fix) => change((now) => withSettings(now, applyFix(now.settings, fix))),
    setSecret: (kind, next) => change((now) => ({ ...now, secrets: withSecret(now.secrets, kind, next) })),
    revert: () => {
      dropDraft(key);
      setTrouble(null);
    },
    save,
    check: () => run('check', null),
    checkRelay: () => run('check', null, true),
    checkAndSave: async () => {
      if (!validate()) return;
      const passed = await run('check', null);
      if (stored && !isDirty(draft)) return;
      // What was checked is what is saved; edits made meanwhile stay edits.
      if (passed) await save();
      else setTrouble({ kind: 'check-failed' });
    },
    send: (recipient) => void run('send', recipient),
    dismissTrouble: () => setTrouble(null),
    takeTheirs: (theirs) => {
      dropDraft(key);
      store.show(theirs);
      setTrouble(null);
    },
    validate,
  };
}
