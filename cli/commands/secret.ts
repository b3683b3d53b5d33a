import type { Engine } from '../../engine/index.ts';
import type { SecretChange } from '../../shared/contract.ts';
import { type Context, defineCommand } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { type CliResult, usage } from '../failure.ts';
import { keychainLines } from '../output/keychain.ts';
import { secretWords } from '../output/profile.ts';
import { safe } from '../output/safe.ts';
import { loadProfile } from '../profile-ref.ts';
import { askSecrets, changesOf, readSecrets, secretKindOf } from '../secret-options.ts';
import { KEEP_OPTION, SECRET_OPTIONS } from '../secret-table.ts';
import { nearest } from '../suggest.ts';

const ACTIONS = ['set', 'clear', 'status'] as const;
const OPTIONS = { ...SECRET_OPTIONS, ...KEEP_OPTION } as const;

export const secret = defineCommand({
  usage: 'set|clear PROFILE [KIND] | status [PROFILE]',
  details: [
    'Sets or clears a secret of a profile, or says what is stored. KIND is password (default), clientSecret, refreshToken, accessToken, clientKey or clientKeyPassphrase. A stored secret is never shown.',
    '--password-stdin, --password-file and --password-env stand for the secret of the kind that is named. Without them it is asked for.',
  ],
  options: OPTIONS,
  positionals: [1, 3],
  examples: [
    'relaysmith secret set acme',
    'relaysmith secret set acme clientKey --password-file key.pem',
    'relaysmith secret status acme --json',
  ],
  async run(context) {
    const [action = '', reference, kind = 'password'] = context.positionals;
    const engine = await context.engine();
    if (action === 'status') return status(context, engine, reference);
    if (action !== 'set' && action !== 'clear') {
      const guess = nearest(action, ACTIONS);
      return usage(
        'relaysmith secret does not know that action.',
        guess ? `Did you mean ${guess}?` : 'It is set, clear or status.',
      );
    }
    if (reference === undefined) return usage('The profile is missing.', `relaysmith secret ${action} PROFILE`);
    const change = await changeOf(context, action, kind);
    if (!change.ok) return change;
    const stored = await loadProfile(engine, reference);
    if (!stored.ok) return stored;
    const profileId = stored.value.profile.id;
    const changed = await engine.client('secrets.change', { profileId, change: change.value });
    if (!changed.ok) return changed;
    const { style, print, printJson } = context;
    printJson({ id: profileId, secrets: changed.value.secrets });
    const done = { set: 'Stored', ask: 'Will ask each time for', clear: 'Cleared' }[change.value.action];
    print(
      `${style.passed(style.icons.passed)} ${done} the ${change.value.kind} of "${safe(stored.value.profile.name)}".`,
    );
    return { ok: true, value: EXIT.ok };
  },
});

async function changeOf(
  context: Context<typeof OPTIONS>,
  action: 'set' | 'clear',
  word: string,
): Promise<CliResult<SecretChange>> {
  const kind = secretKindOf(word);
  if (!kind.ok) return kind;
  if (action === 'clear') return { ok: true, value: { action: 'clear', kind: kind.value } };
  const { io, values } = context;
  if (values.keep === 'ask') return { ok: true, value: { action: 'ask', kind: kind.value } };
  const given = await readSecrets(io, values, kind.value);
  if (!given.ok) return given;
  const value = given.value[kind.value] ?? (await askSecrets(io, [kind.value]))?.[kind.value];
  const [change] = value === undefined ? [] : changesOf(context, { [kind.value]: value }, values.keep);
  if (change) return { ok: true, value: change };
  if (io.canAsk) return { ok: false, error: { code: 'CANCELLED', facts: {} } };
  return { ok: false, error: { code: 'SECRET_NEEDED', facts: { kinds: [kind.value], reason: 'not-stored' } } };
}

async function status(
  { style, print, printJson }: Context<typeof OPTIONS>,
  engine: Engine,
  reference: string | undefined,
): Promise<CliResult<ExitCode>> {
  const stored = reference === undefined ? null : await loadProfile(engine, reference);
  if (stored && !stored.ok) return stored;
  const keychain = await engine.client('secrets.status', { check: true });
  if (!keychain.ok) return keychain;
  const profile = stored ? { id: stored.value.profile.id, secrets: stored.value.secrets } : {};
  printJson({ ...profile, keychain: keychain.value });
  if (stored?.value.secrets.length === 0) print('Nothing is stored for this profile.');
  for (const state of stored?.value.secrets ?? []) print(`  ${state.kind}: ${secretWords(state)}`);
  for (const line of keychainLines(keychain.value, style)) print(line);
  return { ok: true, value: EXIT.ok };
}
