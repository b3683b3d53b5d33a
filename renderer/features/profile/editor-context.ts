import { createContext, useContext } from 'react';
import type { Advice } from '../../../shared/advice.ts';
import type { SecretEdit } from '../../../shared/contract.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { Fix } from '../../../shared/fix.ts';
import type { StoredProfile } from '../../../shared/library.ts';
import type { FieldProblem, ProfileSettings } from '../../../shared/profile.ts';
import type { SecretKind } from '../../../shared/secrets.ts';

/** How a save went wrong, as far as the form shows it. */
export type SaveTrouble =
  | { kind: 'error'; error: AppError }
  | { kind: 'conflict'; theirs: StoredProfile }
  | { kind: 'check-failed' };

/** One open profile: what is stored, what is typed, and what can be done with it. */
export interface Editor {
  /** Profile id, or the key of a new profile; names its draft and its runs. */
  key: string;
  /** Null until it is stored. */
  stored: StoredProfile | null;
  settings: ProfileSettings;
  base: ProfileSettings;
  secrets: readonly SecretEdit[];
  isDirty: boolean;
  isSaving: boolean;
  /** True when the stored profile moved on since the edits began. */
  isOvertaken: boolean;
  attempted: boolean;
  problems: readonly FieldProblem[];
  advice: readonly Advice[];
  trouble: SaveTrouble | null;
  /** Problem of one field, once it is time to show it. */
  errorOf: (field: string) => string | undefined;
  set: (field: string, value: unknown) => void;
  touch: (field: string) => void;
  /** Puts other settings into the form, as an edit; with `secrets`, those are pending in place of what was. */
  replace: (settings: ProfileSettings, secrets?: readonly SecretEdit[]) => void;
  apply: (fix: Fix) => void;
  setSecret: (kind: SecretKind, change: SecretEdit | null) => void;
  revert: () => void;
  save: (choice?: { settings?: ProfileSettings; revision?: number; secrets?: SecretEdit[] }) => Promise<boolean>;
  check: () => Promise<boolean>;
  /** A check that also asks where, as whom and what the server lets the profile send. */
  checkRelay: () => Promise<boolean>;
  checkAndSave: () => Promise<void>;
  send: (recipient: string | null) => void;
  dismissTrouble: () => void;
  takeTheirs: (theirs: StoredProfile) => void;
  /** Shows all errors and moves to the first; true when there is none besides those of the ignored fields. */
  validate: (ignored?: readonly string[]) => boolean;
}

/** Holds the open profile's editor. */
export const EditorContext = createContext<Editor | null>(null);

/** The editor of the profile that is open. */
export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error('EditorContext is empty');
  return editor;
}
