import type { ImportOrigin } from '../../../shared/target.ts';
import type { ImportDraft } from '../draft.ts';
import { mattermost } from '../mattermost.ts';
import { SourceDocument } from '../source.ts';
import type { Target } from '../target.ts';
import { alertmanager } from './alertmanager.ts';
import { grafana } from './grafana.ts';

/** Products whose own file is often kept as a text inside another one. */
const TARGETS: readonly Target[] = [mattermost, grafana, alertmanager];

/** A file inside a file, such as config.json in a ConfigMap. */
export interface EmbeddedText {
  /** Key under which it stands. */
  key: string;
  text: string;
  /** Line of the outer file on which its first line stands, from 1. */
  line: number;
}

/** Reads a text inside a file as the product's own file; false when it is none with mail settings. */
export function readEmbedded({ key, text, line }: EmbeddedText, draft: ImportDraft): boolean {
  if (!/smtp|mail/i.test(text)) return false;
  const source = new SourceDocument(text, key);
  const [best] = TARGETS.map((target) => ({ target, score: target.recognise(source) }))
    .filter(({ score }) => score >= 0.8)
    .sort((a, b) => b.score - a.score);
  const parsed = best?.target.parse(source);
  if (!parsed?.ok) return false;
  const move = <T extends ImportOrigin>(origin: T): T => ({
    ...origin,
    key: `${key}: ${origin.key}`,
    line: origin.line + line - 1,
  });
  for (const profile of parsed.value.profiles) {
    const origins = Object.entries(profile.origins).map(([field, origin]) => [field, move(origin)] as const);
    draft.add({ ...profile, origins: Object.fromEntries(origins), secrets: profile.secrets.map(move) });
  }
  for (const { reason, ...origin } of parsed.value.ignored) draft.ignore(move(origin), reason);
  for (const warning of parsed.value.warnings) {
    draft.warn(warning.replace(/^Line (\d+):/, (_all, number: string) => `Line ${Number(number) + line - 1}:`));
  }
  return parsed.value.profiles.length > 0;
}
