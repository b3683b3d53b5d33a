import { expect, it } from 'vitest';
import { sampleSettings } from '../arbitrary.ts';
import { contextFor, errorOf, must, target } from '../support.ts';

const zerothreat = target('zerothreat');

it('ZeroThreat gets a sheet in the order and words of its form, with the password masked for display', () => {
  const text = must(
    zerothreat.render(sampleSettings(), contextFor(zerothreat, { form: 'sheet' }, 'include', 'canary')),
  );
  expect(zerothreat.mask(text)).toBe(`ZeroThreat > Organization Settings > Mail Server Configuration

From                     alerts@acme.example
Host                     mail.acme.example
Port                     587
Username                 svc-mail@acme.example
Password                 ••••••••
Secure                   Off
TLS Reject Unauthorized  On
`);
  expect(text).toContain('Password                 canary\n');
});

it('a sheet is not merged, and holds nothing that cannot be typed', () => {
  const context = contextFor(zerothreat, { form: 'sheet' }, 'include', 'a\nb');
  expect(errorOf(zerothreat.render(sampleSettings(), context)).code).toBe('TARGET_REFUSES');
  expect(errorOf(zerothreat.merge('{}', sampleSettings(), contextFor(zerothreat, { form: 'sheet' }))).code).toBe(
    'NOT_AVAILABLE',
  );
});
