import { Search, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ReportRef } from '../../../shared/contract.ts';
import type { PracticeScenario, ScenarioInfo, ScenarioOutcome } from '../../../shared/practice.ts';
import { practice as text } from '../../text.ts';
import { IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Fold } from '../../ui/fold.tsx';
import { Icon } from '../../ui/icon.tsx';
import { galleryOf, type ShownGroup } from './gallery-model.ts';
import styles from './practice.module.css';
import { ReplayReport } from './replay-report.tsx';

/** Every way in which the practice server can behave, by group, to search and to choose from. */
export function Gallery({
  scenarios,
  running,
  onChoose,
  onReplay,
}: {
  scenarios: readonly ScenarioInfo[];
  /** The scenario that runs, or null. */
  running: PracticeScenario | 'replay' | null;
  onChoose: (scenario: PracticeScenario) => void;
  onReplay: (report: ReportRef) => void;
}) {
  const [search, setSearch] = useState('');
  const groups = useMemo(() => galleryOf(scenarios, search), [scenarios, search]);
  const found = groups.reduce((sum, group) => sum + group.scenarios.length, 0);
  const isSearching = search.trim() !== '';
  return (
    <section aria-labelledby="practice-scenario">
      <h2 id="practice-scenario" className={styles.heading}>
        {text.scenario}
      </h2>
      <div className={styles.search}>
        <Icon of={Search} />
        <input
          type="search"
          aria-label={text.search}
          placeholder={text.searchHint}
          value={search}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setSearch('');
          }}
        />
        {isSearching && <IconButton small icon={X} name={text.showAll} onPress={() => setSearch('')} />}
      </div>
      <p className="unseen" role="status">
        {isSearching ? text.found(found, scenarios.length) : ''}
      </p>
      <div role="radiogroup" aria-labelledby="practice-scenario" className={styles.groups}>
        {groups.map((group) => (
          <Fold
            // Searching unfolds what it finds; afterwards all is as it was before.
            key={`${group.id} ${isSearching}`}
            title={group.name}
            hint={String(group.scenarios.length)}
            flush
            isNeeded={isSearching || group.id === 'working' || holds(group, running)}
          >
            {group.scenarios.map((scenario) => (
              <Choice
                key={scenario.id}
                scenario={scenario}
                isRunning={running === scenario.id}
                onChoose={() => onChoose(scenario.id)}
              />
            ))}
          </Fold>
        ))}
      </div>
      <ReplayReport onReplay={onReplay} />
      {groups.length === 0 && scenarios.length > 0 && <p className={styles.soft}>{text.nothingFound}</p>}
    </section>
  );
}

function holds(group: ShownGroup, running: PracticeScenario | 'replay' | null): boolean {
  return group.scenarios.some(({ id }) => id === running);
}

function Choice({
  scenario,
  isRunning,
  onChoose,
}: {
  scenario: ScenarioInfo;
  isRunning: boolean;
  onChoose: () => void;
}) {
  const { title, description } = scenario;
  return (
    <label className={cx(styles.scenario, isRunning && styles.chosen)}>
      <input type="radio" name="scenario" checked={isRunning} onChange={onChoose} />
      <span className={styles.scenarioTitle}>{title}</span>
      <span className={styles.scenarioText}>{description}</span>
      <span className={styles.expects}>
        <Outcome scenario={scenario} />
      </span>
    </label>
  );
}

/** How a run against the scenario ends, in a few words and the rule. */
export function Outcome({ scenario }: { scenario: ScenarioOutcome }) {
  const { expectedStage, expectedRule, expectedWarning } = scenario;
  const rule = expectedRule || expectedWarning;
  return (
    <>
      {expectedStage !== '' ? text.failsAt(expectedStage) : expectedWarning === '' ? text.passes : text.warns}
      {rule !== '' && <code>{rule}</code>}
    </>
  );
}
