import { Radar, Square } from 'lucide-react';
import { useState } from 'react';
import type { DetectProposal } from '../../../shared/detect.ts';
import { useLongCall } from '../../state/long-call.ts';
import { errorText, useAct, useRefresh } from '../../state/requests.ts';
import { toast } from '../../state/toasts.ts';
import { goTo } from '../../state/ui.ts';
import { common, detect as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Note } from '../../ui/note.tsx';
import styles from './detect.module.css';
import { DetectSteps } from './detect-steps.tsx';
import { Proposals } from './proposals.tsx';

/** From an address to a stored profile: looks, tries, proposes, and creates what was chosen. */
export function DetectDialog({ onClose }: { onClose: () => void }) {
  const call = useLongCall('detections.run');
  const { isRunning, result, error, events } = call;
  const [about, setAbout] = useState('');
  const [chosen, setChosen] = useState(0);
  const [name, setName] = useState<string | null>(null);
  const create = useCreate(onClose);
  const proposal = result && !result.cancelled ? result.proposals[chosen] : undefined;
  const profileName = name ?? proposal?.settings.name ?? '';

  const find = () => {
    setChosen(0);
    setName(null);
    if (about.trim() !== '') call.start({ about: about.trim(), ports: null, caPem: '' });
  };
  const isBad = error?.code === 'INVALID_INPUT';
  return (
    <Dialog
      title={text.title}
      intro={text.intro}
      size="medium"
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{common.cancel}</Button>
          {proposal && (
            <Button
              kind="primary"
              isDisabled={profileName.trim() === ''}
              onPress={() => void create(proposal, profileName.trim())}
            >
              {text.create}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.stack}>
        <div className={styles.ask}>
          <Field label={text.about} stacked error={isBad ? text.bad : undefined}>
            {({ id, describedBy, invalid }) => (
              <Input
                id={id}
                mono
                autoFocus
                placeholder={text.placeholder}
                value={about}
                onChange={(event) => setAbout(event.target.value)}
                onKeyDown={(event) => {
                  if (event.key === 'Enter' && !isRunning) find();
                }}
                {...describedBy}
                {...invalid}
              />
            )}
          </Field>
          {isRunning ? (
            <Button key="stop" icon={Square} onPress={call.cancel}>
              {common.cancel}
            </Button>
          ) : (
            <Button key="find" icon={Radar} kind={proposal ? 'plain' : 'primary'} onPress={find}>
              {text.find}
            </Button>
          )}
        </div>
        {error && !isBad && (
          <Note tone="failed" boxed>
            {errorText(error)}
          </Note>
        )}
        {(isRunning || result) && <DetectSteps events={events} isRunning={isRunning} />}
        <div role="status">
          {result && !result.cancelled && result.proposals.length === 0 && (
            <Note tone="failed" boxed>
              {text.none(result.about)} {text.noneNext}
            </Note>
          )}
        </div>
        {result && !result.cancelled && result.proposals.length > 0 && (
          <Proposals
            proposals={result.proposals}
            chosen={chosen}
            onChosen={setChosen}
            name={profileName}
            onName={setName}
          />
        )}
      </div>
    </Dialog>
  );
}

/** Stores a proposal and opens it. */
function useCreate(onDone: () => void): (proposal: DetectProposal, name: string) => Promise<void> {
  const act = useAct();
  const refresh = useRefresh();
  return async ({ settings }, name) => {
    const stored = await act('profiles.create', { settings: { ...settings, name }, secrets: [] });
    if (!stored) return;
    refresh('profiles.list', 'app.info');
    goTo({ kind: 'profile', id: stored.profile.id });
    toast.say(text.created(name));
    onDone();
  };
}
