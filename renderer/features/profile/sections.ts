import type { Advice } from '../../../shared/advice.ts';
import type { FieldProblem } from '../../../shared/profile.ts';

/** The sections of the form, in their order. */
export const SECTIONS = ['server', 'signIn', 'sender', 'tls', 'more'] as const;
/** See {@link SECTIONS}. */
export type SectionId = (typeof SECTIONS)[number];

/** The section that a field stands in; name and organisations stand above all. */
export function sectionOf(field: string): SectionId | 'identity' {
  if (/^server\.(ehloName|.*Timeout|proxy)/.test(field)) return 'more';
  const first = field.split('.')[0] ?? '';
  if (first === 'server' || first === 'provider') return 'server';
  if (first === 'signIn' || first === 'sender' || first === 'tls') return first;
  return first === 'name' || first === 'organizations' ? 'identity' : 'more';
}

/** How much a section has to say. */
export interface SectionCounts {
  errors: number;
  warnings: number;
}

/** Errors that show and warnings of each section. Name and organisations count to the first one, which they stand above. */
export function countBySection(
  shownProblems: readonly FieldProblem[],
  advice: readonly Advice[],
): Record<SectionId, SectionCounts> {
  const place = (field: string): SectionId => {
    const section = sectionOf(field);
    return section === 'identity' ? 'server' : section;
  };
  const amount = (fields: readonly string[], id: SectionId) => fields.filter((field) => place(field) === id).length;
  const wrong = shownProblems.map(({ field }) => field);
  const warned = advice.filter(({ severity }) => severity === 'warning').map(({ field }) => field);
  return Object.fromEntries(
    SECTIONS.map((id) => [id, { errors: amount(wrong, id), warnings: amount(warned, id) }]),
  ) as Record<SectionId, SectionCounts>;
}
