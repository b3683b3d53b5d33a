import { useChangePreferences, usePreferences } from '../../state/preferences.ts';
import { useRequest } from '../../state/requests.ts';
import { settings as text } from '../../text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FieldGroup } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { KeychainHelp } from '../keychain/keychain-help.tsx';
import { useKeychain } from '../keychain/use-keychain.ts';
import styles from './settings.module.css';

const themes = (['system', 'light', 'dark'] as const).map((value) => ({ value, label: text.themes[value] }));
const densities = (['comfortable', 'compact'] as const).map((value) => ({ value, label: text.densities[value] }));

/** Theme, density, the keychain, and what this Relaysmith is. */
export function PreferencesDialog({ onClose }: { onClose: () => void }) {
  const { preferences } = usePreferences();
  const change = useChangePreferences();
  const info = useRequest('app.info', {});
  return (
    <Dialog title={text.title} onClose={onClose}>
      <div className={styles.stack}>
        <FieldGroup label={text.theme}>
          <div>
            <Segmented
              label={text.theme}
              choices={themes}
              value={preferences.theme}
              onChange={(theme) => change({ theme })}
            />
          </div>
        </FieldGroup>
        <FieldGroup label={text.density}>
          <div>
            <Segmented
              label={text.density}
              choices={densities}
              value={preferences.density}
              onChange={(density) => change({ density })}
            />
          </div>
        </FieldGroup>
        <KeychainPart />
        <FieldGroup label={text.about}>
          <p className={styles.line}>{text.version(info.data?.version ?? '')}</p>
          <p className={styles.soft}>
            {text.data}: <code>{info.data?.dataDirectory}</code>
          </p>
        </FieldGroup>
      </div>
    </Dialog>
  );
}

function KeychainPart() {
  const keychain = useKeychain();
  const { state = 'unchecked', backend = '' } = keychain.report ?? {};
  const mark = state === 'ready' ? 'passed' : state === 'unchecked' ? 'untested' : 'warned';
  return (
    <FieldGroup label={text.keychain}>
      <p className={styles.line} role="status">
        <StateMark state={mark} /> {text.keychainStates[state]}
        {backend && <span className={styles.soft}>{backend}</span>}
      </p>
      <KeychainHelp keychain={keychain} />
    </FieldGroup>
  );
}
