import { useState } from 'react';
import type { RequestInput, RequestOutput } from '../../../shared/contract.ts';
import type { AppError, ErrorFacts } from '../../../shared/errors.ts';
import type { SecretPolicy } from '../../../shared/target.ts';
import { useLongWork } from '../../state/long-work.ts';
import { useAct, useRequest } from '../../state/requests.ts';
import { useUi } from '../../state/ui.ts';

type Written = RequestOutput<'exportSet.write'>;
type Folder = NonNullable<RequestOutput<'files.folder'>>;

/** How the last writing ended. */
export type Outcome =
  | { kind: 'done'; written: Written }
  | { kind: 'exists'; facts: ErrorFacts<'FILES_EXIST'> }
  | { kind: 'error'; error: AppError };

/** The choices of an export of several, the files that they make, and the way into a folder. */
export function useExportMany() {
  const act = useAct();
  const { working, run, cancel } = useLongWork();
  const profiles = useRequest('profiles.list', {});
  const targets = useRequest('targets.list', {});
  const [pickedProfiles, setProfiles] = useState<ReadonlySet<string>>(() => new Set(useUi.getState().picked));
  const [pickedTargets, setTargets] = useState<ReadonlySet<string>>(new Set());
  const [options, setOptions] = useState<Record<string, Record<string, string>>>({});
  const [policy, setPolicy] = useState<SecretPolicy>('leave-out');
  const [combine, setCombine] = useState(false);
  const [folder, setFolder] = useState<Folder | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);

  const known = targets.data ?? [];
  const chosen = known.filter(({ id }) => pickedTargets.has(id));
  const request: RequestInput<'exportSet.preview'> = {
    profileIds: (profiles.data ?? []).flatMap(({ id }) => (pickedProfiles.has(id) ? [id] : [])),
    targets: chosen.map(({ id }) => ({ target: id, options: options[id] ?? {} })),
    policy,
    combine,
  };
  const isReady = request.profileIds.length > 0 && request.targets.length > 0;
  const preview = useRequest('exportSet.preview', request, { enabled: isReady, keepPrevious: true });

  /** A choice makes what was said of the last writing void. */
  const change = <V>(set: (value: V) => void) => {
    return (value: V) => {
      set(value);
      setOutcome(null);
    };
  };
  const write = async (into: Folder, replace: boolean) => {
    setOutcome(null);
    const result = await run('exportSet.write', { ...request, folder: into.token, replace });
    if (result.ok) setOutcome({ kind: 'done', written: result.value });
    else if (result.error.code === 'FILES_EXIST') setOutcome({ kind: 'exists', facts: result.error.facts });
    else if (result.error.code !== 'CANCELLED') setOutcome({ kind: 'error', error: result.error });
  };
  /** `path` is null where a native dialog asks for it. */
  const choose = async (path: string | null): Promise<boolean> => {
    const place = await act('files.folder', { purpose: 'export', path });
    if (!place) return false;
    setFolder(place);
    await write(place, false);
    return true;
  };
  return {
    profiles: profiles.data ?? [],
    pickedProfiles,
    setProfiles: change(setProfiles),
    targets: known,
    chosen,
    pickedTargets,
    setTargets: change(setTargets),
    options,
    setOption: (target: string, key: string, value: string) =>
      change(setOptions)({ ...options, [target]: { ...options[target], [key]: value } }),
    policy,
    setPolicy: change(setPolicy),
    combine,
    setCombine: change(setCombine),
    isReady,
    preview,
    folder,
    choose,
    replace: () => folder && void write(folder, true),
    working,
    cancel,
    outcome,
  };
}

/** Everything that the dialog works with. */
export type ExportMany = ReturnType<typeof useExportMany>;
