import { expect, it } from 'vitest';
import { compose } from '../../../../engine/targets/export.ts';
import { readBytes } from '../../../../engine/targets/import.ts';
import { describeSamples, sample, sampleFiles } from '../samples.ts';
import { must } from '../support.ts';

const FOLDERS = [
  'alertmanager',
  'ansible',
  'compose',
  'discourse',
  'homeassistant',
  'jenkins-casc',
  'jenkins-xml',
  'kubernetes',
  'redmine',
  'sentry',
  'spring-yaml',
];

describeSamples('real YAML and XML files', () => {
  it.each(FOLDERS)(
    'of %s lose only lines about mail when merged into, and change no more the second time',
    (folder) => {
      for (const path of sampleFiles(folder)) mergeBack(sample(path), path);
    },
  );
});

function mergeBack(bytes: Buffer, name: string): void {
  const result = readBytes(bytes, name, null);
  const [profile, second] = result.ok ? result.value.parsed.profiles : [];
  if (!result.ok || !profile || second) return;
  const text = bytes.toString('utf8');
  const request = { target: result.value.target.info.id, options: {}, policy: 'leave-out' as const };
  const merged = compose(profile.settings, {}, { ...request, into: { text, bom: false } });
  if (!merged.ok) {
    expect(merged.error.code).toBe('TARGET_REFUSES');
    return;
  }
  const once = merged.value.text;
  expect(must(compose(profile.settings, {}, { ...request, into: { text: once, bom: false } })).text).toBe(once);
  const left = once.split('\n');
  const lost = text.split('\n').filter((line) => {
    const at = left.indexOf(line);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
  for (const line of lost)
    expect(line).toMatch(/smtp|mail|port|tls|ssl|auth|user|password|address|domain|host|timeout|sender/i);
  expect(once.endsWith('\n')).toBe(text.endsWith('\n'));
  expect(/[^\r]\n/.test(once)).toBe(/[^\r]\n/.test(text));
}
