import { describe, expect, it } from 'vitest';
import { readText } from '../../../../engine/targets/import.ts';
import { target } from '../support.ts';

const SIZE = 100_000;
const FILES: Record<string, string> = {
  'quotes that never close': "A='\\'\n".repeat(SIZE / 7),
  'one long name': `SMTP_${'_MAIL_'.repeat(SIZE / 6)}HOST=a\n`,
  'many addresses without an end': `URL=${'a://b:'.repeat(SIZE / 6)}\n`,
  'dots and dashes': `SMTP_HOST=a\nX=${'a.-'.repeat(SIZE / 3)}\n`,
  'blanks in a comment of Ruby': `gitlab_rails['smtp_port'] = 1\n# gitlab_rails['a'] =${' '.repeat(SIZE)}x\n`,
  'lists in lists of PHP': `<?php $CONFIG = ['mail_x' => ${'['.repeat(2_000)}${'"a", '.repeat(50_000)}`,
  'brackets of Python': `import os\nEMAIL_HOST = ${'('.repeat(SIZE)}`,
  'triple quotes of Python': `import os\nEMAIL_HOST = 1\n${'x = """\n'.repeat(SIZE / 8)}`,
  'many variables of mail': 'SMTP_A_HOST=a.example # x\n'.repeat(5_000),
};

describe('a hostile file', () => {
  it.each(Object.entries(FILES))(
    'of %s is read and masked in bounded time',
    (_name, text) => {
      const started = performance.now();
      readText(text, 'hostile', null);
      for (const id of ['env', 'gitlab', 'nextcloud', 'django']) {
        readText(text, 'hostile', id);
        target(id).mask(text);
      }
      expect(performance.now() - started).toBeLessThan(8_000);
    },
    30_000,
  );
});
