import { type Command, defineCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { profileJson } from '../output/profile.ts';
import { safe } from '../output/safe.ts';
import { findProfile } from '../profile-ref.ts';

function statusCommand(name: string, status: 'active' | 'inactive'): Command<Record<string, never>> {
  return defineCommand({
    usage: 'PROFILE',
    details: [`Sets the status of a profile to ${status}. Nothing else changes.`],
    options: {},
    positionals: [1, 1],
    examples: [`relaysmith ${name} acme`],
    async run({ engine: start, positionals, style, print, printJson }) {
      const engine = await start();
      const found = await findProfile(engine, positionals[0] ?? '');
      if (!found.ok) return found;
      const { id, revision } = found.value;
      let saved = await engine.client('profiles.setStatus', { id, revision, status });
      // Someone saved the profile in between; the status does not depend on what they changed.
      if (saved.ok && saved.value.outcome === 'conflict') {
        saved = await engine.client('profiles.setStatus', { id, revision: saved.value.theirs.revision, status });
      }
      if (!saved.ok) return saved;
      if (saved.value.outcome === 'conflict') return { ok: false, error: { code: 'LIBRARY_BUSY', facts: {} } };
      printJson(profileJson(saved.value.stored));
      print(`${style.passed(style.icons.passed)} "${safe(found.value.name)}" is ${status}.`);
      return { ok: true, value: EXIT.ok };
    },
  });
}

export const activate = statusCommand('activate', 'active');
export const deactivate = statusCommand('deactivate', 'inactive');
