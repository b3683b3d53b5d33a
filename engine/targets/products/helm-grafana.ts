import { appErrorOf } from '../../../shared/errors.ts';
import { hostPort } from '../../../shared/host.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { ApplyStep, TargetInfo, TargetLimit } from '../../../shared/target.ts';
import { ImportDraft } from '../draft.ts';
import { commonLimits, refused } from '../limits.ts';
import { fromLimits, oauthRefusal, passwordSteps, refusal, signInLimits } from '../product.ts';
import { secretText } from '../secret-policy.ts';
import type { SourceDocument } from '../source.ts';
import type { ExportContext, ParsedImport, Target } from '../target.ts';
import type { YamlFile } from '../yaml/document.ts';
import type { YamlChanges } from '../yaml/edit.ts';
import { maskYaml } from '../yaml/mask.ts';
import { mergeYaml, newText } from '../yaml/merge.ts';
import { type YamlMap, YamlScalar } from '../yaml/nodes.ts';
import { YamlReader } from '../yaml/reader.ts';
import { YamlWord } from '../yaml/write.ts';
import { readGrafana } from './ansible-import.ts';
import { readEmbedded } from './embedded.ts';

const NAME = 'Grafana';
const INI = 'grafana.ini';

const info: TargetInfo = {
  id: 'helm-grafana',
  name: 'Grafana (Helm)',
  fileName: 'values.yaml',
  summary: 'grafana.ini in the values of the Grafana chart, also inside kube-prometheus-stack',
  merges: true,
  options: [],
};

const POLICIES = {
  none: 'NoStartTLS',
  'starttls-if-offered': 'OpportunisticStartTLS',
  starttls: 'MandatoryStartTLS',
  tls: undefined,
} as const;

function smtpKeys(settings: ProfileSettings, { secrets }: ExportContext): YamlChanges {
  const { server, signIn, sender, tls } = settings;
  const signsIn = signIn.method === 'password';
  const policy = POLICIES[server.security];
  // A variable of the container, which Grafana fills in itself.
  const password = signsIn ? secretText(secrets, 'password', '$__env{SMTP_PASSWORD}') : null;
  return {
    enabled: settings.status === 'active',
    host: hostPort(server.host, server.port),
    user: signsIn ? signIn.username : undefined,
    ...(signsIn ? password !== null && { password } : { password: undefined }),
    from_address: sender.from.address || undefined,
    from_name: sender.from.name || undefined,
    ehlo_identity: server.ehloName || undefined,
    skip_verify: server.security !== 'none' && !tls.verifyCertificate ? true : undefined,
    startTLS_policy: policy ? new YamlWord(policy) : undefined,
  };
}

/** The chart puts values into an INI file as they are, through its own template language first. */
function problemOf(settings: ProfileSettings, { secrets }: ExportContext): Result<never> | null {
  const values = [
    ['signIn.method', secrets.values.password ?? ''],
    ['signIn.username', settings.signIn.method === 'none' ? '' : settings.signIn.username],
    ['sender.from.name', settings.sender.from.name],
    ['sender.from.address', settings.sender.from.address],
  ] as const;
  const broken = values.find(([, value]) => /[#;`"'\\\r\n]|\{[{%#]|\$\{|\$__|%\(|^\s|\s$/.test(value));
  if (broken)
    return refusal(
      NAME,
      broken[0],
      'the chart writes it into grafana.ini without quotes. Use an environment reference.',
    );
  return oauthRefusal(NAME, settings);
}

function render(settings: ProfileSettings, context: ExportContext): Result<string> {
  return problemOf(settings, context) ?? ok(newText({ [INI]: { smtp: smtpKeys(settings, context) } }));
}

function merge(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  const wanted = { [INI]: { smtp: smtpKeys(settings, context) } };
  return problemOf(settings, context) ?? mergeYaml(existing, NAME, wanted, placeFor);
}

/** The values of the chart itself, or its part in those of a chart around it. */
function placesIn(file: YamlFile): YamlMap[] {
  return file.maps().flatMap((root) => {
    const inner = [root.down('kube-prometheus-stack', 'grafana'), root.map('grafana')];
    return [root, ...inner].flatMap((map) => (map?.has(INI) ? [map] : []));
  });
}

function placeFor(file: YamlFile): YamlMap | undefined {
  const root = file.documents.length === 1 ? file.maps()[0] : undefined;
  return placesIn(file)[0] ?? root?.map('grafana') ?? root;
}

function recognise(source: SourceDocument): number {
  if (!/^\s*["']?grafana\.ini["']?\s*:/m.test(source.lines)) return 0;
  const read = source.yaml();
  if (!read.ok) return 0.5;
  const places = placesIn(read.value);
  if (places.some((place) => place.down(INI, 'smtp') ?? place.scalar(INI))) return 0.9;
  return places.length > 0 ? 0.6 : 0;
}

function parse(source: SourceDocument): Result<ParsedImport> {
  const read = source.yaml();
  if (!read.ok) return read;
  const draft = new ImportDraft();
  let any = false;
  for (const place of placesIn(read.value).slice(0, 20)) {
    const smtp = place.down(INI, 'smtp');
    const text = place.at(INI);
    if (smtp) any = readGrafana(new YamlReader(smtp, draft, NAME), draft) > 0 || any;
    // The whole file as one text, on the lines below its key.
    else if (text instanceof YamlScalar)
      any = readEmbedded({ key: INI, text: text.text, line: text.origin.line + 1 }, draft) || any;
  }
  return any ? draft.result() : fail(appErrorOf('NO_MAIL_SETTINGS', { target: NAME }));
}

function limits(settings: ProfileSettings): TargetLimit[] {
  const { server } = settings;
  const found = [
    ...signInLimits(NAME, settings),
    ...fromLimits(settings, `${NAME} then sends from admin@grafana.localhost.`),
  ];
  if ((server.security === 'tls') !== (server.port === 465)) {
    found.push(refused('server.security', `${NAME} uses TLS from the first byte exactly on port 465.`));
  }
  return [
    ...found,
    ...commonLimits(settings, NAME, ['inactive', 'requireStarttls', 'ehloName', 'verifyCertificate', 'fromName']),
  ];
}

function apply(settings: ProfileSettings, context: ExportContext): ApplyStep[] {
  return [
    ...passwordSteps(settings, context, {
      key: 'password of grafana.ini > smtp',
      elsewhere: { title: 'Name a Secret with the key SMTP_PASSWORD under envFromSecret of the chart', command: '' },
    }),
    {
      title: 'Upgrade the release with the file',
      command: 'helm upgrade YOUR-RELEASE YOUR-CHART --reuse-values -f values.yaml',
    },
  ];
}

/** Grafana in a cluster: grafana.ini as the values of a Helm chart. */
export const helmGrafana: Target = {
  info,
  recognise,
  fileName: () => 'grafana-mail-values.yaml',
  render,
  merge,
  parse,
  limits,
  apply,
  mask: maskYaml,
};
