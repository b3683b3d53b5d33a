import type { RequestInput } from '../../../shared/contract.ts';
import type { ImportSetPreview } from '../../../shared/import-set.ts';
import type { SecretStorage } from '../../../shared/secrets.ts';

/** What happens to one profile of a set. */
export interface SetChoice {
  /** Its index in the whole set. */
  index: number;
  isIncluded: boolean;
  name: string;
  /** True when its file holds the value of a secret. */
  hasSecret: boolean;
}

/** Everything that was understood is included. */
export function initialSetChoices({ files }: ImportSetPreview): SetChoice[] {
  return files.flatMap(({ first, preview }) =>
    (preview?.profiles ?? []).map(({ name }, at) => ({
      index: first + at,
      isIncluded: true,
      name,
      hasSecret: preview?.secrets.some(({ profile, state }) => profile === at && state === 'value') ?? false,
    })),
  );
}

/** True when a file of the set holds the value of a secret. */
export function setHoldsSecrets({ files }: ImportSetPreview): boolean {
  return files.some(({ preview }) => preview?.secrets.some(({ state }) => state === 'value'));
}

/** The choices as the engine takes them; where there is no secret, nothing happens to it. */
export function toAccept(
  chosen: readonly SetChoice[],
  storage: SecretStorage | 'leave-out',
): RequestInput<'imports.accept'>['choices'] {
  return chosen.map(({ index, name, hasSecret }) => ({ index, name, secrets: hasSecret ? storage : 'leave-out' }));
}
