import { bareHost } from '../../../shared/host.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import type { Result } from '../../../shared/result.ts';
import type { ApplyStep, TargetInfo, TargetLimit } from '../../../shared/target.ts';
import { CONFIG_PARSER_KIND, editIni } from '../ini/file.ts';
import { readIni } from '../ini/read.ts';
import { commonLimits, lossy, refused } from '../limits.ts';
import { foreignText } from '../lines/foreign.ts';
import { maskEntries } from '../lines/mask.ts';
import { oauthRefusal, passwordSteps, refusal, signInLimits } from '../product.ts';
import { secretText } from '../secret-policy.ts';
import type { ExportContext, Target } from '../target.ts';
import { parseOdoo, recogniseOdoo } from './odoo-import.ts';

const NAME = 'Odoo';

const info: TargetInfo = {
  id: 'odoo',
  name: NAME,
  fileName: 'odoo.conf',
  summary: 'The smtp_ keys of odoo.conf, used where the database names no mail server',
  merges: true,
  options: [],
};

/** Keys of the section options. `False` means that nothing is set. */
function optionKeys(settings: ProfileSettings, { secrets }: ExportContext): Record<string, string> {
  const { server, signIn, sender } = settings;
  const signsIn = signIn.method === 'password';
  const password = signsIn ? secretText(secrets, 'password', null) : 'False';
  return {
    smtp_server: bareHost(server.host),
    smtp_port: String(server.port),
    // Means STARTTLS since version 7, whatever its name says (odoo/tools/config.py).
    smtp_ssl: server.security === 'none' ? 'False' : 'True',
    smtp_user: signsIn ? signIn.username || 'False' : 'False',
    // Left alone when nothing is to be written for it.
    ...(password !== null && { smtp_password: password }),
    email_from: sender.from.address || 'False',
  };
}

function write(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  const keys = optionKeys(settings, context);
  const problem = foreignText(NAME, existing) ?? oauthRefusal(NAME, settings) ?? unwritable(settings, context);
  if (problem) return problem;
  const changes = Object.entries(keys).map(([key, value]) => ({ section: 'options', key, value }));
  return editIni(existing, NAME, CONFIG_PARSER_KIND, changes);
}

function unwritable({ server, signIn }: ProfileSettings, { secrets }: ExportContext): Result<never> | null {
  if (server.security === 'tls') return refusal(NAME, 'server.security', `${NO_TLS} ${ELSEWHERE}`);
  if (signIn.method !== 'password') return null;
  const isWord = (text: string | undefined) => text !== undefined && /^(?:true|false|none)$/i.test(text);
  if (isWord(signIn.username)) return refusal(NAME, 'signIn.username', WORD);
  return secrets.policy === 'include' && isWord(secrets.values.password) ? refusal(NAME, 'the password', WORD) : null;
}

const NO_TLS = 'the file knows only STARTTLS, not TLS from the first byte.';
const ELSEWHERE = 'Use port 587 with STARTTLS, or name the server in Settings > Technical > Outgoing Mail Servers.';
const WORD = 'the file’s reader takes this word for a switch.';

function limits(settings: ProfileSettings, { secrets }: ExportContext): TargetLimit[] {
  const { server, signIn, sender, tls } = settings;
  const found: TargetLimit[] = signInLimits(NAME, settings);
  if (server.security === 'tls') found.push(refused('server.security', `In ${NAME}, ${NO_TLS} ${ELSEWHERE}`));
  if (server.security === 'starttls-if-offered')
    found.push(lossy('server.security', `${NAME} has no STARTTLS if offered. It is required instead.`));
  if (server.security !== 'none' && tls.verifyCertificate) {
    const text = `${NAME} does not check the certificate with these keys. A server named in its database can.`;
    found.push(lossy('tls.verifyCertificate', text));
  }
  if (signIn.method === 'password' && secrets.policy === 'environment')
    found.push(lossy('signIn.method', `${NAME}’s file cannot point to the environment. Enter the password in it.`));
  if (sender.from.address === '')
    found.push(lossy('sender.from.address', `${NAME} then takes the address of the company or the user.`));
  return [...found, ...commonLimits(settings, NAME, ['requireStarttls', 'verifyCertificate'])];
}

function apply(settings: ProfileSettings, context: ExportContext): ApplyStep[] {
  return [
    { title: 'Merge the file into odoo.conf', command: '' },
    ...passwordSteps(settings, context, {
      key: 'smtp_password',
      elsewhere: { title: 'Enter the password as smtp_password', command: '' },
    }),
    { title: 'Restart the server', command: 'sudo systemctl restart odoo' },
    {
      title: 'Check that Settings > Technical > Outgoing Mail Servers is empty: a server there takes precedence',
      command: '',
    },
  ];
}

/** Odoo: the section options of odoo.conf (odoo/tools/config.py). */
export const odoo: Target = {
  info,
  recognise: recogniseOdoo,
  fileName: () => 'odoo-mail.conf',
  render: (settings, context) => write('', settings, context),
  merge: write,
  parse: parseOdoo,
  limits,
  apply,
  mask: (text, from, to) => maskEntries(text, readIni(text, CONFIG_PARSER_KIND.dialect), from, to),
};
