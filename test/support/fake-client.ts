import { scenarioInfos } from '../../engine/practice/scenarios/index.ts';
import type { CallOptions, Client } from '../../shared/client.ts';
import { compareReports } from '../../shared/compare.ts';
import type { Preferences, ReportRef, RequestInput, RequestName, RequestOutput } from '../../shared/contract.ts';
import type { KeptDraft } from '../../shared/draft.ts';
import type { EntrySheet } from '../../shared/entry-sheet.ts';
import { type AppError, appErrorOf } from '../../shared/errors.ts';
import { summaryOf } from '../../shared/history.ts';
import type { ImportSetPreview } from '../../shared/import-set.ts';
import type { LibraryState } from '../../shared/library.ts';
import type { MessageContent, PracticeMessage, PracticeState, ScenarioInfo } from '../../shared/practice.ts';
import { emptySettings, type ProfileSettings, settingsOf } from '../../shared/profile.ts';
import type { StageResult, TestReport } from '../../shared/report.ts';
import { REPORT_ENDINGS } from '../../shared/report-formats.ts';
import { reportText } from '../../shared/report-text.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { KeychainReport } from '../../shared/secrets.ts';
import type { ImportPreview, TargetInfo } from '../../shared/target.ts';
import { fakeBatch } from './fake-batch.ts';
import { fakeBundle } from './fake-bundle.ts';
import { fakeComparison } from './fake-comparison.ts';
import { fakeDetection } from './fake-detect.ts';
import { fakeExportSet, fakeWrittenSet } from './fake-export-set.ts';
import { fakeHistory } from './fake-history.ts';
import { fakeLibrary } from './fake-library.ts';
import { fakeMatrix } from './fake-matrix.ts';
import { fakeMechanisms } from './fake-mechanisms.ts';
import { withFakeRelay } from './fake-relay.ts';
import { fakeReport } from './fake-report.ts';
import { randomUUID } from './random-uuid.ts';

/** What a test sets up before it opens the window. */
export interface FakeOptions {
  profiles?: number;
  files?: 'dialog' | 'typed-path';
  library?: LibraryState;
  keychain?: Partial<KeychainReport>;
  /** Milliseconds of each stage of a run. */
  stageMs?: number;
  /** The run that every test gives; by default a failed or passed one, by host. */
  report?: (settings: ProfileSettings, action: 'check' | 'send') => TestReport;
  theme?: Preferences['theme'];
  /** What an earlier window left. */
  drafts?: KeptDraft[];
}

type Handlers = {
  [N in RequestName]: (
    input: RequestInput<N>,
    options: CallOptions<N>,
  ) => Result<RequestOutput<N>> | Promise<Result<RequestOutput<N>>>;
};

const targets: TargetInfo[] = [
  {
    id: 'mattermost',
    name: 'Mattermost',
    fileName: 'config.json',
    summary: 'EmailSettings of config.json, environment variables or mmctl commands.',
    merges: true,
    options: [
      {
        key: 'form',
        label: 'Form',
        help: 'How this server gets its settings.',
        values: [
          { value: 'file', label: 'config.json' },
          { value: 'environment', label: 'Environment variables' },
          { value: 'commands', label: 'mmctl commands' },
        ],
        default: 'file',
      },
    ],
  },
  {
    id: 'keycloak',
    name: 'Keycloak',
    fileName: 'realm.json',
    summary: 'smtpServer of a realm.',
    merges: true,
    options: [],
  },
  {
    id: 'grafana',
    name: 'Grafana',
    fileName: 'grafana.ini',
    summary: 'The [smtp] section.',
    merges: true,
    options: [],
  },
  {
    id: 'zerothreat',
    name: 'ZeroThreat On-Prem',
    fileName: 'mail-server.json',
    summary: 'The fields of Organization Settings > Mail Server Configuration.',
    merges: true,
    options: [
      {
        key: 'form',
        label: 'Form',
        help: 'How the settings get into the portal.',
        values: [
          { value: 'file', label: 'The fields as JSON' },
          { value: 'sheet', label: 'Entry sheet for the form' },
        ],
        default: 'file',
      },
    ],
  },
];

