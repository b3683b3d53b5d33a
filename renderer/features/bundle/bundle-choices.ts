import type { BundlePreview, BundleProfile } from '../../../shared/bundle.ts';
import type { RequestInput } from '../../../shared/contract.ts';
import type { SecretStorage } from '../../../shared/secrets.ts';

/** What happens to one profile of a bundle. */
export interface BundleChoice {
  index: number;
  action: 'add' | 'replace' | 'skip';
  /** Name under which it is added. */
  name: string;
  /** Which stored profile it replaces, among those that it could be meant for. */
  conflict: number;
}

/** Everything is taken, beside what is there. */
export function initialBundleChoices({ profiles }: BundlePreview): BundleChoice[] {
  return profiles.map(({ index, freeName }) => ({ index, action: 'add', name: freeName, conflict: 0 }));
}

/** The choices as the engine takes them. */
export function toAccept(
  profiles: readonly BundleProfile[],
  choices: readonly BundleChoice[],
  storage: SecretStorage | 'leave-out',
): RequestInput<'bundles.accept'>['choices'] {
  return choices.flatMap((choice): RequestInput<'bundles.accept'>['choices'] => {
    const { index, action, name } = choice;
    const profile = profiles.find((each) => each.index === index);
    if (!profile || action === 'skip') return [];
    const secrets = profile.secrets.length > 0 ? storage : 'leave-out';
    const conflict = profile.conflicts[choice.conflict];
    if (action === 'replace' && conflict) {
      return [{ action: 'replace', index, id: conflict.id, revision: conflict.revision, secrets }];
    }
    return [{ action: 'add', index, name, secrets }];
  });
}
