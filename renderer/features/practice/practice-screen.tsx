import { ArrowRight, Play, Square } from 'lucide-react';
import { useEffect } from 'react';
import type { ReportRef } from '../../../shared/contract.ts';
import { hostPort } from '../../../shared/host.ts';
import type { PracticeScenario, PracticeState } from '../../../shared/practice.ts';
import { escapeControls } from '../../../shared/text.ts';
import { useAct, useRefresh, useRequest } from '../../state/requests.ts';
import { toast } from '../../state/toasts.ts';
import { goTo } from '../../state/ui.ts';
import { practice as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Screen } from '../../ui/screen.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { Gallery, Outcome } from './gallery.tsx';
import { Inbox } from './inbox.tsx';
import styles from './practice.module.css';

type Running = Extract<PracticeState, { running: true }>;

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
  const replay = async (report: ReportRef) => {
    await act('practice.replay', { report });
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
      <State running={running} />
      <div className={styles.columns}>
        <Gallery
          scenarios={scenarios.data ?? []}
          running={running?.scenario ?? null}
          onReplay={(report) => void replay(report)}
          onChoose={(scenario) => void start(scenario)}
        />
        <Inbox isRunning={running !== null} />
      </div>
    </Screen>
  );
}

/** Where it runs, how it behaves, and what a run against it will say. */
function State({ running }: { running: Running | null }) {
  if (!running) {
    return (
      <p className={styles.state} role="status">
        <StateMark state="untested" />
        {text.stopped}
      </p>
    );
  }
  const { outcome } = running;
  return (
    <div className={styles.state} role="status">
      <StateMark state="passed" />
      <div>
        <p>
          {`${text.running} `}
          <code>{hostPort(running.host, running.port)}</code>
          {`, ${running.scenario === 'replay' ? text.replaying : text.as} ${escapeControls(outcome.title)}`}
        </p>
        <p className={styles.expectation}>
          {`${text.expect(outcome.action)} `}
          <Outcome scenario={outcome} />
        </p>
        {outcome.ownSettings && <p className={styles.soft}>{text.ownSettings}</p>}
      </div>
    </div>
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
