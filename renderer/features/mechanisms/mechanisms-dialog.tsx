import { LogIn, RotateCw, Square } from 'lucide-react';
import { useState } from 'react';
import {
  MECHANISM_TRIES,
  type MechanismEvent,
  type MechanismReport,
  type MechanismResult,
  mechanismsOf,
  type SaslMechanism,
} from '../../../shared/mechanisms.ts';
import { settingsToTest, typedSecrets } from '../../state/draft-model.ts';
import { useLongCall } from '../../state/long-call.ts';
import { errorText } from '../../state/requests.ts';
import type { RunSecrets } from '../../state/runs.ts';
import { toast } from '../../state/toasts.ts';
import { common, mechanisms as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FieldGroup } from '../../ui/field.tsx';
import { Note } from '../../ui/note.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { Check } from '../../ui/switch.tsx';
import { SecretPromptDialog } from '../bench/secret-prompt.tsx';
import { useEditor } from '../profile/editor-context.ts';
import styles from './mechanisms.module.css';
import { MechanismsTable } from './mechanisms-table.tsx';

/** Asks which mechanisms to try and tells the risk, tries them, and puts the chosen one into the form. */
export function MechanismsDialog({ offered, onClose }: { offered: readonly string[]; onClose: () => void }) {
  const { settings, secrets, stored, apply } = useEditor();
  const { method, username } = settings.signIn;
  const known = mechanismsOf(method);
  const [chosen, setChosen] = useState<readonly SaslMechanism[]>(() => firstChoice(known, offered));
  const [asked, setAsked] = useState(true);
  const { start, cancel, events, result, error, isRunning } = useLongCall('tests.mechanisms');

  const run = (more: RunSecrets = {}) => {
    setAsked(false);
    start({
      subject: { kind: 'settings', settings: settingsToTest(settings), secretsOf: stored?.profile.id ?? null },
      secrets: { ...typedSecrets([...secrets]), ...more },
      mechanisms: [...chosen],
    });
  };
  const use = (mechanism: string) => {
    apply({ label: text.use(mechanism), set: [{ field: 'signIn.mechanism', value: mechanism }] });
    toast.say(text.used(mechanism));
    onClose();
  };

  if (error?.code === 'SECRET_NEEDED' && !asked) {
    const answer = (given: RunSecrets | null) => (given ? run(given) : setAsked(true));
    return <SecretPromptDialog prompt={{ facts: error.facts, answer }} />;
  }
  return (
    <Dialog
      title={text.title}
      intro={text.intro(username)}
      size="medium"
      onClose={onClose}
      footer={
        <Footer
          asked={asked}
          isRunning={isRunning}
          canStart={chosen.length > 0}
          onStart={() => run()}
          onAgain={() => setAsked(true)}
          onCancel={cancel}
          onClose={onClose}
        />
      }
    >
      <div className={styles.stack}>
        {asked ? (
          <>
            <Note tone="warning" boxed>
              {text.risk(MECHANISM_TRIES)}
            </Note>
            <FieldGroup label={text.choose} help={text.atMost(MECHANISM_TRIES)} stacked>
              {known.map((mechanism) => (
                <Choice
                  key={mechanism}
                  mechanism={mechanism}
                  isOffered={offered.length === 0 || offered.includes(mechanism)}
                  chosen={chosen}
                  onChange={setChosen}
                />
              ))}
            </FieldGroup>
          </>
        ) : (
          <>
            <div role="status" className={styles.summary}>
              {isRunning && (
                <p className={styles.verdict}>
                  <StateMark state="running" size={16} />
                  {progressWords(events)}
                </p>
              )}
              {error && (
                <Note tone="failed" boxed>
                  {errorText(error)}
                </Note>
              )}
              {result && <Summary report={result} />}
            </div>
            <MechanismsTable
              results={result?.results ?? resultsIn(events)}
              best={result?.recommended?.mechanism ?? null}
              onUse={method === 'password' && !isRunning ? use : null}
            />
          </>
        )}
      </div>
    </Dialog>
  );
}

function Footer({
  asked,
  isRunning,
  canStart,
  onStart,
  onAgain,
  onCancel,
  onClose,
}: {
  asked: boolean;
  isRunning: boolean;
  canStart: boolean;
  onStart: () => void;
  onAgain: () => void;
  onCancel: () => void;
  onClose: () => void;
}) {
  if (isRunning) {
    return (
      <Button icon={Square} onPress={onCancel}>
        {common.cancel}
      </Button>
    );
  }
  if (!asked) {
    return (
      <>
        <Button icon={RotateCw} onPress={onAgain}>
          {text.again}
        </Button>
        <Button onPress={onClose}>{common.close}</Button>
      </>
    );
  }
  return (
    <>
      <Button onPress={onClose}>{common.cancel}</Button>
      <Button kind="primary" icon={LogIn} isDisabled={!canStart} onPress={onStart}>
        {text.start}
      </Button>
    </>
  );
}

function Choice({
  mechanism,
  isOffered,
  chosen,
  onChange,
}: {
  mechanism: SaslMechanism;
  isOffered: boolean;
  chosen: readonly SaslMechanism[];
  onChange: (chosen: readonly SaslMechanism[]) => void;
}) {
  const isOn = chosen.includes(mechanism);
  return (
    <Check
      isOn={isOn}
      onChange={(on) => {
        const others = chosen.filter((each) => each !== mechanism);
        // A fourth takes the place of the one that was chosen first.
        onChange(on ? [...others, mechanism].slice(-MECHANISM_TRIES) : others);
      }}
    >
      <span className={styles.name}>{mechanism}</span>
      {!isOffered && <span className={styles.soft}> {text.notOffered}</span>}
    </Check>
  );
}

function Summary({ report: { recommended, failure, cancelled } }: { report: MechanismReport }) {
  if (cancelled) return <Note>{text.cancelled}</Note>;
  if (failure) {
    return (
      <Note tone="failed" boxed>
        {failure.finding ? `${failure.finding.cause} ${failure.finding.remedy}` : failure.note}
      </Note>
    );
  }
  if (!recommended) {
    return (
      <Note tone="failed" boxed>
        {text.none}
      </Note>
    );
  }
  return (
    <p className={styles.verdict}>
      <StateMark state="passed" size={16} />
      <strong>{text.use(recommended.mechanism)}.</strong> {recommended.reason}
    </p>
  );
}

/** The first three of those that the server offered, or of all where that is not known. */
function firstChoice(known: readonly SaslMechanism[], offered: readonly string[]): SaslMechanism[] {
  const likely = known.filter((mechanism) => offered.includes(mechanism));
  return (likely.length > 0 ? likely : known).slice(0, MECHANISM_TRIES);
}

function resultsIn(events: readonly MechanismEvent[]): MechanismResult[] {
  return events.flatMap((event) => (event.type === 'result' ? [event.result] : []));
}

function progressWords(events: readonly MechanismEvent[]): string {
  const trying = events.findLast((event) => event.type === 'trying');
  return trying?.type === 'trying' ? text.running(trying.mechanism) : text.looking;
}
