import type { ProfileSettings } from '../../../shared/profile.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { ApplyStep, TargetInfo } from '../../../shared/target.ts';
import { recogniseVariables } from '../env/vocabulary.ts';
import { freeText } from '../options.ts';
import { passwordSteps, refusal } from '../product.ts';
import { documentEach } from '../render-many.ts';
import { shellQuote } from '../shell.ts';
import type { ExportContext, Target } from '../target.ts';
import type { YamlEditor } from '../yaml/edit.ts';
import { maskYaml } from '../yaml/mask.ts';
import { editYaml, newText } from '../yaml/merge.ts';
import { YamlWord } from '../yaml/write.ts';
import {
  type ContainerChanges,
  type ContainerVariable,
  containerChanges,
  PROGRAM,
  passwordFileSteps,
  passwordKeyOf,
  programLimits,
} from './container-variables.ts';
import {
  keysOf,
  type Manifest,
  manifestsOf,
  parseKubernetes,
  recogniseKubernetes,
  variablesOf,
} from './kubernetes-import.ts';

const NAME = 'Kubernetes';
const DEFAULT_NAME = 'smtp';

const info: TargetInfo = {
  id: 'kubernetes',
  name: NAME,
  fileName: 'smtp.yaml',
  summary: 'a ConfigMap, and a Secret for the password',
  merges: true,
  options: [freeText('name', 'Name', `Name of the ConfigMap and the Secret; else ${DEFAULT_NAME}.`), PROGRAM],
};

interface Split {
  config: ContainerChanges;
  /** Empty when the password is to be left as it is. */
  secret: ContainerChanges;
}

/** The password goes into the Secret, everything else into the ConfigMap. */
function split(
  existing: readonly ContainerVariable[],
  settings: ProfileSettings,
  context: ExportContext,
): Result<Split> {
  const changes = containerChanges(existing, settings, context);
  if (!changes.ok) return changes;
  // Without a sign-in it is the one that a sign-in would have.
  const signedIn = { ...settings, signIn: { ...settings.signIn, method: 'password' as const, username: 'x' } };
  const key = passwordKeyOf(existing, signedIn, context);
  const { [key]: password, ...config } = changes.value;
  return ok({ config, secret: Object.hasOwn(changes.value, key) ? { [key]: password } : {} });
}

function nameOf({ options }: ExportContext): string {
  return options.name || DEFAULT_NAME;
}

/** Names are RFC 1123 subdomains, and the server refuses any other. */
function nameProblem(context: ExportContext): Result<never> | null {
  const name = nameOf(context);
  if (/^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/.test(name)) return null;
  return refusal(NAME, 'name', 'names have only small letters, digits, dots and hyphens.');
}

function render(settings: ProfileSettings, context: ExportContext): Result<string> {
  const wanted = nameProblem(context) ?? split([], settings, context);
  if (!wanted.ok) return wanted;
  const { config, secret } = wanted.value;
  const head = (kind: string) => ({
    apiVersion: new YamlWord('v1'),
    kind: new YamlWord(kind),
    metadata: { name: nameOf(context) },
  });
  const map = newText({ ...head('ConfigMap'), data: config });
  const password = Object.values(secret).some((value) => value !== undefined);
  if (!password) return ok(map);
  return ok(`${map}---\n${newText({ ...head('Secret'), type: new YamlWord('Opaque'), stringData: secret })}`);
}

function merge(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  const whole = render(settings, context);
  if (!whole.ok) return whole;
  let problem: Result<never> | null = null;
  const merged = editYaml(existing, NAME, whole.value, (file, editor) => {
    const manifests = manifestsOf(file);
    const config = choose(manifests, 'ConfigMap', context.options.name ?? '');
    const secret = choose(manifests, 'Secret', context.options.name ?? '');
    if (config === 'several' || secret === 'several') {
      problem = refusal(NAME, 'this file', 'it has several objects of a kind. Enter the name of the one to change.');
      return true;
    }
    if (!config && !secret) return false;
    const wanted = split(
      [config, secret].flatMap((manifest) => (manifest ? keysOf(manifest) : [])),
      settings,
      context,
    );
    if (wanted.ok) problem = write(editor, config, secret, wanted.value);
    else problem = wanted;
    return true;
  });
  return problem ?? merged;
}

