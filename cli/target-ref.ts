import { appErrorOf } from '../shared/errors.ts';
import type { TargetInfo } from '../shared/target.ts';
import { type CliResult, usage } from './failure.ts';
import { nearest } from './suggest.ts';

/** The target of an id or of a product's name ("ZTrust", "Home Assistant"); a mistyped one gets the nearest. */
export function pickTarget(targets: readonly TargetInfo[], id: string): CliResult<TargetInfo> {
  const typed = id.trim().toLowerCase();
  const found =
    targets.find((target) => target.id === typed) ?? targets.find((target) => namesOf(target).includes(typed));
  if (found) return { ok: true, value: found };
  const guess = nearest(
    id,
    targets.map((target) => target.id),
  );
  if (guess) return usage(`There is no target of that name.`, `Did you mean ${guess}? relaysmith targets lists all.`);
  return { ok: false, error: appErrorOf('TARGET_UNKNOWN', { target: id.slice(0, 60) }) };
}

/** One target may serve several products: "Keycloak / ZTrust", "Gitea, Forgejo". */
function namesOf({ name }: TargetInfo): string[] {
  return name.split(/[/,]/).map((part) => part.trim().toLowerCase());
}
