import { ArrowRight, Play, Square } from 'lucide-react';
import { useEffect } from 'react';
import { hostPort } from '../../../shared/host.ts';
import type { PracticeScenario } from '../../../shared/practice.ts';
import { useAct, useRefresh, useRequest } from '../../state/requests.ts';
import { toast } from '../../state/toasts.ts';
import { goTo } from '../../state/ui.ts';
import { practice as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Screen } from '../../ui/screen.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { Inbox } from './inbox.tsx';
import styles from './practice.module.css';

/** The practice server: start it, choose how it misbehaves, and see what arrived. */
export function PracticeScreen() {
  const act = useAct();
  const refresh = useRefresh();
  const state = useRequest('practice.state', {}, { every: 3_000 });
  const scenarios = useRequest('practice.scenarios', {});
  const running = state.data?.running ? state.data : null;
  useEffect(() => {
    document.title = `${text.title} · Relaysmith`;
  }, []);

  const start = async (scenario: PracticeScenario) => {
    await act('practice.start', { scenario });
    refresh('practice.state', 'practice.inbox');
  };
  const stop = async () => {
    await act('practice.stop', {});
    refresh('practice.state');
  };
  return (
    <Screen
      title={text.title}
      intro={text.intro}
      actions={
        running ? (
          <>
            <Button icon={Square} onPress={() => void stop()}>
              {text.stop}
            </Button>
            <UseProfile />
          </>
        ) : (
          <Button kind="primary" icon={Play} onPress={() => void start('all-well')}>
            {text.start}
          </Button>
        )
      }
    >
      <p className={styles.state} role="status">
        <StateMark state={running ? 'passed' : 'untested'} />
        {running ? (
          <span>
            {`${text.running} `}
            <code>{hostPort(running.host, running.port)}</code>
          </span>
        ) : (
          text.stopped
        )}
      </p>
      <div className={styles.columns}>
        <section aria-labelledby="practice-scenario">
          <h2 id="practice-scenario" className={styles.heading}>
            {text.scenario}
          </h2>
          <div className={styles.gallery} role="radiogroup" aria-labelledby="practice-scenario">
            {scenarios.data?.map((scenario) => (
              <label
                key={scenario.id}
                className={cx(styles.scenario, running?.scenario === scenario.id && styles.chosen)}
              >
                <input
                  type="radio"
                  name="scenario"
                  checked={running?.scenario === scenario.id}
                  onChange={() => void start(scenario.id)}
                />
                <span className={styles.scenarioTitle}>{scenario.title}</span>
                <span className={styles.scenarioText}>{scenario.description}</span>
                <span className={styles.expects}>
                  {scenario.expectedRule ? text.endsWith : text.passes}
                  {scenario.expectedRule && <code>{scenario.expectedRule}</code>}
                </span>
              </label>
            ))}
          </div>
        </section>
        <Inbox isRunning={running !== null} />
      </div>
    </Screen>
  );
}

/** Opens the profile that points at the running practice server. */
function UseProfile() {
  const act = useAct();
  const refresh = useRefresh();
  const adopt = async () => {
    const stored = await act('practice.adopt', {});
    if (!stored) return;
    refresh('profiles.list', 'profiles.get', 'app.info');
    goTo({ kind: 'profile', id: stored.profile.id });
    toast.say(text.ready);
  };
  return (
    <Button kind="primary" icon={ArrowRight} onPress={() => void adopt()}>
      {text.use}
    </Button>
  );
}
