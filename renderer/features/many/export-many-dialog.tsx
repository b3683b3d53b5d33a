import { FolderOutput } from 'lucide-react';
import { useState } from 'react';
import { SECRET_POLICIES } from '../../../shared/target.ts';
import { errorText } from '../../state/requests.ts';
import { common, exporting, many, exportMany as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Fold } from '../../ui/fold.tsx';
import { Note } from '../../ui/note.tsx';
import { PickList } from '../../ui/pick-list.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import { TargetOptionFields } from '../export/target-option-fields.tsx';
import { TypedPath, useTypedPath } from '../files/typed-path.tsx';
import { ExportManyResult } from './export-many-result.tsx';
import styles from './many.module.css';
import { PlannedFiles } from './planned-files.tsx';
import { type ExportMany, useExportMany } from './use-export-many.ts';

const policies = SECRET_POLICIES.map((value) => ({ value, label: exporting.policies[value] }));

/** Writes several profiles for several products into a folder: what goes in left, the files that come out right. */
export function ExportManyDialog({ onClose }: { onClose: () => void }) {
  const state = useExportMany();
  return (
    <Dialog
      title={text.title}
      intro={text.intro}
      size="large"
      onClose={onClose}
      footer={<Foot state={state} onClose={onClose} />}
    >
      <div className={styles.columns}>
        <Choices state={state} />
        <div className={styles.result}>
          {state.outcome?.kind === 'done' ? (
            <ExportManyResult written={state.outcome.written} />
          ) : (
            <PlannedFiles preview={state.isReady ? state.preview : null} />
          )}
        </div>
      </div>
    </Dialog>
  );
}

function Choices({ state }: { state: ExportMany }) {
  const { policy, chosen } = state;
  return (
    <div className={styles.choices}>
      <PickList
        label={many.profiles}
        items={state.profiles.map(({ id, name, host }) => ({ id, name, hint: host }))}
        picked={state.pickedProfiles}
        onPick={state.setProfiles}
      />
      <PickList
        label={many.products}
        items={state.targets.map(({ id, name, fileName }) => ({ id, name, hint: fileName }))}
        picked={state.pickedTargets}
        onPick={state.setTargets}
      />
      {chosen
        .filter(({ options }) => options.length > 0)
        .map((target) => (
          <Fold key={target.id} title={text.options(target.name)}>
            <div className={styles.options}>
              <TargetOptionFields
                target={target}
                values={state.options[target.id] ?? {}}
                onChange={(key, value) => state.setOption(target.id, key, value)}
              />
            </div>
          </Fold>
        ))}
      <Field label={exporting.policy} help={exporting.policyHelp[policy]} stacked>
        {({ id, describedBy }) => (
          <Select id={id} choices={policies} value={policy} onChange={state.setPolicy} {...describedBy} />
        )}
      </Field>
      <Switch
        isOn={state.combine}
        onChange={state.setCombine}
        help={state.combine && policy === 'environment' ? text.combineOff : undefined}
      >
        {text.combine}
      </Switch>
    </div>
  );
}

function Foot({ state, onClose }: { state: ExportMany; onClose: () => void }) {
  const { working, outcome, folder, preview } = state;
  const typesPaths = useTypedPath();
  const [asking, setAsking] = useState(false);
  // What had the focus goes away when the path is typed and when the work ends: the button takes it then.
  const [takesFocus, setTakesFocus] = useState(false);
  if (working) {
    const { progress, isCancelling } = working;
    return (
      <Progress label={text.working(progress.name)} {...progress} isCancelling={isCancelling} onCancel={state.cancel} />
    );
  }
  const canWrite = state.isReady && !preview.error && (preview.data?.files.length ?? 0) > 0;
  return (
    <div className={styles.foot}>
      <div role="status">
        {outcome?.kind === 'exists' && (
          <Note tone="warning">{errorText({ code: 'FILES_EXIST', facts: outcome.facts })}</Note>
        )}
        {outcome?.kind === 'error' && <Note tone="failed">{errorText(outcome.error)}</Note>}
      </div>
      {asking && typesPaths && (
        <TypedPath
          label={many.folder}
          placeholder="/srv/…"
          verb={text.write}
          onPath={(path) => void state.choose(path).then((isChosen) => setAsking(!isChosen))}
          onCancel={() => setAsking(false)}
        />
      )}
      <div className={styles.buttons}>
        {outcome?.kind === 'exists' && folder && (
          <Button kind="danger" onPress={state.replace}>
            {text.replace}
          </Button>
        )}
        {outcome?.kind === 'done' && (
          <Button kind="primary" autoFocus onPress={onClose}>
            {common.close}
          </Button>
        )}
        {!asking && outcome?.kind !== 'done' && (
          <Button
            kind="primary"
            icon={FolderOutput}
            isDisabled={!canWrite}
            autoFocus={takesFocus}
            onPress={() => {
              setTakesFocus(true);
              if (typesPaths) setAsking(true);
              else void state.choose(null);
            }}
          >
            {text.choose}
          </Button>
        )}
      </div>
    </div>
  );
}