/** Writes both parts; a file that has only a Secret gets everything there. */
function write(
  editor: YamlEditor,
  config: Manifest | undefined,
  secret: Manifest | undefined,
  wanted: Split,
): Result<never> | null {
  if (!config || !secret)
    change(editor, config ?? secret, config ? wanted.config : { ...wanted.config, ...wanted.secret });
  else moveEach(editor, config, secret, wanted);
  const homeless = config && !secret && Object.values(wanted.secret).some((value) => value !== undefined);
  if (!homeless) return null;
  const reason = 'it has no Secret for the password. Write the Secret to a file of its own, or leave the password out.';
  return refusal(NAME, 'this file', reason);
}

/** What stands in the Secret already, such as the user name, is changed there. */
function moveEach(editor: YamlEditor, config: Manifest, secret: Manifest, wanted: Split): void {
  const kept = new Set(keysOf(secret).map(({ name }) => name));
  const inSecret = Object.entries(wanted.config).filter(([name]) => kept.has(name));
  const inConfig = Object.entries(wanted.config).filter(([name]) => !kept.has(name));
  change(editor, config, Object.fromEntries(inConfig));
  change(editor, secret, { ...Object.fromEntries(inSecret), ...wanted.secret });
}

function choose(manifests: readonly Manifest[], kind: string, name: string): Manifest | 'several' | undefined {
  const ofKind = manifests.filter((manifest) => manifest.kind === kind && (name === '' || manifest.name === name));
  const withMail = ofKind.filter((manifest) => hasMail(manifest));
  const [only, second] = withMail.length > 0 ? withMail : ofKind;
  return second ? 'several' : only;
}

function hasMail(manifest: Manifest): boolean {
  const variables = variablesOf(manifest);
  return recogniseVariables(variables).length > 0 || variables.some(({ name }) => /(?:SMTP|E?MAIL)_.*PASS/i.test(name));
}

/** A Secret that keeps everything as base64 is changed in base64. */
function change(editor: YamlEditor, manifest: Manifest | undefined, values: ContainerChanges): void {
  if (!manifest || Object.keys(values).length === 0) return;
  const { kind, map } = manifest;
  if (kind === 'ConfigMap') {
    editor.change(map, { data: values });
    return;
  }
  const encoded = map.map('data');
  const inData: ContainerChanges = {};
  const inText: ContainerChanges = {};
  for (const [name, value] of Object.entries(values)) {
    const base64 = encoded?.has(name) || (encoded !== undefined && !map.has('stringData'));
    if (base64) inData[name] = value === undefined ? undefined : Buffer.from(value, 'utf8').toString('base64');
    else inText[name] = value;
  }
  editor.change(map, {
    ...(Object.keys(inData).length > 0 && { data: inData }),
    ...(Object.keys(inText).length > 0 && { stringData: inText }),
  });
}

function apply(settings: ProfileSettings, context: ExportContext): ApplyStep[] {
  const passwordKey = passwordKeyOf([], settings, context);
  const name = nameOf(context);
  return [
    { title: 'Apply the file', command: 'kubectl apply -f smtp.yaml' },
    ...passwordSteps(settings, context, {
      key: `${passwordKey} of the Secret`,
      elsewhere: {
        title: 'Make the Secret from a file that holds only the password, without a line end',
        command: `kubectl create secret generic ${shellQuote(name)} --from-file=${passwordKey}=./password.txt`,
      },
    }),
    ...passwordFileSteps(settings, context),
    {
      title: 'Restart the pods: variables are read at their start',
      command: 'kubectl rollout restart deployment YOUR-DEPLOYMENT',
    },
  ];
}

/** Kubernetes: variables in a ConfigMap and a Secret. */
export const kubernetes: Target = {
  info,
  recognise: recogniseKubernetes,
  fileName: () => 'smtp.yaml',
  render,
  renderMany: documentEach({ render }, 'name'),
  merge,
  parse: parseKubernetes,
  limits: programLimits,
  apply,
  mask: maskYaml,
};
