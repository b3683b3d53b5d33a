import { Save } from 'lucide-react';
import { useState } from 'react';
import { BUNDLE_ENDING, type SavedBundle } from '../../../shared/bundle.ts';
import type { RequestOutput } from '../../../shared/contract.ts';
import type { AppError } from '../../../shared/errors.ts';
import { useLongWork } from '../../state/long-work.ts';
import { errorText, useAct, useRequest } from '../../state/requests.ts';
import { useUi } from '../../state/ui.ts';
import { common, many, secretLabels, bundles as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Note } from '../../ui/note.tsx';
import { PickList } from '../../ui/pick-list.tsx';
import { Progress } from '../../ui/progress.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { Switch } from '../../ui/switch.tsx';
import { TypedPath, useTypedPath } from '../files/typed-path.tsx';
import shared from '../many/many.module.css';
import styles from './bundle.module.css';
import { type NewPassphrase, PassphraseFields, usablePassphrase } from './passphrase-fields.tsx';

type Destination = NonNullable<RequestOutput<'files.save'>>;
type Outcome =
  | { kind: 'saved'; saved: SavedBundle }
  | { kind: 'replace'; to: Destination }
  | { kind: 'error'; error: AppError };

const NO_PASSPHRASE: NewPassphrase = { first: '', second: '' };

/** Writes chosen profiles into a bundle: without secrets, or with them under a passphrase. */
export function SaveBundleDialog({ onClose }: { onClose: () => void }) {
  const act = useAct();
  const typesPaths = useTypedPath();
  const { working, run, cancel } = useLongWork();
  const profiles = useRequest('profiles.list', {});
  const [picked, setPicked] = useState<ReadonlySet<string>>(() => new Set(useUi.getState().picked));
  const [withSecrets, setWithSecrets] = useState(false);
  const [passphrase, setPassphrase] = useState(NO_PASSPHRASE);
  const [asking, setAsking] = useState(false);
  // What had the focus goes away when the path is typed and when the work ends: the button takes it then.
  const [takesFocus, setTakesFocus] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const usable = withSecrets ? usablePassphrase(passphrase) : null;
  const profileIds = (profiles.data ?? []).flatMap(({ id }) => (picked.has(id) ? [id] : []));

  const save = async (to: Destination) => {
    setOutcome(null);
    const result = await run('bundles.save', {
      profileIds,
      passphrase: usable,
      destination: to.token,
      followLink: false,
    });
    if (result.ok) {
      setOutcome({ kind: 'saved', saved: result.value });
      // It has done its work; nothing keeps it.
      setPassphrase(NO_PASSPHRASE);
    } else if (result.error.code !== 'CANCELLED') setOutcome({ kind: 'error', error: result.error });
  };
  /** `path` is null where a native dialog asks for it, and that dialog has then asked about replacing too. */
  const choose = async (path: string | null) => {
    const to = await act('files.save', { suggestedName: `profiles${BUNDLE_ENDING}`, path });
    if (!to) return;
    setAsking(false);
    if (to.exists && path !== null) setOutcome({ kind: 'replace', to });
    else await save(to);
  };
  const change = <V,>(set: (value: V) => void) => {
    return (value: V) => {
      set(value);
      setOutcome(null);
    };
  };
  const isReady = profileIds.length > 0 && (!withSecrets || usable !== null);

  return (
    <Dialog
      title={text.saveTitle}
      intro={text.saveIntro}
      size="medium"
      onClose={onClose}
      footer={
        working ? (
          <Progress
            label={working.progress.name || text.saving}
            {...working.progress}
            isCancelling={working.isCancelling}
            onCancel={cancel}
          />
        ) : (
          <div className={shared.foot}>
            <div role="status">{outcome && <OutcomeNotice outcome={outcome} />}</div>
            {asking && typesPaths && (
              <TypedPath
                label={text.path}
                placeholder={`/home/…/profiles${BUNDLE_ENDING}`}
                verb={text.save}
                onPath={(path) => void choose(path)}
                onCancel={() => setAsking(false)}
              />
            )}
            <div className={shared.buttons}>
              {outcome?.kind === 'replace' && (
                <Button kind="danger" autoFocus onPress={() => void save(outcome.to)}>
                  {text.replaceButton}
                </Button>
              )}
              {outcome?.kind === 'saved' && (
                <Button kind="primary" autoFocus onPress={onClose}>
                  {common.close}
                </Button>
              )}
              {!asking && outcome?.kind !== 'replace' && outcome?.kind !== 'saved' && (
                <Button
                  kind="primary"
                  icon={Save}
                  isDisabled={!isReady}
                  autoFocus={takesFocus}
                  onPress={() => {
                    setTakesFocus(true);
                    if (typesPaths) setAsking(true);
                    else void choose(null);
                  }}
                >
                  {text.save}
                </Button>
              )}
            </div>
          </div>
        )
      }
    >
      <div className={shared.stack}>
        <PickList
          label={many.profiles}
          items={(profiles.data ?? []).map(({ id, name, host }) => ({ id, name, hint: host }))}
          picked={picked}
          onPick={change(setPicked)}
        />
        <Switch isOn={withSecrets} onChange={change(setWithSecrets)} help={text.withSecretsHelp}>
          {text.withSecrets}
        </Switch>
        {withSecrets && <PassphraseFields value={passphrase} onChange={change(setPassphrase)} />}
      </div>
    </Dialog>
  );
}

function OutcomeNotice({ outcome }: { outcome: Outcome }) {
  if (outcome.kind === 'replace') return <Note tone="warning">{text.replace(outcome.to.name)}</Note>;
  if (outcome.kind === 'error') return <Note tone="failed">{errorText(outcome.error)}</Note>;
  const { file, profiles, secrets, lacking, backup } = outcome.saved;
  return (
    <div className={styles.outcome}>
      <p className={styles.done}>
        <StateMark state={lacking.length > 0 ? 'warned' : 'passed'} /> {text.saved(file, profiles)}{' '}
        {text.savedSecrets(secrets)} {backup && text.backup(backup)}
      </p>
      {lacking.map(({ name, kind, why }) => (
        <Note key={`${name} ${kind}`} tone="warning">
          {text.lacking(secretLabels[kind], name)} {text.lackingWhy[why]}
        </Note>
      ))}
    </div>
  );
}
