import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anySettings, sampleSettings } from '../arbitrary.ts';
import { contextFor, must, target } from '../support.ts';

/* The API's own description (its OpenAPI document), which is no part of this repository. */
const FILE = resolve(
  import.meta.dirname,
  '../../../..',
  process.env.RELAYSMITH_FACTS ?? '../shared/facts',
  'keepnet-smtp-openapi-subset.json',
);

/** What OpenAPI 3.0 says of a value, as far as the API uses it. */
interface Schema {
  $ref?: string;
  type?: 'object' | 'array' | 'string' | 'boolean' | 'integer';
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  nullable?: boolean;
  minLength?: number;
  maxLength?: number;
  additionalProperties?: false;
}

const keepnet = target('keepnet');
const withPassword = contextFor(keepnet, {}, 'include', 'canary-"pass"');

describe('the body for Keepnet’s API', () => {
  if (!existsSync(FILE)) {
    it('is checked against the file that lies in the folder RELAYSMITH_FACTS', (context) => {
      if (process.env.CI) throw new Error('The API’s description is missing');
      console.log('Keepnet’s body was not checked: set RELAYSMITH_FACTS to the folder of its description.');
      context.skip();
    });
    return;
  }
  const { schemas } = (JSON.parse(readFileSync(FILE, 'utf8')) as { components: { schemas: Record<string, Schema> } })
    .components;

  /** What is wrong with a value, by its path. */
  function problems(value: unknown, schema: Schema, path = 'body'): string[] {
    if (schema.$ref) return problems(value, schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, path);
    if (value === null) return schema.nullable ? [] : [`${path} is null`];
    if (schema.type === 'array') {
      if (!Array.isArray(value)) return [`${path} is no array`];
      return value.flatMap((item, index) => problems(item, schema.items ?? {}, `${path}.${index}`));
    }
    if (schema.type === 'object') {
      const entries = Object.entries(value as Record<string, unknown>);
      const missing = (schema.required ?? []).filter((key) => !Object.hasOwn(value as object, key));
      return [
        ...missing.map((key) => `${path}.${key} is missing`),
        ...entries.flatMap(([key, item]) => {
          const own = schema.properties?.[key];
          return own ? problems(item, own, `${path}.${key}`) : [`${path}.${key} is unknown`];
        }),
      ];
    }
    if (schema.type === 'integer') return Number.isInteger(value) ? [] : [`${path} is no integer`];
    if (typeof value !== schema.type) return [`${path} is no ${schema.type}`];
    const length = typeof value === 'string' ? value.length : 0;
    const fits = length >= (schema.minLength ?? 0) && length <= (schema.maxLength ?? Number.POSITIVE_INFINITY);
    return fits ? [] : [`${path} has ${length} characters`];
  }
  const schemaOf = (name: string) => schemas[Object.keys(schemas).find((key) => key.endsWith(`.${name}`)) ?? ''] ?? {};
  const bodyOf = (settings = sampleSettings()) => JSON.parse(must(keepnet.render(settings, withPassword))) as unknown;

  it.each(['CreateSmtpSettingRequest', 'UpdateSmtpSettingRequest'])(
    'is what %s takes, with every field in use',
    (name) => {
      const settings = sampleSettings(({ sender, products }) => {
        sender.errorsTo = 'errors@acme.example';
        sender.cc = ['one@acme.example', 'two@acme.example'];
        sender.bcc = ['three@acme.example'];
        sender.headers = [{ name: 'X-Team', value: 'mail' }];
        sender.relayAllowed = true;
        products.keepnet = { availableForRequests: [{ type: 'Company', resourceId: 'c-1' }] };
      });
      expect(problems(bodyOf(settings), schemaOf(name))).toEqual([]);
      expect(Object.keys(bodyOf(settings) as object).sort()).toEqual(
        Object.keys(schemaOf(name).properties ?? {})
          .filter((key) => key !== 'statusId')
          .sort(),
      );
    },
  );

  it('is what the API takes, whatever the settings are, unless they are refused', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const rendered = keepnet.render(settings, withPassword);
        if (rendered.ok) expect(problems(JSON.parse(rendered.value), schemaOf('CreateSmtpSettingRequest'))).toEqual([]);
      }),
    );
  });

  it('is found wrong where it is', () => {
    expect(problems({ serverPort: 587, more: 1 }, schemaOf('CreateSmtpSettingRequest'))).toEqual(
      expect.arrayContaining(['body.name is missing', 'body.serverPort is no string', 'body.more is unknown']),
    );
  });
});
