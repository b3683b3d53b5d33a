import type { ImportOrigin } from '../../../shared/target.ts';
import type { ImportDraft } from '../draft.ts';
import type { FoundText } from './section.ts';

/** A switch and where it stands. */
export interface FoundSwitch {
  on: boolean;
  origin: ImportOrigin;
}

/** Reads a switch in the words of go-ini (key.go, parseBool); undefined, and reported, for any other word. */
export function readSwitch(found: FoundText | undefined, draft: ImportDraft): FoundSwitch | undefined {
  if (!found) return undefined;
  if (/^(?:1|t|T|true|TRUE|True|YES|yes|Yes|y|ON|on|On)$/.test(found.value)) return { on: true, origin: found.origin };
  if (/^(?:0|f|F|false|FALSE|False|NO|no|No|n|OFF|off|Off)$/.test(found.value))
    return { on: false, origin: found.origin };
  draft.ignore(found.origin, 'This is neither true nor false. The default stands instead.');
  return undefined;
}
