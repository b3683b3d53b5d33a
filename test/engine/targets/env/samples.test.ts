import { expect, it } from 'vitest';
import { compose } from '../../../../engine/targets/export.ts';
import { readBytes } from '../../../../engine/targets/import.ts';
import { describeSamples, sample, sampleFiles } from '../samples.ts';
import { must } from '../support.ts';

describeSamples('real env files', () => {
  it('keep every line that is not about mail when merged into, and all of them the second time', () => {
    const folders = new Set(sampleFiles().flatMap((path) => path.match(/^env-[^/]+/) ?? []));
    for (const path of [...folders].flatMap(sampleFiles)) {
      const bytes = sample(path);
      const result = readBytes(bytes, path, null);
      const profile = result.ok ? result.value.parsed.profiles[0] : undefined;
      if (!result.ok || !profile) continue;
      const text = bytes.toString('utf8');
      const request = { target: result.value.target.info.id, options: {}, policy: 'leave-out' as const };
      const once = must(compose(profile.settings, {}, { ...request, into: { text, bom: false } })).text;
      expect(must(compose(profile.settings, {}, { ...request, into: { text: once, bom: false } })).text).toBe(once);
      const others = (whole: string) => whole.split('\n').filter((line) => !/^\s*\w*(SMTP|MAIL|HELO)\w*=/i.test(line));
      expect(others(once)).toEqual(others(text));
      expect(once.endsWith('\n')).toBe(text.endsWith('\n'));
    }
  });
});
