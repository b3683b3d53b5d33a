import { useRequest } from '../../state/requests.ts';
import { form as text } from '../../text.ts';
import { Fold } from '../../ui/fold.tsx';
import { useEditor } from './editor-context.ts';
import { EnvironmentField } from './environment-field.tsx';
import { AreaField, NumberField, SelectField, TextField } from './fields.tsx';
import { ProductFields } from './product-fields.tsx';
import styles from './profile.module.css';

const proxies = (['none', 'socks5', 'http-connect'] as const).map((value) => ({ value, label: text.proxies[value] }));

/** What few profiles need: test recipient, environment, notes, timeouts, proxy, product options. */
export function MoreSection() {
  const { settings, problems, attempted, advice } = useEditor();
  const { proxy, ehloName } = settings.server;
  const isInside = (field: string) => /^server\.(ehloName|.*Timeout|proxy)/.test(field);
  const isNeeded =
    ehloName !== '' ||
    proxy.kind !== 'none' ||
    (attempted && problems.some(({ field }) => isInside(field))) ||
    advice.some(({ field }) => isInside(field));
  const machine = useRequest('app.info', {}).data?.ehloName ?? '';
  return (
    <>
      <TextField name="testRecipient" mono help={text.testRecipientHelp} />
      <EnvironmentField />
      <AreaField name="notes" help={text.notesHelp} rows={3} />
      <Fold title={text.connection} isNeeded={isNeeded}>
        <TextField name="server.ehloName" mono help={text.ehloHelp(machine)} />
        <NumberField name="server.connectTimeoutSeconds" unit={text.seconds} />
        <NumberField name="server.commandTimeoutSeconds" unit={text.seconds} />
        <SelectField name="server.proxy.kind" choices={proxies} />
        {proxy.kind !== 'none' && (
          <>
            <TextField name="server.proxy.host" mono />
            <NumberField name="server.proxy.port" />
          </>
        )}
      </Fold>
      <div className={styles.products}>
        <h3 className={styles.subtitle}>{text.products}</h3>
        <p className={styles.aside}>{text.productsHint}</p>
        <ProductFields />
      </div>
    </>
  );
}
