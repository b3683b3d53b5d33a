import { presetById } from '../../../shared/presets.ts';
import { OAUTH_GRANTS, PASSWORD_MECHANISMS } from '../../../shared/profile.ts';
import { secretsNeeded } from '../../../shared/secrets.ts';
import { form as text } from '../../text.ts';
import { Fold } from '../../ui/fold.tsx';
import { useEditor } from './editor-context.ts';
import { ChoiceField, SelectField, SwitchField, TextField } from './fields.tsx';
import styles from './profile.module.css';
import { SecretField } from './secret-field.tsx';

const methods = (['none', 'password', 'oauth2'] as const).map((value) => ({ value, label: text.methods[value] }));
const mechanisms = PASSWORD_MECHANISMS.map((value) => ({ value, label: text.mechanisms[value] }));
const providers = (['microsoft', 'google', 'other'] as const).map((value) => ({
  value,
  label: text.oauthProviders[value],
}));
const grants = OAUTH_GRANTS.map((value) => ({ value, label: text.grants[value] }));

/** How this profile signs in: only what its method needs. */
export function SignInSection() {
  const { settings } = useEditor();
  const { method } = settings.signIn;
  const preset = presetById(settings.provider);
  const mayBePlain = settings.server.security === 'none' || settings.server.security === 'starttls-if-offered';
  const kinds = secretsNeeded(settings).filter((kind) => kind !== 'clientKey' && kind !== 'clientKeyPassphrase');
  return (
    <>
      <ChoiceField name="signIn.method" choices={methods} />
      {method === 'none' && <p className={styles.aside}>{text.noSignIn}</p>}
      {method !== 'none' && <TextField name="signIn.username" mono help={preset?.usernameHint} />}
      {method === 'oauth2' && <OAuthFields />}
      {kinds.map((kind) => (
        <SecretField key={kind} kind={kind} hint={kind === 'password' ? preset?.passwordHint : undefined} />
      ))}
      {method !== 'none' && mayBePlain && <SwitchField name="signIn.allowWithoutTls" help={text.allowWithoutTlsHelp} />}
      {method === 'password' && (
        <Fold title={text.signInMore} hint={text.mechanisms[settings.signIn.mechanism]}>
          <SelectField name="signIn.mechanism" choices={mechanisms} help={text.mechanismHelp} />
        </Fold>
      )}
    </>
  );
}

function OAuthFields() {
  const { provider, grant } = useEditor().settings.signIn.oauth;
  const asksForToken = grant !== 'access-token';
  return (
    <>
      <SelectField name="signIn.oauth.provider" choices={providers} />
      <SelectField name="signIn.oauth.grant" choices={grants} />
      {asksForToken && (
        <>
          {provider === 'microsoft' && <TextField name="signIn.oauth.tenant" mono help={text.tenantHelp} />}
          <TextField name="signIn.oauth.clientId" mono />
          <TextField name="signIn.oauth.scope" mono />
          <TextField name="signIn.oauth.tokenUrl" mono {...(provider !== 'other' && { help: text.tokenUrlHelp })} />
        </>
      )}
    </>
  );
}
