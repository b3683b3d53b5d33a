import { describe, expect, it } from 'vitest';
import { GO_INI } from '../../../../engine/targets/ini/dialect.ts';
import { readIni } from '../../../../engine/targets/ini/read.ts';
import { maskEntries } from '../../../../engine/targets/lines/mask.ts';
import { readMsmtprc } from '../../../../engine/targets/lines/msmtprc.ts';
import { sampleSettings } from '../arbitrary.ts';
import { contextFor, errorOf, target } from '../support.ts';

describe('files of lines', () => {
  it.each([
    ['grafana', {}],
    ['grafana', { form: 'env' }],
    ['gitea', {}],
    ['gitea', { form: 'env' }],
    ['odoo', {}],
    ['spring-properties', {}],
    ['msmtp', {}],
    ['postfix', {}],
    ['postfix', { form: 'passwords' }],
    ['zuora', {}],
    ['zuora', { form: 'file' }],
  ])('are not merged into JSON: %s %j', (id, options: Record<string, string>) => {
    const product = target(id);
    const merged = product.merge('{\n  "a": 1\n}\n', sampleSettings(), contextFor(product, options));
    expect(errorOf(merged)).toMatchObject({ code: 'TARGET_REFUSES', facts: { field: 'this file' } });
  });

  it('are masked also behind the place where their reader gave up', () => {
    const text = '[a]\npassword = hunter2\nbroken\n[b]\npassword = hunter2\n';
    expect(maskEntries(text, readIni(text, GO_INI))).not.toContain('hunter2');
  });

  it('give an account of msmtp what it inherits, and nothing of defaults that come after it', () => {
    const { accounts } = readMsmtprc(
      'defaults\nport 1\naccount a\nhost a\ndefaults\nport 2\naccount b\nhost b\naccount c : a, b\n',
    );
    const effective = accounts.map(({ name, effective: entries }) => [
      name,
      ...entries.map(({ key, value }) => `${key} ${value}`),
    ]);
    expect(effective).toEqual([
      ['a', 'port 1', 'host a'],
      ['b', 'port 2', 'host b'],
      ['c', 'port 1', 'host a', 'port 2', 'host b'],
    ]);
  });
});
