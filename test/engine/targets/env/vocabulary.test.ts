import { describe, expect, it } from 'vitest';
import { ImportDraft } from '../../../../engine/targets/draft.ts';
import { envVariables } from '../../../../engine/targets/env/env.ts';
import { readVariables } from '../../../../engine/targets/env/vocabulary.ts';
import { variable } from '../arbitrary.ts';
import { imported, must } from '../support.ts';

/** `product host:port security sign-in` of every profile. */
function read(text: string): string[] {
  const draft = new ImportDraft();
  readVariables(envVariables(text), draft);
  return must(draft.result()).profiles.map(({ settings: { name, server, signIn } }) => {
    return `${name.split(' ')[0]} ${server.host}:${server.port} ${server.security} ${signIn.method}`;
  });
}

describe('variables', () => {
  it.each([
    [
      'SMTP_SERVER=a.example\nSMTP_LOGIN=u\nLOCAL_DOMAIN=x\nSMTP_ENABLE_STARTTLS=always',
      'Mastodon a.example:25 starttls password',
    ],
    [
      'SMTP_SERVER=a.example\nSMTP_LOGIN=u\nSMTP_AUTH_METHOD=none\nSMTP_TLS=true\nSMTP_PORT=465',
      'Mastodon a.example:465 tls none',
    ],
    ['N8N_SMTP_HOST=a.example\nN8N_SMTP_USER=u', 'n8n a.example:465 tls password'],
    [
      'N8N_SMTP_HOST=a.example\nN8N_SMTP_SSL=false\nN8N_SMTP_PORT=25\nN8N_SMTP_STARTTLS=false',
      'n8n a.example:25 none none',
    ],
    ['MB_EMAIL_SMTP_HOST=a.example\nMB_EMAIL_SMTP_SECURITY=ssl', 'Metabase a.example:465 tls none'],
    [
      'OVERWRITE_SETTING_SMTP_Host=a.example\nOVERWRITE_SETTING_SMTP_IgnoreTLS=false',
      'Rocket.Chat a.example:587 starttls-if-offered none',
    ],
    [
      'AUTHENTIK_EMAIL__HOST=a.example\nAUTHENTIK_EMAIL__USE_SSL=true\nAUTHENTIK_EMAIL__PORT=465',
      'authentik a.example:465 tls none',
    ],
    [
      'DISCOURSE_SMTP_ADDRESS=a.example\nDISCOURSE_SMTP_USER_NAME=u',
      'Discourse a.example:25 starttls-if-offered password',
    ],
    [
      'SMTP_HOST=a.example\nSMTP_USER=u\nSMTP_TLS=false\nSMTP_STARTTLS=true\nGITLAB_HOST=g',
      'GitLab a.example:587 starttls-if-offered password',
    ],
    [
      'SMTP_HOST=a.example\nSMTP_NAME=u\nSMTP_SECURE=ssl\nMAIL_DOMAIN=b.example\nMAIL_FROM_ADDRESS=c',
      'Nextcloud a.example:465 tls password',
    ],
    [
      'MAIL_MAILER=smtp\nMAIL_HOST=a.example\nMAIL_USERNAME=null\nMAIL_PORT=2525',
      'Laravel a.example:2525 starttls-if-offered none',
    ],
    ['MAILER_DSN="smtps://u:p@a.example"', 'Symfony a.example:465 tls password'],
    ['MAILER_DSN=smtp://a.example:25?auto_tls=false', 'Symfony a.example:25 none none'],
    ['SMTP_URL=smtps://u:p%40x@a.example', 'Environment a.example:465 tls password'],
    ['MAIL_URL=smtp://a.example:465', 'Environment a.example:465 tls none'],
    ['MAIL_URL=smtp://a.example?requireTLS=true', 'Environment a.example:587 starttls none'],
    ['EMAIL_SERVER=smtp://a.example:25?ignoreTLS=true', 'Environment a.example:25 none none'],
    ['EMAIL_SERVER=mail.example\nEMAIL_PORT=587', 'Environment mail.example:587 starttls-if-offered none'],
    ['GF_SMTP_HOST=a.example:465\nGF_SMTP_USER=u', 'Grafana a.example:465 tls password'],
    ['GF_SMTP_HOST=a.example:587\nGF_SMTP_STARTTLS_POLICY=MandatoryStartTLS', 'Grafana a.example:587 starttls none'],
    ['GITEA__mailer__SMTP_ADDR=a.example\nGITEA__mailer__PROTOCOL=smtps', 'Gitea a.example:465 tls none'],
    [
      'FORGEJO__mailer__SMTP_ADDR=a.example\nFORGEJO__mailer__SMTP_PORT=587',
      'Gitea a.example:587 starttls-if-offered none',
    ],
    ['MM_EMAILSETTINGS_SMTPSERVER=a.example\nMM_EMAILSETTINGS_SMTPPORT=587', 'Mattermost a.example:587 none none'],
    ['EMAIL_HOST=a.example\nEMAIL_HOST_USER=u\nEMAIL_USE_TLS=1', 'Django a.example:25 starttls password'],
    [
      "GITLAB_OMNIBUS_CONFIG=\"gitlab_rails['smtp_enable'] = true; gitlab_rails['smtp_address'] = 'a.example'\"",
      'GitLab a.example:25 starttls-if-offered none',
    ],
    [
      'APPNAME_MAIL_HOST=a.example\nAPPNAME_MAIL_USER=u\nAPPNAME_MAIL_SSL=true',
      'Environment a.example:465 tls password',
    ],
    [
      'mail_host=a.example\nmail_password=p\nmail_username=u\nmail_tls=true',
      'Environment a.example:587 starttls password',
    ],
    [
      'SMTP_REAL_RELAY_HOST=a.example\nSMTP_REAL_RELAY_PORT=25\nSMTP_REAL_RELAY_USER=u',
      'Environment a.example:25 starttls-if-offered password',
    ],
  ])('%j are read as %s', (text, expected) => {
    expect(read(text)).toEqual([expected]);
  });

  it('of several products in one file give a profile each', () => {
    const text = 'N8N_SMTP_HOST=a.example\nGF_SMTP_HOST=b.example:25\nDISCOURSE_SMTP_ADDRESS=c.example\n';
    expect(read(text)).toHaveLength(3);
  });

  it('about other things give none', () => {
    const text = 'DB_HOST=a\nMAILBOX_HOST=imap.example\nADMIN_EMAIL_ADDRESS=a@b.example\nEMAIL=a@b.example\n';
    expect(read(text)).toEqual([]);
  });

  it('are put into each other, and where they cannot be, reported', () => {
    const text = `APP=Acme\nMAIL_HOST=a.example\nMAIL_FROM_NAME="${variable('APP')} mail"\nMAIL_FROM=a@${variable('DOMAIN')}\nMAIL_USER=$NOBODY\nMAIL_PASSWORD=$SECRET\n`;
    const { profiles, ignored } = imported(text);
    expect(profiles[0]?.settings.sender.from).toEqual({ address: '', name: 'Acme mail' });
    expect(ignored.map(({ key }) => key)).toEqual(['MAIL_USER', 'MAIL_FROM']);
    expect(profiles[0]?.secrets).toMatchObject([{ state: 'reference', reference: variable('SECRET') }]);
  });

  it('with a fallback do not give it away as a password', () => {
    const { profiles } = imported(`SMTP_HOST=a.example\nSMTP_USER=u\nSMTP_PASSWORD=${variable('PW:-canary')}\n`);
    expect(JSON.stringify(profiles)).not.toContain('canary');
    expect(profiles[0]?.secrets).toMatchObject([{ state: 'reference', reference: '' }]);
  });

  it('in files of secrets are noted as being elsewhere', () => {
    const { profiles } = imported(
      'N8N_SMTP_HOST=a.example\nN8N_SMTP_USER=u\nN8N_SMTP_PASS_FILE=/run/secrets/my pass\n',
    );
    expect(profiles[0]?.secrets).toMatchObject([{ state: 'reference', key: 'N8N_SMTP_PASS_FILE', line: 3 }]);
  });

  it('that programs read differently are told', () => {
    const text = "SMTP_HOST=a.example\nSMTP_USER=u\nSMTP_PASSWORD=pa#ss\nSMTP_FROM='a@b.example'\n";
    const told = imported(text).warnings.filter((warning) => warning.includes('differently'));
    expect(told).toEqual([
      'Line 3: programs that read env files take SMTP_PASSWORD differently. Put it in single quotes.',
    ]);
    expect(JSON.stringify(told)).not.toContain('pa#');
  });
});
