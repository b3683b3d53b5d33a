import { PRESETS, presetById } from '../../../shared/presets.ts';
import { SECURITIES } from '../../../shared/profile.ts';
import { useRequest } from '../../state/requests.ts';
import { fields, matrix as matrixText, form as text } from '../../text.ts';
import { Field, FieldGroup } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { DetectOffer } from '../detect/detect-offer.tsx';
import { MatrixButton } from '../matrix/matrix-button.tsx';
import { useEditor } from './editor-context.ts';
import { NumberField, SelectField, TextField } from './fields.tsx';
import { FillNote } from './fill-note.tsx';
import { ListField } from './list-field.tsx';
import styles from './profile.module.css';
import { useFill } from './use-fill.ts';

const securities = SECURITIES.map((value) => ({ value, label: text.security[value] }));

/** Name and organisations: what the profile is called. */
export function IdentityFields() {
  const profiles = useRequest('profiles.list', {});
  const known = [...new Set((profiles.data ?? []).flatMap(({ organizations }) => organizations))].sort();
  return (
    <>
      <TextField name="name" />
      <ListField name="organizations" help={text.organizationsHelp} suggestions={known.slice(0, 200)} />
    </>
  );
}

/** Where the server is and how the connection is protected. */
export function ServerSection() {
  const { settings, stored } = useEditor();
  const fill = useFill();
  return (
    <>
      {!stored && <DetectOffer />}
      <ProviderField onPreset={fill.preset} />
      <TextField
        name="server.host"
        mono
        placeholder={text.hostPlaceholder}
        onPasteText={fill.paste}
        help={text.hostHelp}
      />
      <FillNote fill={fill} />
      <div className={styles.pair}>
        <NumberField name="server.port" />
        <SelectField name="server.security" choices={securities} />
      </div>
      {settings.server.host !== '' && (
        <FieldGroup label={matrixText.notSure}>
          <MatrixButton />
        </FieldGroup>
      )}
    </>
  );
}

function ProviderField({ onPreset }: { onPreset: (id: string) => void }) {
  const { settings, set } = useEditor();
  const preset = presetById(settings.provider);
  const choices = [
    { value: 'custom', label: text.custom },
    ...PRESETS.filter(({ id }) => id !== 'custom').map(({ id, name }) => ({ value: id, label: name })),
    // Of an import or the practice server: kept as it is.
    ...(preset || settings.provider === 'custom' ? [] : [{ value: settings.provider, label: settings.provider }]),
  ];
  return (
    <Field label={fields.provider} help={preset ? preset.summary : undefined}>
      {({ id, describedBy }) => (
        <Select
          id={id}
          data-field="provider"
          choices={choices}
          value={settings.provider}
          onChange={(value) => (presetById(value) ? onPreset(value) : set('provider', value))}
          {...describedBy}
        />
      )}
    </Field>
  );
}
