import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readText } from '../../../engine/targets/import.ts';
import { TARGETS } from '../../../engine/targets/index.ts';
import type { Target } from '../../../engine/targets/target.ts';
import { sampleSettings } from './arbitrary.ts';
import { contextFor, must } from './support.ts';

/** Forms that are read back; the others are for people and shells. */
const WRITTEN_ONLY = new Set(['commands', 'sheet']);

const FORMS = TARGETS.flatMap((target) => {
  const forms = target.info.options.find(({ key }) => key === 'form')?.values.map(({ value }) => value) ?? [''];
  return forms.map((form) => ({ target, form, file: form === '' ? target.info.id : `${target.info.id}.${form}` }));
});

function rendered(target: Target, form: string): string {
  return must(target.render(sampleSettings(), contextFor(target, form === '' ? {} : { form }, 'placeholder')));
}

it('there is a golden file for each form, and no other', () => {
  const there = readdirSync(new URL('../../fixtures/targets/golden', import.meta.url));
  expect(there.sort()).toEqual(FORMS.map(({ file }) => `${file}.txt`).sort());
});

/* The file of each form of each target, for the settings that most tests begin with, as it has to stay. */
describe.each(FORMS)('$file', ({ target, form, file }) => {
  it('is written as its golden file', async () => {
    await expect(rendered(target, form)).toMatchFileSnapshot(`../../fixtures/targets/golden/${file}.txt`);
  });

  it.skipIf(WRITTEN_ONLY.has(form))('is recognised among all targets by its content', () => {
    const read = must(readText(rendered(target, form), '', null));
    expect([read.target.info.id, ...read.otherCandidates]).toContain(target.info.id);
    expect(read.parsed.profiles).toHaveLength(1);
  });

  it('has a sheet exactly if it lists one', () => {
    const listed = target.info.options.some(
      ({ key, values }) => key === 'form' && values.some((v) => v.value === 'sheet'),
    );
    expect(target.sheet !== undefined).toBe(listed);
  });

  it('says how a running server takes it', () => {
    const steps = target.apply(sampleSettings(), contextFor(target, form === '' ? {} : { form }));
    expect(steps.length).toBeGreaterThan(0);
    for (const { title, command } of steps) {
      expect(title).toMatch(/^[A-Z]/);
      expect(`${title}${command}`).not.toMatch(/\bundefined\b|\[object/);
    }
  });
});