/** The contract in memory, with believable data: for the window's own tests and for working on its looks. */
export function createFakeClient(options: FakeOptions = {}): Client {
  const library = fakeLibrary(options.profiles ?? 14);
  const history = fakeHistory();
  const session = new Map<string, TestReport>();
  const reportOf = (ref: ReportRef) =>
    ref.kind === 'kept' ? history.get(ref.profileId, ref.runId) : (session.get(ref.runId) ?? null);
  let preferences: Preferences = { theme: options.theme ?? 'system', density: 'comfortable' };
  let libraryState: LibraryState = options.library ?? { mode: 'ready', detail: '', quarantined: [], backups: [] };
  let keychain: KeychainReport = {
    state: 'ready',
    backend: 'Secret Service (GNOME Keyring)',
    detail: '',
    what: 'The keychain works.',
    steps: [],
    ...options.keychain,
  };
  let drafts: KeptDraft[] = options.drafts ?? [];
  let practice: PracticeState = { running: false };
  let inbox: PracticeMessage[] = [
    {
      id: randomUUID(),
      receivedAt: '2026-11-21T09:14:00.000Z',
      envelopeFrom: 'alerts@acme.example',
      recipients: ['ops@acme.example'],
      subject: 'Test message from Relaysmith',
      from: 'Acme alerts <alerts@acme.example>',
      bytes: 1_284,
    },
  ];

  const run = async (
    input: { subject: RequestInput<'tests.check'>['subject']; secrets: object; relay?: boolean | undefined },
    action: 'check' | 'send',
    { signal, onEvent }: CallOptions<'tests.check'>,
  ): Promise<Result<TestReport>> => {
    const settings = input.subject.kind === 'settings' ? input.subject.settings : emptySettings();
    const known =
      input.subject.kind === 'settings' && input.subject.secretsOf ? library.get(input.subject.secretsOf) : null;
    const isAsked =
      settings.signIn.method === 'password' && known?.secrets.length === 0 && !('password' in input.secrets);
    if (isAsked || (!known && settings.signIn.method === 'password' && !('password' in input.secrets))) {
      return fail(appErrorOf('SECRET_NEEDED', { kinds: ['password'], reason: 'not-stored' }));
    }
    const report = (input.relay ? withFakeRelay : same)((options.report ?? fakeReport)(settings, action));
    const done: StageResult[] = [];
    for (const result of report.stages) {
      if (result.status === 'skipped') continue;
      onEvent?.({ type: 'stage-started', stage: result.stage });
      await pause(options.stageMs ?? 60);
      if (signal?.aborted) return ok({ ...report, ok: false, cancelled: true, stages: done, diagnosis: null });
      done.push(result);
      onEvent?.({ type: 'stage-finished', result });
    }
    const finished = { ...report, id: randomUUID() };
    session.set(finished.id, finished);
    if (known) history.add(known.profile.id, finished);
    return ok(finished);
  };

  const handlers: Handlers = {
    'app.info': () =>
      ok({
        version: '0.1.0',
        platform: 'linux',
        door: options.files === 'dialog' ? 'desktop' : 'browser',
        files: options.files ?? 'typed-path',
        ehloName: 'desk.acme.example',
        dataDirectory: '/home/ada/.local/share/relaysmith',
        firstStart: (options.profiles ?? 1) === 0,
      }),
    'preferences.get': () => ok(preferences),
    'preferences.set': (next) => {
      preferences = next;
      return ok(next);
    },
    'library.state': () => ok(libraryState),
    'library.restore': () => {
      libraryState = { mode: 'ready', detail: '', quarantined: [], backups: [] };
      return ok(libraryState);
    },
    'profiles.list': () => ok(library.list().map((row) => ({ ...row, lastResult: history.list(row.id)[0] ?? null }))),
    'profiles.get': ({ id }) => found(library.get(id), id),
    'profiles.create': ({ settings, secrets }) => ok(library.create(settings, secrets)),
    'profiles.save': ({ id, revision, settings, secrets }) => library.save(id, revision, settings, secrets),
    'profiles.duplicate': ({ id }) => {
      const stored = library.get(id);
      return stored
        ? ok(library.create({ ...settingsOf(stored.profile), name: `Copy of ${stored.profile.name}` }, []))
        : notFound(id);
    },
    'profiles.setStatus': ({ id, revision, status }) => {
      const stored = library.get(id);
      return stored ? library.save(id, revision, { ...settingsOf(stored.profile), status }, []) : notFound(id);
    },
    'profiles.setStatusMany': ({ ids, status }) => {
      for (const id of ids) {
        const stored = library.get(id);
        if (stored) library.save(id, stored.revision, { ...settingsOf(stored.profile), status }, []);
      }
      return ok(library.list().filter(({ id }) => ids.includes(id)));
    },
    'profiles.delete': ({ id }) => found(library.remove(id), id),
    'profiles.deleteMany': ({ ids }) => ok(ids.flatMap((id) => library.remove(id) ?? [])),
    'profiles.trash': () => ok(library.trash()),
    'profiles.restore': ({ id }) => found(library.restore(id), id),
    'profiles.restoreMany': ({ ids }) => {
      for (const id of ids) library.restore(id);
      return ok(library.list().filter(({ id }) => ids.includes(id)));
    },
    'profiles.purge': ({ id }) => {
      library.purge(id);
      return ok({});
    },
    'drafts.put': ({ ...draft }) => {
      const at = new Date().toISOString();
      drafts = [{ ...draft, at }, ...drafts.filter(({ id }) => id !== draft.id)];
      return ok({ at });
    },
    'drafts.list': () => ok(drafts),
    'drafts.drop': ({ ids }) => {
      drafts = drafts.filter(({ id }) => !ids.includes(id));
      return ok({});
    },
    'secrets.status': ({ check }) => {
      if (check && keychain.state === 'unchecked') keychain = { ...keychain, state: 'ready' };
      return ok(keychain);
    },
    'secrets.keepReplaced': ({ profileId }) => found(library.get(profileId), profileId),
    'secrets.change': ({ profileId }) => found(library.get(profileId), profileId),
    'tests.check': (input, call) => run(input, 'check', call),
    'tests.send': (input, call) => run(input, 'send', call as unknown as CallOptions<'tests.check'>),
    'history.list': ({ profileId }) => ok(history.list(profileId)),
    'history.get': ({ profileId, runId }) => {
      const report = history.get(profileId, runId);
      return report ? ok({ report, unsaved: false }) : notFound(runId);
    },
    'reports.render': ({ report, format }) => {
      const found = reportOf(report);
      if (!found) return notFound(report.runId);
      const text = format === 'json' ? JSON.stringify(found, null, 2) : reportText(found);
      return ok({ fileName: `report.${REPORT_ENDINGS[format]}`, text });
    },
    'reports.save': ({ format }) => ok({ file: `report.${REPORT_ENDINGS[format]}`, bytes: 12_288 }),
    'reports.saveChain': () => ok({ file: 'chain.pem', bytes: 4_096 }),
    'reports.open': () => {
      const opened = { ...fakeReport(emptySettings(), 'check'), id: randomUUID(), profileName: 'From the server' };
      session.set(opened.id, opened);
      return ok({ profileName: opened.profileName, summary: summaryOf(opened, false) });
    },
    'reports.compare': ({ before, after }) => {
      const [a, b] = [reportOf(before), reportOf(after)];
      return a && b ? ok(compareReports(a, b)) : notFound(before.runId);
    },
    'history.clear': ({ profileId }) => ok({ profiles: history.clear(profileId) }),
    'tests.matrix': async ({ subject }, { onEvent }) => {
      const report = fakeMatrix(subject.kind === 'settings' ? subject.settings.server.host : 'mail.acme.example');
      for (const cell of report.cells) {
        await pause(options.stageMs ?? 60);
        onEvent?.({ type: 'cell', cell });
      }
      return ok(report);
    },
    'batches.run': async ({ profiles }, { signal, onEvent }) => {
      const test = async (profileId: string) => {
        await pause(options.stageMs ?? 60);
        const stored = library.get(profileId);
        const report = (options.report ?? fakeReport)(stored ? settingsOf(stored.profile) : emptySettings(), 'check');
        const finished = { ...report, id: randomUUID() };
        history.add(profileId, finished);
        return finished;
      };
      const aborted = () => signal?.aborted ?? false;
      return ok(await fakeBatch(library.list(), profiles, test, { aborted, emit: (event) => onEvent?.(event) }));
    },
    'batches.render': ({ format }) => ok({ fileName: `relaysmith.${format}`, text: 'name,host\r\n' }),
    'batches.save': ({ format }) => ok({ file: `batch.${format}`, bytes: 4_096 }),
    'tests.mechanisms': async ({ subject }, { onEvent, signal }) => {
      const report = fakeMechanisms(subject.kind === 'settings' ? subject.settings.server.host : 'mail.acme.example');
      for (const result of report.results) {
        onEvent?.({ type: 'trying', mechanism: result.mechanism });
        await pause(options.stageMs ?? 60);
        if (signal?.aborted) return ok({ ...report, cancelled: true, recommended: null, results: [] });
        onEvent?.({ type: 'result', result });
      }
      return ok(report);
    },
    'detections.run': async ({ about }, { onEvent, signal }) => {
      const detection = fakeDetection(about);
      for (const result of detection.steps) {
        onEvent?.({ type: 'step-started', step: result.step });
        await pause(options.stageMs ?? 60);
        if (signal?.aborted) return ok({ ...detection, cancelled: true, proposals: [] });
        onEvent?.({ type: 'step-finished', result });
      }
      return ok(detection);
    },
    'diagnoses.explain': () => ok(null),
    'files.open': ({ path }) =>
      ok({ token: randomUUID(), name: path?.split('/').at(-1) ?? 'config.json', bytes: 4_096 }),
    'files.folder': ({ path }) => ok({ token: randomUUID(), name: path?.split('/').at(-1) ?? 'settings', entries: 0 }),
    'files.save': ({ suggestedName, path }) =>
      ok({ token: randomUUID(), name: path ?? suggestedName, exists: path?.includes('exists') ?? false }),
    'files.readCertificates': () => ok({ pem: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n' }),
    'targets.list': () => ok(targets),
    'targets.limits': ({ targets: ids }) =>
      ok(ids.map((target) => ({ target, limits: fakeExport(target, 'leave-out', false).limits }))),
    'exports.preview': ({ target, policy, into }) => ok(fakeExport(target, policy, into !== null)),
    'exports.write': () =>
      ok({
        file: '/srv/mattermost/config/config.json',
        bytes: 6_412,
        backup: '/srv/mattermost/config/config.json.bak',
      }),
    'sheets.read': () => ok(fakeSheet()),
    'sheets.copy': ({ field }) =>
      ok({
        label: fakeSheet().fields[field]?.label ?? '',
        clearsAfterSeconds: fakeSheet().fields[field]?.isSecret ? 45 : null,
      }),
    'imports.read': ({ source }) =>
      source.kind === 'text' && !source.text.includes('{') ? fail(appErrorOf('NOT_RECOGNISED', {})) : ok(fakeImport()),
    'importSet.read': () => ok(fakeImportSet()),
    'imports.accept': ({ choices }) =>
      ok(choices.map(({ name }) => library.create({ ...(fakeImport().profiles[0] ?? emptySettings()), name }, []))),
    'imports.compare': ({ profileId }) => {
      const stored = found(library.get(profileId), profileId);
      return stored.ok ? ok(fakeComparison(stored.value, fakeImport())) : stored;
    },
    'imports.update': ({ profileId }) => {
      const stored = found(library.get(profileId), profileId);
      return stored.ok ? ok({ outcome: 'saved', stored: stored.value }) : stored;
    },
    'exportSet.preview': (input) => ok(fakeExportSet(input, library.list(), targets)),
    'exportSet.write': (input) => ok(fakeWrittenSet(fakeExportSet(input, library.list(), targets), input.policy)),
    'bundles.save': ({ profileIds, passphrase }) =>
      ok({
        file: 'acme.relaysmith',
        bytes: 9_412,
        backup: '',
        profiles: profileIds.length,
        secrets: passphrase === null ? 0 : profileIds.length,
        lacking: [],
      }),
    'bundles.open': ({ passphrase }) =>
      passphrase === null ? fail(appErrorOf('PASSPHRASE_NEEDED', {})) : ok(fakeBundle()),
    'bundles.accept': ({ choices }) =>
      ok({
        added: choices.map(() => library.create(emptySettings(), [])),
        replaced: [],
        notReplaced: [],
      }),
    'bundles.close': () => ok({}),
    'practice.scenarios': () => ok(scenarioInfos()),
    'practice.state': () => ok(practice),
    'practice.start': ({ scenario }) => {
      const { id: _id, group: _group, ...outcome } = scenarioInfos().find(({ id }) => id === scenario) as ScenarioInfo;
      practice = { running: true, scenario, outcome, host: '127.0.0.1', port: 41_587, caPem: '', crlPem: '' };
      return ok(practice);
    },
    'practice.replay': () => fail(appErrorOf('REPLAY_IMPOSSIBLE', {})),
    'practice.stop': () => {
      practice = { running: false };
      return ok(practice);
    },
    'practice.inbox': () => ok(practice.running ? inbox : []),
    'practice.message': ({ id }) => {
      const message = inbox.find((each) => each.id === id);
      return message ? ok({ message, source: fakeSource(message), content: fakeContent(message) }) : notFound(id);
    },
    'practice.clear': () => {
      inbox = [];
      return ok({});
    },
    'practice.adopt': () =>
      ok(
        library.create(
          {
            ...emptySettings(),
            name: 'Practice server',
            server: { ...emptySettings().server, host: '127.0.0.1', port: 41_587 },
          },
          [{ action: 'set', kind: 'password', value: 'practice', storage: 'session' }],
        ),
      ),
  };

  return async (name, input, call = {}) => {
    await pause(1);
    return handlers[name](input, call);
  };
}

function same<T>(value: T): T {
  return value;
}

function found<T>(value: T | null, id: string): Result<T> {
  return value === null ? notFound(id) : ok(value);
}

function notFound(id: string): { ok: false; error: AppError } {
  return fail(appErrorOf('NOT_FOUND', { what: 'profile', name: id }));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function fakeContent({ from, recipients, subject }: PracticeMessage): MessageContent {
  return {
    headers: [
      { name: 'From', value: from },
      { name: 'To', value: recipients.join(', ') },
      { name: 'Subject', value: subject },
      { name: 'Message-ID', value: '<b1946ac9@desk.acme.example>' },
    ],
    text: 'This is a test message. It shows that the settings of "Acme production relay" work.\n',
    html: '<h1>Hello</h1><p>This is a <b>test message</b>.</p>',
    attachments: [{ name: 'report.pdf', type: 'application/pdf', bytes: 20_480 }],
    isCut: false,
  };
}

function fakeSource({ from, recipients, subject }: PracticeMessage): string {
  return [
    `From: ${from}`,
    `To: ${recipients.join(', ')}`,
    `Subject: ${subject}`,
    'Date: Sat, 21 Nov 2026 09:14:00 +0000',
    'Message-ID: <b1946ac9@desk.acme.example>',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'This is a test message. It shows that the settings of "Acme production relay" work.',
    '',
  ].join('\r\n');
}

function fakeSheet(): EntrySheet {
  const field = (label: string, enter: string, isRequired = true, help = '') => ({
    label,
    enter,
    isSecret: false,
    isRequired,
    help,
  });
  return {
    place: 'ZeroThreat > Organization Settings > Mail Server Configuration',
    fields: [
      field('From', 'alerts@acme.example', true, 'The address alone, without a name.'),
      field('Host', 'mail.acme.example'),
      field('Port', '587'),
      field('Username', 'alerts@acme.example'),
      { ...field('Password', ''), isSecret: true },
      field('Secure', 'Off', false, 'On for TLS from the first byte.'),
      field('TLS Reject Unauthorized', 'On', false),
    ],
  };
}

function fakeExport(
  target: string,
  policy: RequestInput<'exports.preview'>['policy'],
  isMerge: boolean,
): RequestOutput<'exports.preview'> {
  const password = policy === 'include' ? '********' : policy === 'placeholder' ? 'REPLACE_ME' : '';
  const text = JSON.stringify(
    {
      EmailSettings: {
        SMTPServer: 'mail.acme.example',
        SMTPPort: '587',
        ConnectionSecurity: 'STARTTLS',
        EnableSMTPAuth: true,
        SMTPUsername: 'alerts@acme.example',
        ...(policy === 'leave-out' ? {} : { SMTPPassword: password }),
        FeedbackName: 'Acme alerts',
        FeedbackEmail: 'alerts@acme.example',
        SkipServerCertificateVerification: false,
        SMTPServerTimeout: 10,
      },
    },
    null,
    4,
  );
  const same = (line: string) => ({ kind: 'same' as const, text: line });
  return {
    target,
    fileName: targets.find(({ id }) => id === target)?.fileName ?? 'config.json',
    text,
    diff: isMerge
      ? [
          ...text.split('\n').slice(0, 2).map(same),
          { kind: 'removed', text: '        "SMTPServer": "localhost",' },
          { kind: 'added', text: '        "SMTPServer": "mail.acme.example",' },
          { kind: 'removed', text: '        "SMTPPort": "10025",' },
          { kind: 'added', text: '        "SMTPPort": "587",' },
          ...text.split('\n').slice(4).map(same),
        ]
      : [],
    limits: [
      {
        severity: 'lossy',
        field: 'tls.minVersion',
        text: 'Mattermost always accepts TLS 1.2 and newer; this cannot be changed there.',
      },
      {
        severity: 'refused',
        field: 'tls.caPem',
        text: 'A private CA must be in the system’s trust store of the server.',
      },
    ],
    apply: [
      { title: 'Copy the file to the server', command: 'scp config.json server:/opt/mattermost/config/config.json' },
      { title: 'Take it in', command: 'mmctl --local config reload' },
    ],
    isWhole: true,
    holdsSecret: policy === 'include',
  };
}

function fakeImportSet(): ImportSetPreview {
  const preview = fakeImport();
  const file = { bytes: 4_096, preview, error: null };
  return {
    importId: preview.importId,
    name: 'customer.zip',
    files: [
      { ...file, path: 'chat/config.json', first: 0 },
      { ...file, path: 'etc/grafana.ini', first: 1 },
      { path: 'readme.txt', bytes: 210, first: 2, preview: null, error: appErrorOf('NOT_RECOGNISED', {}) },
    ],
  };
}

function fakeImport(): ImportPreview {
  const settings = emptySettings();
  return {
    importId: randomUUID(),
    target: 'mattermost',
    otherCandidates: ['grafana'],
    profiles: [
      {
        ...settings,
        name: 'Mattermost',
        server: { ...settings.server, host: 'smtp.globex.example', port: 465, security: 'starttls' },
        signIn: { ...settings.signIn, username: 'chat@globex.example' },
        sender: { ...settings.sender, from: { address: 'chat@globex.example', name: 'Globex chat' } },
      },
    ],
    origins: {
      'server.host': { key: 'EmailSettings.SMTPServer', line: 112 },
      'server.port': { key: 'EmailSettings.SMTPPort', line: 113 },
      'server.security': { key: 'EmailSettings.ConnectionSecurity', line: 118 },
      'signIn.username': { key: 'EmailSettings.SMTPUsername', line: 110 },
      'sender.from.address': { key: 'EmailSettings.FeedbackEmail', line: 105 },
      'sender.from.name': { key: 'EmailSettings.FeedbackName', line: 104 },
    },
    ignored: [{ key: 'EmailSettings.EnablePreviewModeBanner', line: 126, reason: 'It is not about outgoing mail.' }],
    secrets: [
      { kind: 'password', profile: 0, key: 'EmailSettings.SMTPPassword', line: 111, state: 'value', reference: '' },
    ],
    warnings: ['Port 465 expects TLS from the first byte, but the file says STARTTLS.'],
  };
}
