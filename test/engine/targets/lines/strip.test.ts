import { describe, expect, it } from 'vitest';
import { CONFIG_PARSER, GO_INI } from '../../../../engine/targets/ini/dialect.ts';
import { readIni } from '../../../../engine/targets/ini/read.ts';
import { readPostfix } from '../../../../engine/targets/lines/main-cf.ts';
import { readMsmtprc } from '../../../../engine/targets/lines/msmtprc.ts';
import { readProperties } from '../../../../engine/targets/properties/read.ts';

describe('readers of lines', () => {
  const long = `a = b${' '.repeat(200_000)}c`;

  it('stay quick on a line of blanks', () => {
    const begun = performance.now();
    for (const text of [`[s]\n${long}\n`, `[s]\n${long.repeat(3)}\n`]) {
      expect(readIni(text, GO_INI).entries).toHaveLength(1);
      expect(readIni(text, CONFIG_PARSER).entries).toHaveLength(1);
    }
    expect(readPostfix(long, 'parameters').entries).toHaveLength(1);
    expect(readPostfix(long, 'table').entries).toHaveLength(1);
    expect(readMsmtprc(long).entries).toHaveLength(1);
    expect(readProperties(long).entries).toHaveLength(1);
    expect(performance.now() - begun).toBeLessThan(3_000);
  });
});
