import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskByLines } from '../../../engine/targets/mask-part.ts';
import { CANARY, sampleSettings } from './arbitrary.ts';
import { contextFor, must, target } from './support.ts';

const mask = maskByLines((text) => text.replaceAll(/secret/g, '***'));

describe('a mask of a part', () => {
  it('is the same lines of the mask of the whole', () => {
    const lines = fc.array(fc.constantFrom('a', 'secret', '', 'b=secret'), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(lines, fc.nat(8), fc.nat(8), fc.boolean(), (parts, one, two, closed) => {
        const [first, last] = [Math.min(one, two, parts.length), Math.min(Math.max(one, two), parts.length)];
        const text = parts.join('\n') + (closed ? '\n' : '');
        const from = parts.slice(0, first).reduce((sum, part) => sum + part.length + 1, 0);
        const chosen = parts.slice(first, last);
        const to = Math.min(text.length, from + chosen.reduce((sum, part) => sum + part.length + 1, 0));
        if (from > to) return;
        expect(mask(text, from, to)).toBe(text.slice(from, to).replaceAll('secret', '***'));
      }),
    );
  });

  it.each(['gitlab', 'nextcloud', 'django', 'n8n', 'vaultwarden', 'keepnet'])(
    'of %s never shows the password',
    (id) => {
      const product = target(id);
      const text = must(
        product.render(sampleSettings(), contextFor(product, { reader: 'compose' }, 'include', CANARY)),
      );
      const lines = text.split('\n');
      let from = 0;
      for (const line of lines) {
        expect(product.mask(text, from, from + line.length)).not.toContain('canary');
        from += line.length + 1;
      }
    },
  );
});
