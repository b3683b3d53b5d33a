import type { PracticeScenario, ScenarioGroup, ScenarioInfo, ScenarioOutcome } from '../../../shared/practice.ts';
import { SCENARIO_IDS } from '../../../shared/practice-scenarios.ts';
import type { Scenario, ScenarioGallery } from '../scenario.ts';
import { BROKEN_OFF } from './broken-off.ts';
import { CERTIFICATE } from './certificate.ts';
import { EHLO } from './ehlo.ts';
import { GREETING } from './greeting.ts';
import { MAIL } from './mail.ts';
import { SIGN_IN } from './sign-in.ts';
import { TLS } from './tls.ts';
import { WORKING } from './working.ts';

/** Every scenario of the gallery as data. */
export const SCENARIOS: ScenarioGallery = {
  ...WORKING,
  ...GREETING,
  ...EHLO,
  ...TLS,
  ...CERTIFICATE,
  ...SIGN_IN,
  ...MAIL,
  ...BROKEN_OFF,
};

/** What the gallery shows, in its order. */
export function scenarioInfos(): ScenarioInfo[] {
  const groups = Object.entries(SCENARIO_IDS) as [ScenarioGroup, readonly PracticeScenario[]][];
  return groups.flatMap(([group, ids]) => ids.map((id) => ({ id, group, ...outcomeOf(SCENARIOS[id]) })));
}

/** What is said of a scenario. */
export function outcomeOf(scenario: Scenario): ScenarioOutcome {
  const { title, description, action = 'check', ends: [stage, rule] = ['', ''], warns = '', profile } = scenario;
  return {
    title,
    description,
    action,
    expectedStage: stage,
    expectedRule: rule,
    expectedWarning: warns,
    ownSettings: profile !== undefined,
  };
}
