import { describe, expect, it } from 'vitest';
import type * as z from 'zod/mini';
import { contract, REQUEST_NAMES } from '../../shared/contract.ts';
import { SECRET_KINDS } from '../../shared/secrets.ts';

interface Definition {
  type: string;
  shape?: Record<string, z.core.$ZodType>;
  element?: z.core.$ZodType;
  innerType?: z.core.$ZodType;
  options?: z.core.$ZodType[];
  keyType?: z.core.$ZodType;
  valueType?: z.core.$ZodType;
  catchall?: z.core.$ZodType;
  entries?: Record<string, string>;
}

/** Visits a schema and everything inside it; the callback gets the path of property names. */
function walk(
  schema: z.core.$ZodType,
  visit: (definition: Definition, path: string[]) => void,
  path: string[] = [],
): void {
  const definition = schema._zod.def as unknown as Definition;
  visit(definition, path);
  for (const [key, child] of Object.entries(definition.shape ?? {})) walk(child, visit, [...path, key]);
  for (const child of [definition.element, definition.innerType, definition.valueType, ...(definition.options ?? [])]) {
    if (child) walk(child, visit, path);
  }
}

const outgoing = REQUEST_NAMES.flatMap((name) => {
  const entry = contract[name];
  const schemas: [string, z.core.$ZodType][] = [[`${name} output`, entry.output]];
  if ('event' in entry) schemas.push([`${name} event`, entry.event]);
  return schemas;
});

describe('what the engine hands out', () => {
  it.each(outgoing)('%s has no field that could carry a secret', (_name, schema) => {
    const forbidden = new Set<string>([...SECRET_KINDS, 'secret', 'value', 'pass', 'token_value']);
    const found: string[] = [];
    walk(schema, (definition, path) => {
      const key = path.at(-1);
      if (!key || !forbidden.has(key)) return;
      // `value` of a fix or of a target's option is a setting's value, and both have a closed set of types.
      const parent = path.at(-2);
      if (key === 'value' && ['set', 'headers', 'values'].includes(parent ?? '')) return;
      found.push(path.join('.'));
      void definition;
    });
    expect(found).toEqual([]);
  });

  it.each(outgoing)('%s is closed: strict objects all the way down', (_name, schema) => {
    const open: string[] = [];
    walk(schema, (definition, path) => {
      if (definition.type === 'any' || definition.type === 'unknown') open.push(path.join('.'));
      if (definition.type !== 'object') return;
      const strict = definition.catchall?._zod.def.type === 'never';
      if (!strict) open.push(path.join('.'));
    });
    expect(open).toEqual([]);
  });

  it('knows no request that reads a secret', () => {
    expect(REQUEST_NAMES.filter((name) => /secret|password/i.test(name))).toEqual([
      'secrets.status',
      'secrets.keepReplaced',
      'secrets.change',
    ]);
  });
});

describe('what comes in', () => {
  it.each(REQUEST_NAMES)('%s refuses unknown keys', (name) => {
    const parsed = contract[name].input.safeParse({ surprise: 1 });
    expect(parsed.success).toBe(false);
  });

  it.each(REQUEST_NAMES)('%s bounds every text', (name) => {
    const unbounded: string[] = [];
    walk(contract[name].input, (definition, path) => {
      if (definition.type !== 'string') return;
      const checks = ((definition as { checks?: { _zod: { def: { check: string } } }[] }).checks ?? []).map(
        (check) => check._zod.def.check,
      );
      const formatted = 'format' in definition;
      if (!checks.includes('max_length') && !formatted) unbounded.push(path.join('.'));
    });
    expect(unbounded).toEqual([]);
  });
});
