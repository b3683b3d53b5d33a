import { useState } from 'react';
import type { RequestInput, RequestOutput, Subject } from '../../../shared/contract.ts';
import type { AppError, ErrorFacts } from '../../../shared/errors.ts';
import type { SecretPolicy, TargetInfo } from '../../../shared/target.ts';
import { useClient } from '../../state/client-context.ts';
import { settingsToSend } from '../../state/draft-model.ts';
import { noteProduct } from '../../state/products.ts';
import { useAct, useRequest } from '../../state/requests.ts';
import { useEditor } from '../profile/editor-context.ts';
import { useProductView } from '../profile/product-view.tsx';

const NO_TARGETS: readonly TargetInfo[] = [];

type ExportRequest = RequestInput<'exports.preview'>;

/** A file that was chosen to merge into. */
export interface MergeFile {
  token: string;
  name: string;
}

/** Where a save stands: asking, stopped by something, or done. */
export type SaveState =
  | { kind: 'idle' }
  | { kind: 'replace'; token: string; name: string }
  | { kind: 'link'; token: string; facts: ErrorFacts<'FILE_IS_LINK'> }
  | { kind: 'error'; error: AppError }
  | { kind: 'done'; written: RequestOutput<'exports.write'> };

/** The choices of an export, its preview, and its way into a file. */
export function useExport() {
  const editor = useEditor();
  const client = useClient();
  const act = useAct();
  const targets = useRequest('targets.list', {});
  const [targetId, setTargetId] = useState<string | null>(null);
  const [options, setOptions] = useState<Record<string, string>>({});
  const [policy, setPolicy] = useState<SecretPolicy>('leave-out');
  const [into, setInto] = useState<MergeFile | null>(null);
  const [saving, setSaving] = useState<SaveState>({ kind: 'idle' });

  const view = useProductView();
  const wanted = targetId ?? (view.target || view.preferred[0]);
  const target: TargetInfo | undefined = targets.data?.find(({ id }) => id === wanted) ?? targets.data?.[0];
  const subject: Subject =
    editor.stored && !editor.isDirty
      ? { kind: 'stored', profileId: editor.stored.profile.id }
      : {
          kind: 'settings',
          settings: settingsToSend(editor.settings),
          secretsOf: editor.stored?.profile.id ?? null,
        };
  const request: ExportRequest = {
    subject,
    target: target?.id ?? '',
    options: Object.fromEntries(
      Object.entries(options).filter(([key]) => target?.options.some((option) => option.key === key)),
    ),
    policy,
    into: target?.merges ? (into?.token ?? null) : null,
  };
  const preview = useRequest('exports.preview', request, { enabled: target !== undefined, keepPrevious: true });

  const change = <V>(set: (value: V) => void) => {
    return (value: V) => {
      set(value);
      setSaving({ kind: 'idle' });
    };
  };
  const write = async (token: string, followLink: boolean) => {
    const result = await client('exports.write', { ...request, destination: token, followLink });
    if (result.ok) {
      setSaving({ kind: 'done', written: result.value });
      noteProduct(editor.key, request.target);
      // What was merged into has changed by this very write.
      if (request.into === token) await preview.refetch();
    } else if (result.error.code === 'FILE_IS_LINK') setSaving({ kind: 'link', token, facts: result.error.facts });
    else setSaving({ kind: 'error', error: result.error });
  };
  /** `path` is null where a native dialog asks for it, and that dialog has then asked about replacing too. */
  const save = async (path: string | null) => {
    const chosen = await act('files.save', { suggestedName: preview.data?.fileName ?? target?.fileName ?? '', path });
    if (!chosen) return;
    if (chosen.exists && path !== null) setSaving({ kind: 'replace', token: chosen.token, name: chosen.name });
    else await write(chosen.token, false);
  };
  const chooseInto = async (path: string | null): Promise<boolean> => {
    const file = await act('files.open', { purpose: 'merge', path });
    if (!file) return false;
    setInto(file);
    setSaving({ kind: 'idle' });
    return true;
  };

  return {
    targets: targets.data ?? NO_TARGETS,
    /** The list of products, when it did not come. */
    failedList: targets.error ? targets : null,
    preferred: view.preferred,
    target,
    setTarget: change(setTargetId),
    options,
    setOption: (key: string, value: string) => change(setOptions)({ ...options, [key]: value }),
    policy,
    setPolicy: change(setPolicy),
    into: request.into === null ? null : into,
    setInto: change(setInto),
    chooseInto,
    preview,
    saving,
    save,
    write,
    subject,
    isUnsaved: subject.kind === 'settings',
  };
}

/** Everything that the export dialog works with. */
export type ExportState = ReturnType<typeof useExport>;
