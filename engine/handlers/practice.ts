import type { SecretChange } from '../../shared/contract.ts';
import { appErrorOf } from '../../shared/errors.ts';
import { settingsOf } from '../../shared/profile.ts';
import { fail, ok } from '../../shared/result.ts';
import type { SecretKind } from '../../shared/secrets.ts';
import type { HandlerGroup } from '../dispatch.ts';
import type { PracticeServer } from '../practice/index.ts';
import { practiceSecrets, practiceSettings, scenarioInfos } from '../practice/index.ts';
import type { ProfileLibrary } from '../profiles/profile-library.ts';
import type { FindReport } from './find-report.ts';

/** Provider id that marks the profile of the practice server, so that a later start can find and renew it. */
const PRACTICE_PROVIDER = 'practice';

/** Requests about the practice server. */
export function practiceHandlers(
  practice: PracticeServer,
  library: ProfileLibrary,
  find: FindReport,
): HandlerGroup<'practice'> {
  return {
    'practice.scenarios': async () => ok(scenarioInfos()),
    'practice.state': async () => ok(practice.state()),
    'practice.start': ({ scenario }) => practice.start(scenario),
    'practice.replay': async ({ report }) => {
      const found = await find(report);
      return found.ok ? practice.replay(found.value) : found;
    },
    'practice.stop': async () => {
      await practice.stop();
      return ok(practice.state());
    },
    'practice.inbox': async () => ok(practice.inbox()),
    'practice.message': async ({ id }) => practice.message(id),
    'practice.clear': async () => {
      practice.clear();
      return ok({});
    },
    'practice.adopt': async () => {
      const state = practice.state();
      if (!state.running) return fail(appErrorOf('PRACTICE_NOT_RUNNING', {}));
      const list = await library.list();
      if (!list.ok) return list;
      const earlier = list.value.find(({ provider }) => provider === PRACTICE_PROVIDER);
      const mark = { provider: PRACTICE_PROVIDER };
      const profile = practice.profile();
      const secrets = secretChanges(practiceSecrets(state, profile));
      if (!earlier) return library.create({ ...practiceSettings(state, undefined, profile), ...mark }, secrets);
      const stored = await library.get(earlier.id);
      if (!stored.ok) return stored;
      const settings = { ...practiceSettings(state, settingsOf(stored.value.profile), profile), ...mark };
      const saved = await library.save(earlier.id, stored.value.revision, settings, secrets);
      if (!saved.ok) return saved;
      return ok(saved.value.outcome === 'saved' ? saved.value.stored : saved.value.theirs);
    },
  };
}

/** Sets the secrets of the practice server, for this session only: they are public, so no keychain need hold them. */
function secretChanges(secrets: Partial<Record<SecretKind, string>>): SecretChange[] {
  return Object.entries(secrets).map(([kind, value]) => ({
    action: 'set',
    kind: kind as SecretKind,
    value,
    storage: 'session',
  }));
}
