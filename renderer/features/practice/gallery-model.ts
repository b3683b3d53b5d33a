import { SCENARIO_GROUPS, type ScenarioGroup, type ScenarioInfo } from '../../../shared/practice.ts';
import { STAGE_WORDS } from '../../../shared/report.ts';

/** One group of the gallery with the scenarios of it that are shown. */
export interface ShownGroup {
  id: ScenarioGroup;
  name: string;
  scenarios: ScenarioInfo[];
}

/** The gallery by group, each word of the search found somewhere; groups without a hit are left out. */
export function galleryOf(scenarios: readonly ScenarioInfo[], search: string): ShownGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = Object.entries(SCENARIO_GROUPS) as [ScenarioGroup, string][];
  return groups
    .map(([id, name]) => ({
      id,
      name,
      scenarios: scenarios.filter((one) => one.group === id && words.every((word) => textOf(one, name).includes(word))),
    }))
    .filter((group) => group.scenarios.length > 0);
}

function textOf({ id, title, description, expectedStage, expectedRule, expectedWarning }: ScenarioInfo, group: string) {
  const stage = expectedStage === '' ? '' : STAGE_WORDS[expectedStage];
  return [id, title, description, stage, expectedRule, expectedWarning, group].join(' ').toLowerCase();
}
