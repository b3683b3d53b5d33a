import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskYaml } from '../../../../engine/targets/yaml/mask.ts';
import { writeYaml } from '../../../../engine/targets/yaml/write.ts';
import { variable } from '../arbitrary.ts';

const SECRET = 'canary-9d1f';

const TEXTS = [
  `mail.password: '${SECRET}' # note\n`,
  `a: {smtp-password: "${SECRET}", b: 1}\n`,
  `password: |\n  ${SECRET}\n  ${SECRET}\nb: 1\n`,
  `smtp_password: "${SECRET}\n  more"\n`,
  `environment:\n  - SMTP_PASSWORD=${SECRET}\n  - "API_TOKEN=${SECRET}"\n`,
  `env:\n  - name: SMTP_PASSWORD\n    value: ${SECRET}\n`,
  `kind: Secret\ndata:\n  user: ${SECRET}\nstringData: {a: ${SECRET}}\n`,
  `data:\n  config.json: |\n    {"EmailSettings": {"SMTPPassword": "${SECRET}"}}\n  app.ini: |\n    PASSWD = ${SECRET}\n`,
  `# DISCOURSE_SMTP_PASSWORD: ${SECRET}\na: 1\n`,
  `url: smtp://user:${SECRET}@mail.example.com:25\n`,
  `password: \${SMTP_PASSWORD:${SECRET}}\n`,
  `password: "${SECRET}\nbroken: {\n`,
  `db:\n  password: {nested: [${SECRET}]}\n`,
];

describe('Masking YAML', () => {
  it.each(TEXTS)('hides the secret of %j and keeps the lines', (text) => {
    const masked = maskYaml(text);
    expect(masked).not.toContain(SECRET);
    expect(masked.split('\n')).toHaveLength(text.split('\n').length);
  });

  it('leaves references, switches, empty values and other keys', () => {
    const text = `password: !secret pw\nsmtp_password: ${variable('PW')}\nsecret: ""\nuse_password: true\nhost: mail.example.com\n`;
    expect(maskYaml(text)).toBe(text);
  });

  it('masks a part as it masks the whole', () => {
    const text = `a: 1\nkind: Secret\ndata:\n  b: ${SECRET}\n  c: x\n`;
    const from = text.indexOf('  b:');
    const to = text.indexOf('  c:');
    expect(maskYaml(text, from, to)).toBe('  b: "••••••••"\n');
    expect(maskYaml(text, from, to - 1)).toBe('  b: "••••••••"');
    expect(maskYaml(text, 0, from)).toBe(text.slice(0, from));
  });

  it('hides any password that is written, and keeps the number of lines', () => {
    const password = fc
      .string({ unit: 'binary', minLength: 8, maxLength: 20 })
      .filter((value) => value.isWellFormed() && /\w{4}/.test(value));
    fc.assert(
      fc.property(password, fc.string(), (secret, other) => {
        const text = writeYaml({ a: other, smtp: { password: secret, b: [other] } });
        const masked = maskYaml(text);
        expect(masked.split('\n')).toHaveLength(text.split('\n').length);
        const line = masked.split('\n').find((candidate) => candidate.includes('password')) ?? '';
        expect(/^ {2}password: "•+"$/.test(line) || /^ {2}password: "(?:\$|\{|<|env|file|vault|\*|•)/.test(line)).toBe(
          true,
        );
      }),
      { numRuns: 150 },
    );
  });
});
