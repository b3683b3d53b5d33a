import type { BundleConflict, BundlePreview, BundleProfile } from '../../../shared/bundle.ts';
import { differingFields } from '../../../shared/differences.ts';
import { fieldValue } from '../../../shared/fix.ts';
import { hostPort } from '../../../shared/host.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import type { SecretStorage } from '../../../shared/secrets.ts';
import { fieldLabel, importing, secretLabels, bundles as text } from '../../text.ts';
import { Field } from '../../ui/field.tsx';
import { Fold } from '../../ui/fold.tsx';
import { moment } from '../../ui/format.ts';
import { Input } from '../../ui/input.tsx';
import { Note } from '../../ui/note.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { Check } from '../../ui/switch.tsx';
import shared from '../many/many.module.css';
import { shownValue } from '../profile/shown-value.ts';
import styles from './bundle.module.css';
import type { BundleChoice } from './bundle-choices.ts';

type Storage = SecretStorage | 'leave-out';

const storages = (['keychain', 'session', 'ask', 'leave-out'] as const).map((value) => ({
  value,
  label: importing.storages[value],
}));
const actions = (['add', 'replace', 'skip'] as const).map((value) => ({ value, label: text.actions[value] }));

/** What an opened bundle holds: each profile, beside the stored one that it could be meant for. */
export function BundleContents({
  bundle,
  choices,
  onChoices,
  storage,
  onStorage,
}: {
  bundle: BundlePreview;
  choices: readonly BundleChoice[];
  onChoices: (choices: BundleChoice[]) => void;
  storage: Storage;
  onStorage: (storage: Storage) => void;
}) {
  const change = (index: number, part: Partial<BundleChoice>) =>
    onChoices(choices.map((choice) => (choice.index === index ? { ...choice, ...part } : choice)));
  const holdsSecrets = bundle.profiles.some(({ secrets }) => secrets.length > 0);
  return (
    <>
      <p className={shared.soft}>
        {text.made(moment(bundle.createdAt))}, {bundle.isEncrypted ? text.encrypted : text.plain}
      </p>
      {holdsSecrets && (
        <div className={shared.keep}>
          <Field label={text.keep}>
            {({ id }) => <Select id={id} choices={storages} value={storage} onChange={onStorage} />}
          </Field>
        </div>
      )}
      <div>
        {choices.map((choice) => {
          const profile = bundle.profiles.find(({ index }) => index === choice.index);
          return (
            profile && (
              <ProfileEntry
                key={choice.index}
                profile={profile}
                choice={choice}
                onChange={(part) => change(choice.index, part)}
              />
            )
          );
        })}
      </div>
      {bundle.refused.length > 0 && (
        <Fold title={text.refused(bundle.refused.length)} isNeeded>
          {bundle.refused.map(({ label, problem }) => (
            <Note key={`${label} ${problem}`} tone="failed">
              <strong>
                <bdi>{label}</bdi>.
              </strong>{' '}
              {problem}
            </Note>
          ))}
        </Fold>
      )}
    </>
  );
}

function ProfileEntry({
  profile: { settings, secrets, conflicts, updated },
  choice,
  onChange,
}: {
  profile: BundleProfile;
  choice: BundleChoice;
  onChange: (part: Partial<BundleChoice>) => void;
}) {
  const { name, server } = settings;
  const conflict = conflicts[choice.conflict];
  return (
    <section className={shared.entry} aria-label={name}>
      <div className={styles.head}>
        {conflict ? (
          <strong>
            <bdi>{name}</bdi>
          </strong>
        ) : (
          <Check isOn={choice.action === 'add'} onChange={(isOn) => onChange({ action: isOn ? 'add' : 'skip' })}>
            <strong>
              <bdi>{name}</bdi>
            </strong>
          </Check>
        )}
        {conflict && (
          <Segmented
            label={text.action(name)}
            choices={actions}
            value={choice.action}
            onChange={(action) => onChange({ action })}
          />
        )}
      </div>
      <p className={shared.soft}>
        <bdi className={shared.path}>{hostPort(server.host, server.port)}</bdi>{' '}
        {[
          secrets.length > 0 && text.holds(secrets.map((kind) => secretLabels[kind]).join(', ')),
          text.changed(moment(updated.at), updated.by),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {conflict && (
        <Conflict settings={settings} conflict={conflict} conflicts={conflicts} choice={choice} onChange={onChange} />
      )}
    </section>
  );
}

function Conflict({
  settings,
  conflict,
  conflicts,
  choice,
  onChange,
}: {
  settings: ProfileSettings;
  conflict: BundleConflict;
  conflicts: readonly BundleConflict[];
  choice: BundleChoice;
  onChange: (part: Partial<BundleChoice>) => void;
}) {
  const fields = differingFields(conflict.settings, settings);
  const { name } = conflict.settings;
  return (
    <div className={styles.conflict}>
      <Note tone="warning">
        {conflict.same === 'id' ? text.sameId(name) : text.sameName(name)}{' '}
        {fields.length === 0 ? text.same : `${text.differs(fields.length)}.`}
      </Note>
      {conflicts.length > 1 && (
        <div className={shared.keep}>
          <Field label={text.which}>
            {({ id }) => (
              <Select
                id={id}
                choices={conflicts.map(({ settings: each }, index) => ({
                  value: String(index),
                  label: `${each.name}, ${hostPort(each.server.host, each.server.port)}`,
                }))}
                value={String(choice.conflict)}
                onChange={(index) => onChange({ conflict: Number(index) })}
              />
            )}
          </Field>
        </div>
      )}
      {fields.length > 0 && <Differences fields={fields} yours={conflict.settings} theirs={settings} />}
      {choice.action === 'replace' && <p className={shared.soft}>{text.bound}</p>}
      {choice.action === 'add' && (
        <div className={shared.keep}>
          <Field label={text.newName}>
            {({ id }) => (
              <Input
                id={id}
                value={choice.name}
                maxLength={LIMITS.profileName}
                onChange={(event) => onChange({ name: event.target.value })}
              />
            )}
          </Field>
        </div>
      )}
    </div>
  );
}

function Differences({
  fields,
  yours,
  theirs,
}: {
  fields: readonly string[];
  yours: ProfileSettings;
  theirs: ProfileSettings;
}) {
  const shown = (settings: ProfileSettings, field: string) =>
    shownValue(field, fieldValue(settings, field)) || text.empty;
  return (
    <table className={shared.table}>
      <thead>
        <tr>
          <th scope="col">{text.field}</th>
          <th scope="col">{text.yours}</th>
          <th scope="col">{text.theirs}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field}>
            <th scope="row">{fieldLabel(field)}</th>
            <td>
              <bdi>{shown(yours, field)}</bdi>
            </td>
            <td>
              <bdi>{shown(theirs, field)}</bdi>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
