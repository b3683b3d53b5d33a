import { describe, expect, it } from 'vitest';
import { limitsFor } from '../../../engine/targets/limits-for.ts';
import { emptySettings } from '../../../shared/profile.ts';
import { errorOf, fieldsOf, must } from './support.ts';

const settings = emptySettings();
settings.name = 'Acme';
settings.server.host = 'mail.acme.example';
settings.sender.from.address = 'app@acme.example';
settings.sender.cc = ['ops@acme.example'];

describe('the limits that a form shows', () => {
  it('are those of each wanted product, by field', () => {
    const found = must(limitsFor(settings, ['mattermost', 'keepnet']));
    expect(found.map(({ target }) => target)).toEqual(['mattermost', 'keepnet']);
    expect(fieldsOf(found[0]?.limits ?? [])).toContain('lossy sender.cc');
    expect(fieldsOf(found[1]?.limits ?? [])).not.toContain('lossy sender.cc');
  });

  it('tell a setting that the product has no file for, once and at its field', () => {
    const oauth = { ...settings, signIn: { ...settings.signIn, method: 'oauth2' as const } };
    const [{ limits } = { limits: [] }] = must(limitsFor(oauth, ['mattermost']));
    const refused = limits.filter(({ severity }) => severity === 'refused');
    expect(refused.map(({ field }) => field)).toEqual(['signIn.method']);
    expect(refused[0]?.text).toMatch(/^Mattermost .*OAuth/);
  });

  it('are not given for settings that are none, nor for a product that there is not', () => {
    expect(errorOf(limitsFor(emptySettings(), ['mattermost'])).code).toBe('INVALID_INPUT');
    expect(errorOf(limitsFor(settings, ['nothing'])).code).toBe('TARGET_UNKNOWN');
  });
});
