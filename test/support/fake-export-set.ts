import type { RequestInput, RequestOutput } from '../../shared/contract.ts';
import type { ExportSetPreview } from '../../shared/export-set.ts';
import type { ProfileSummary } from '../../shared/library.ts';
import type { SecretPolicy, TargetInfo } from '../../shared/target.ts';

/** The files of a set, as the engine would name them. */
export function fakeExportSet(
  { profileIds, targets, policy }: Pick<RequestInput<'exportSet.preview'>, 'profileIds' | 'targets' | 'policy'>,
  profiles: readonly ProfileSummary[],
  known: readonly TargetInfo[],
): ExportSetPreview {
  const chosen = profiles.filter(({ id }) => profileIds.includes(id));
  const files = chosen.flatMap(({ id, name }) =>
    targets.flatMap(({ target }) => {
      const info = known.find((each) => each.id === target);
      if (!info) return [];
      return {
        file: `${name.replaceAll(' ', '-')}.${target}${/\.\w+$/.exec(info.fileName)?.[0] ?? ''}`,
        target,
        product: info.name,
        productFile: info.fileName,
        profiles: [{ id, name }],
        limits: [],
        holdsSecret: policy === 'include',
      };
    }),
  );
  return { files, refused: [] };
}

/** The same, written. */
export function fakeWrittenSet({ files }: ExportSetPreview, policy: SecretPolicy): RequestOutput<'exportSet.write'> {
  return {
    folder: 'settings',
    cancelled: false,
    manifest: {
      format: 'relaysmith-export',
      version: 1,
      createdAt: '2026-11-21T09:14:00.000Z',
      secrets: policy,
      complete: true,
      files: files.map((file) => ({
        ...file,
        state: 'written' as const,
        bytes: 612,
        sha256: '0'.repeat(64),
        backup: '',
        problem: '',
      })),
      refused: [],
    },
  };
}
