import { describe, expect, it } from 'vitest';
import { diagnose, warningsFor } from '../../../../engine/smtp/diagnosis/diagnose.ts';
import type { Rule } from '../../../../engine/smtp/diagnosis/rule.ts';
import { RULES } from '../../../../engine/smtp/diagnosis/rules/index.ts';
import * as report from '../../../../shared/report.ts';

const named = RULES.map((rule) => [rule.id, rule] as const);
const failures = named.filter(([, { kind }]) => kind !== 'warning');
const warnings = named.filter(([, { kind }]) => kind === 'warning' || kind === 'both');
const observe = ({ example, stage }: Rule) => ({ stage, facts: {}, ...example });

describe('the rule base', () => {
  it('has an id of its own for each rule', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
    // An id that was once released stays.
    expect(RULES.length).toBeGreaterThanOrEqual(294);
  });

  it.each(failures)('%s wins on its own example', (id, rule) => {
    const found = diagnose(observe(rule), null);
    expect(found?.rule).toBe(id);
    expect(report.diagnosis.safeParse(found).success).toBe(true);
  });

  it.each(warnings)('%s is told as a warning on its own example', (id, rule) => {
    const { failedStage: _, ...facts } = rule.example.facts ?? {};
    const passed = { ...observe(rule), facts: { hostIsLoopback: false, ...facts } };
    expect(warningsFor(passed).map((warning) => warning.rule)).toContain(id);
  });

  it.each(named)('%s speaks in our voice', (_id, { cause, remedy }) => {
    for (const text of [cause, remedy]) {
      expect(text).toMatch(/^(?:[A-Z"]|smtp\.|iCloud ).*\.$/);
      expect(text).not.toMatch(/please|oops|!|TLS\/SSL|e-mail|\s{2}|[–—]/i);
      expect(text.length).toBeLessThanOrEqual(420);
    }
  });

  it.each(named)('%s rests on an address', (_id, { reference }) => {
    expect(new URL(reference).protocol).toBe('https:');
    expect(reference).toMatch(/^\S+$/);
  });

  it('weighs every rule between 5 and 100', () => {
    for (const { priority } of RULES) expect(priority).toBeGreaterThanOrEqual(5);
    for (const { priority } of RULES) expect(priority).toBeLessThanOrEqual(100);
  });
});
