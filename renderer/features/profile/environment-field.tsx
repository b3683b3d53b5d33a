import { ENVIRONMENTS } from '../../../shared/profile.ts';
import { fieldLabel, form as text } from '../../text.ts';
import { Select } from '../../ui/select.tsx';
import { useEditor } from './editor-context.ts';
import { SettingField } from './setting-field.tsx';

const NONE = '';
const choices = [
  { value: NONE, label: text.noEnvironment },
  ...ENVIRONMENTS.map((value) => ({ value, label: text.environments[value] })),
];

/** What the profile is used for; without a choice the settings do not have the key. */
export function EnvironmentField() {
  const { settings, set, errorOf } = useEditor();
  const name = 'environment';
  return (
    <SettingField name={name} label={fieldLabel(name)} help={text.environmentHelp} error={errorOf(name)}>
      {({ id, describedBy, invalid }) => (
        <Select
          id={id}
          data-field={name}
          choices={choices}
          value={settings.environment ?? NONE}
          onChange={(value) => set(name, value === NONE ? undefined : value)}
          {...describedBy}
          {...invalid}
        />
      )}
    </SettingField>
  );
}
