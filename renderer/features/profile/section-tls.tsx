import { FileUp, X } from 'lucide-react';
import { useState } from 'react';
import { TLS_VERSIONS } from '../../../shared/profile.ts';
import { useAct } from '../../state/requests.ts';
import { common, fieldLabel, form as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Fold } from '../../ui/fold.tsx';
import { TextArea } from '../../ui/input.tsx';
import { TypedPath, useTypedPath } from '../files/typed-path.tsx';
import { useEditor } from './editor-context.ts';
import styles from './fields.module.css';
import { SelectField, SwitchField, TextField } from './fields.tsx';
import profile from './profile.module.css';
import { SecretField } from './secret-field.tsx';
import { SettingField } from './setting-field.tsx';

const versions = TLS_VERSIONS.map((value) => ({ value, label: text.tlsVersions[value] }));

/** How the server proves who it is, and how this machine does. */
export function TlsSection() {
  const { settings, problems, attempted, advice } = useEditor();
  const { tls, server } = settings;
  const isInside = (field: string) => field.startsWith('tls.') && field !== 'tls.verifyCertificate';
  const used = [tls.serverName, tls.caPem, tls.clientCertificatePem, tls.minVersion !== 'TLSv1.2'].filter(Boolean);
  const isNeeded =
    used.length > 0 ||
    (attempted && problems.some(({ field }) => isInside(field))) ||
    advice.some(({ field }) => isInside(field));
  return (
    <>
      {server.security === 'none' && <p className={profile.aside}>{text.tlsOff}</p>}
      {server.security !== 'none' && <SwitchField name="tls.verifyCertificate" help={text.verifyHelp} />}
      <Fold title={text.tlsMore} isNeeded={isNeeded} hint={used.length > 0 ? text.set(used.length) : undefined}>
        <TextField name="tls.serverName" mono help={text.serverNameHelp} />
        <SelectField name="tls.minVersion" choices={versions} />
        <PemField name="tls.caPem" help={text.caHelp} />
        <PemField name="tls.clientCertificatePem" help={text.clientCertificateHelp} />
        {tls.clientCertificatePem !== '' && (
          <>
            <SecretField kind="clientKey" />
            <SecretField kind="clientKeyPassphrase" />
          </>
        )}
      </Fold>
    </>
  );
}

/** Certificates as PEM text, pasted or read from a file. */
function PemField({ name, help }: { name: 'tls.caPem' | 'tls.clientCertificatePem'; help: string }) {
  const { settings, set, touch, errorOf } = useEditor();
  const pem = name === 'tls.caPem' ? settings.tls.caPem : settings.tls.clientCertificatePem;
  const act = useAct();
  const typesPaths = useTypedPath();
  const [asking, setAsking] = useState(false);
  const amount = pem.split('-----BEGIN CERTIFICATE-----').length - 1;

  const read = async (path: string | null) => {
    const file = await act('files.open', { purpose: 'certificate', path });
    if (!file) return;
    const content = await act('files.readCertificates', { token: file.token });
    if (!content) return;
    set(name, content.pem);
    setAsking(false);
  };

  return (
    <SettingField name={name} help={help} error={errorOf(name)}>
      {({ id, describedBy, invalid }) => (
        <div className={styles.pem}>
          <TextArea
            id={id}
            data-field={name}
            mono
            rows={pem ? 5 : 2}
            placeholder={text.pemPlaceholder}
            value={pem}
            onChange={(event) => set(name, event.target.value)}
            onBlur={() => pem !== '' && touch(name)}
            {...describedBy}
            {...invalid}
          />
          <div className={styles.pemTools}>
            <Button small icon={FileUp} onPress={() => (typesPaths ? setAsking(true) : void read(null))}>
              {common.browse}
            </Button>
            {pem && (
              <Button small kind="quiet" icon={X} onPress={() => set(name, '')}>
                {common.remove(fieldLabel(name).toLowerCase())}
              </Button>
            )}
            {amount > 0 && <span className={styles.soft}>{text.certificates(amount)}</span>}
          </div>
          {asking && (
            <TypedPath verb={common.open} onPath={(path) => void read(path)} onCancel={() => setAsking(false)} />
          )}
        </div>
      )}
    </SettingField>
  );
}
