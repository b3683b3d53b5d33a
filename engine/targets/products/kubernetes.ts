import type { ProfileSettings } from '../../../shared/profile.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { ApplyStep, TargetInfo } from '../../../shared/target.ts';
import { recogniseVariables } from '../env/vocabulary.ts';
import { freeText } from '../options.ts';
import { shellQuote } from '../shell.ts';
import type { ExportContext, Target } from '../target.ts';
import type { YamlEditor } from '../yaml/edit.ts';
import { maskYaml } from '../yaml/mask.ts';
import { editYaml, newText } from '../yaml/merge.ts';
import { oauthRefusal, passwordSteps, refusal } from '../yaml/product.ts';
import { YamlWord } from '../yaml/write.ts';
import { PROGRAM, programLimits, programOf } from './container-variables.ts';
import { type Manifest, manifestsOf, parseKubernetes, recogniseKubernetes, variablesOf } from './kubernetes-import.ts';

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

type Values = Record<string, string | undefined>;

interface Split {
  config: Values;
  /** Empty when the password is to be left as it is. */
  secret: Values;
}

/** The password goes into the Secret, everything else into the ConfigMap. */
function split(settings: ProfileSettings, context: ExportContext): Split {
  const program = programOf(context);
  const { [program.passwordKey]: password, ...config } = program.variables(settings, context);
  const gone = settings.signIn.method === 'none';
  return { config, secret: password !== undefined || gone ? { [program.passwordKey]: password } : {} };
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

function newFile(settings: ProfileSettings, context: ExportContext): string {
  const { config, secret } = split(settings, context);
  const head = (kind: string) => ({
    apiVersion: new YamlWord('v1'),
    kind: new YamlWord(kind),
    metadata: { name: nameOf(context) },
  });
  const map = newText({ ...head('ConfigMap'), data: config });
  const password = Object.values(secret).some((value) => value !== undefined);
  return password
    ? `${map}---\n${newText({ ...head('Secret'), type: new YamlWord('Opaque'), stringData: secret })}`
    : map;
}

function render(settings: ProfileSettings, context: ExportContext): Result<string> {
  return oauthRefusal(NAME, settings) ?? nameProblem(context) ?? ok(newFile(settings, context));
}

function merge(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  const problem = oauthRefusal(NAME, settings) ?? nameProblem(context);
  if (problem) return problem;
  let unclear = '';
  const merged = editYaml(existing, NAME, newFile(settings, context), (file, editor) => {
    const manifests = manifestsOf(file);
    const wanted = split(settings, context);
    const config = choose(manifests, 'ConfigMap', context.options.name ?? '');
    const secret = choose(manifests, 'Secret', context.options.name ?? '');
    if (config === 'several' || secret === 'several')
      unclear = 'it has several objects of a kind. Enter the name of the one to change.';
    else if (!config && !secret) return false;
    else if (!config) change(editor, secret, { ...wanted.config, ...wanted.secret });
    else {
      change(editor, config, wanted.config);
      if (secret) change(editor, secret, wanted.secret);
      else if (Object.values(wanted.secret).some((value) => value !== undefined)) {
        unclear =
          'it has no Secret for the password. Write the Secret to a file of its own, or leave the password out.';
      }
    }
    return true;
  });
  return unclear === '' ? merged : refusal(NAME, 'this file', unclear);
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
function change(editor: YamlEditor, manifest: Manifest | undefined, values: Values): void {
  if (!manifest || Object.keys(values).length === 0) return;
  const { kind, map } = manifest;
  if (kind === 'ConfigMap') {
    editor.change(map, { data: values });
    return;
  }
  const encoded = map.map('data');
  const inData: Values = {};
  const inText: Values = {};
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
  const { passwordKey } = programOf(context);
  const name = nameOf(context);
  return [
    { title: 'Apply the file', command: 'kubectl apply -f smtp.yaml' },
    ...passwordSteps(settings, context, {
      key: `${passwordKey} of the Secret`,
      elsewhere: {
        title: 'Make the Secret from a file that holds only the password',
        command: `kubectl create secret generic ${shellQuote(name)} --from-file=${passwordKey}=./password.txt`,
      },
    }),
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
  merge,
  parse: parseKubernetes,
  limits: programLimits,
  apply,
  mask: maskYaml,
};
