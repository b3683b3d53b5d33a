import { mkdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { composeBundle } from '../../../engine/bundle/bundle-file.ts';
import { exportSetHandlers } from '../../../engine/handlers/export-sets.ts';
import { ImportSessions } from '../../../engine/handlers/import-sessions.ts';
import { importSetHandlers } from '../../../engine/handlers/import-sets.ts';
import { importHandlers } from '../../../engine/handlers/imports.ts';
import { TARGETS } from '../../../engine/targets/index.ts';
import { importSetRequests } from '../../../shared/contract/import-sets.ts';
import type { Progress } from '../../../shared/progress.ts';
import { zipOf } from '../../support/zip.ts';
import { settingsNamed } from '../profiles/library-fixture.ts';
import { errorOf, must } from '../targets/support.ts';
import { listening, newPlace, type Place } from './support.ts';

const CANARY = 'Canary-in-archive-6Hd1';

const mattermost = (host: string, password = CANARY) =>
  JSON.stringify({
    EmailSettings: {
      EnableSMTPAuth: true,
      SMTPUsername: 'chat@acme.example',
      SMTPPassword: password,
      SMTPServer: host,
      SMTPPort: '587',
      ConnectionSecurity: 'STARTTLS',
      FeedbackEmail: 'chat@acme.example',
    },
  });
const GRAFANA =
  '[smtp]\nenabled = true\nhost = mail.acme.example:587\nuser = grafana@acme.example\npassword = """********"""\nfrom_address = grafana@acme.example\n';

let here: Place;
let sets: ReturnType<typeof importSetHandlers>;
let imports: ReturnType<typeof importHandlers>;
beforeEach(async () => {
  here = await newPlace();
  const context = { library: here.library, tokens: here.tokens, imports: new ImportSessions() };
  sets = importSetHandlers(context as never);
  imports = importHandlers(context as never);
});
afterEach(() => here.remove());

const read = (name: string, call = listening<Progress>()) =>
  sets['importSet.read']({ source: { kind: 'path', token: here.token(name) } }, call);
const dropped = (files: { name: string; content: string | Uint8Array }[]) =>
  sets['importSet.read'](
    {
      source: {
        kind: 'dropped',
        files: files.map(({ name, content }) => ({ name, base64: Buffer.from(content as string).toString('base64') })),
      },
    },
    listening<Progress>(),
  );
const accept = (importId: string, choices: Parameters<(typeof imports)['imports.accept']>[0]['choices']) =>
  imports['imports.accept']({ importId, choices }, listening<never>());

describe('an import of many files', () => {
  const put = (folder: string) => {
    mkdirSync(here.path(`${folder}/chat`), { recursive: true });
    writeFileSync(here.path(`${folder}/chat/config.json`), mattermost('mail.acme.example'));
    writeFileSync(here.path(`${folder}/grafana.ini`), GRAFANA);
    writeFileSync(here.path(`${folder}/notes.txt`), 'Nothing to see.');
    writeFileSync(here.path(`${folder}/template.yaml`), 'smtp:\n  host: {{ .Values.host }}\n');
  };

  it('recognises each, and says of the others why not', async () => {
    put('set');
    const call = listening<Progress>();
    const set = must(await read('set', call));
    expect(set.files.map(({ path, preview, error }) => [path, preview?.target ?? error?.code])).toEqual([
      ['grafana.ini', 'grafana'],
      ['notes.txt', 'NOT_RECOGNISED'],
      ['template.yaml', 'TEMPLATE_FILE'],
      ['chat/config.json', 'mattermost'],
    ]);
    expect(set.files.map(({ first }) => first)).toEqual([0, 1, 1, 1]);
    expect(call.events.map(({ name }) => name)).toEqual([
      'grafana.ini',
      'notes.txt',
      'template.yaml',
      'chat/config.json',
      '',
    ]);
    expect(JSON.stringify([set, call.events])).not.toContain(CANARY);
  });

  it('stores what is chosen by its index in the whole set, each under a name of its own', async () => {
    mkdirSync(here.path('set'));
    for (const name of ['a', 'b', 'c'])
      writeFileSync(here.path(`set/${name}.json`), mattermost('mail.acme.example', `${CANARY}-${name}`));
    const { importId, files } = must(await read('set'));
    expect(files.map(({ preview }) => preview?.profiles[0]?.name)).toEqual([
      'Mattermost mail.acme.example',
      'Mattermost mail.acme.example (2)',
      'Mattermost mail.acme.example (3)',
    ]);
    const [, second] = files;
    const stored = must(await accept(importId, [{ index: second?.first ?? 0, name: 'Second', secrets: 'keychain' }]));
    const [only] = stored;
    const values = await here.library.secretsFor(only?.profile.id ?? '', only?.profile ?? settingsNamed(''), [
      'password',
    ]);
    expect(must(values).password).toBe(`${CANARY}-b`);
    expect(errorOf(await accept(importId, [{ index: 0, name: 'Again', secrets: 'ask' }])).code).toBe('IMPORT_UNKNOWN');
    expect(here.contents().split(`${CANARY}-b`)).toHaveLength(2);
  });

  it('takes what is dropped on the window: archives and files', async () => {
    const zip = zipOf([
      { name: 'chat/config.json', content: mattermost('mail.acme.example') },
      { name: '../evil', content: 'x' },
    ]);
    const one = must(await dropped([{ name: 'set.zip', content: zip }]));
    expect(one.files.map(({ path }) => path)).toEqual(['chat/config.json', '../evil']);
    const two = must(
      await dropped([
        { name: 'set.zip', content: zip },
        { name: 'grafana.ini', content: GRAFANA },
      ]),
    );
    expect(two.files.map(({ path, error }) => [path, error?.code ?? null])).toEqual([
      ['set.zip/chat/config.json', null],
      ['set.zip/../evil', 'ENTRY_REFUSED'],
      ['grafana.ini', null],
    ]);
    expect(two.name).toBe('set.zip, grafana.ini');
    const { input } = importSetRequests['importSet.read'];
    const nothing = { source: { kind: 'dropped', files: [{ name: 'x', base64: 'not base64' }] } };
    expect(input.safeParse(nothing).success).toBe(false);
  });

  it('leaves a bundle and an archive inside to their own ways, and our own manifest alone', async () => {
    mkdirSync(here.path('set'));
    writeFileSync(here.path('set/a.relaysmith'), await composeBundle([], new Date(), null));
    writeFileSync(here.path('set/b.zip'), zipOf([{ name: 'x', content: 'x' }]));
    writeFileSync(here.path('set/manifest.json'), '{\n  "format": "relaysmith-export"\n}\n');
    expect(must(await read('set')).files.map(({ path, error }) => [path, error?.code])).toEqual([
      ['a.relaysmith', 'NOT_AVAILABLE'],
      ['b.zip', 'NOT_AVAILABLE'],
    ]);
    mkdirSync(here.path('empty'));
    expect(errorOf(await read('empty')).code).toBe('ARCHIVE_REFUSED');
  });

  it('is cancelled between two files, and keeps nothing', async () => {
    put('set');
    const abort = new AbortController();
    const call = listening<Progress>(abort.signal);
    const emit = (event: Progress) => {
      call.emit(event);
      if (event.done === 1) abort.abort();
    };
    expect(errorOf(await read('set', { ...call, emit })).code).toBe('CANCELLED');
    expect(call.events.map(({ done }) => done)).toEqual([0, 1, 1]);
  });

  it('reads back what an export into a folder wrote, for every product', async () => {
    const settings = settingsNamed('Acme', 'mail.acme.example');
    settings.sender.from.address = 'app@acme.example';
    const { profile } = must(
      await here.library.create(settings, [{ action: 'set', kind: 'password', value: CANARY, storage: 'keychain' }]),
    );
    const exports = exportSetHandlers(here.library, here.tokens, () => new Date());
    const { manifest } = must(
      await exports['exportSet.write'](
        {
          profileIds: [profile.id],
          targets: TARGETS.map(({ info }) => ({ target: info.id, options: {} })),
          policy: 'include',
          combine: false,
          folder: here.token('out'),
          replace: false,
        },
        listening<Progress>(),
      ),
    );
    expect(manifest.complete).toBe(true);
    const { files } = must(await read('out'));
    expect(files).toHaveLength(manifest.files.length);
    const unread = files.filter(
      ({ preview }) => !preview?.profiles.some(({ server }) => server.host === 'mail.acme.example'),
    );
    expect(unread.map(({ path, error }) => [path, error?.code])).toEqual([]);
  });
});
