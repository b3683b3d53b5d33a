import { expect, it } from 'vitest';
import { compose } from '../../../../engine/targets/export.ts';
import { readBytes } from '../../../../engine/targets/import.ts';
import { SAMPLE_TABLE } from '../sample-table.ts';
import { describeSamples, sample, sampleFiles } from '../samples.ts';
import { must } from '../support.ts';

describeSamples('real files of lines', () => {
  for (const product of ['grafana', 'gitea', 'odoo', 'postfix', 'msmtp', 'spring-properties']) {
    it(`of ${product} lose no line when merged into, and change no more the second time`, () => {
      const source = sample('msmtp/003.msmtprc');
      const [profile] = must(readBytes(source, 'msmtprc', 'msmtp')).parsed.profiles;
      if (!profile) throw new Error('no profile');
      const settings = {
        ...profile.settings,
        sender: { ...profile.settings.sender, from: { address: 'a@a.example', name: 'A' } },
      };
      for (const path of sampleFiles(product)) {
        // Nobody's file, or not yet one.
        if (/NOT_RECOGNISED|TEMPLATE_FILE/.test(SAMPLE_TABLE[path] ?? '')) continue;
        const text = sample(path).toString('utf8');
        const options: Record<string, string> = product === 'msmtp' ? { account: 'default' } : {};
        const request = { target: product, options, policy: 'leave-out' as const };
        const once = must(compose(settings, {}, { ...request, into: { text, bom: false } })).text;
        expect(must(compose(settings, {}, { ...request, into: { text: once, bom: false } })).text).toBe(once);
        const after = new Set(once.split('\n'));
        const gone = text.split('\n').filter((line) => !after.has(line));
        // Only lines that set something about mail may differ.
        for (const line of gone)
          expect(line).toMatch(
            /^\s*(?:ENABLED|HOST|FROM|USER|PASSWD|IS_TLS|SKIP|DISABLE|USE_CERT|CERT|KEY|HELO|relayhost|smtp_|host|port|from|user|tls|auth|password|spring\.mail)/,
          );
        expect(once.endsWith('\n')).toBe(text.endsWith('\n'));
      }
    });
  }
});
