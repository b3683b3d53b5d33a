/** A template that was taken for the finished file. */
export interface TemplateFinding {
  /** Which kind, as a person calls it. */
  kind: string;
  /** First line with a sign of it, from 1. */
  line: number;
}

const SIGNS: readonly [sign: RegExp, kind: string][] = [
  [/\{%[-+]?\s*\w/, 'Jinja'],
  [/<%[-=#]?/, 'Ruby (ERB)'],
  [/\{\{-?\s*(define|template|include|toYaml|range|if|else|end|with|\.Values|\.Release|\.)|\.Values\./, 'Helm'],
  [/\{\{[^{}]*\}\}/, 'Jinja'],
];

/**
 * Looks for template marks in a text that did not parse, up to the line of the fault: a mark after it had no part in
 * it. Null when there is none.
 */
export function findTemplate(text: string, upToLine: number): TemplateFinding | null {
  const lines = text.split('\n', Math.min(upToLine, 10_000));
  for (const [index, line] of lines.entries()) {
    const kind = templateKind(line.slice(0, 2_000));
    if (kind) return { kind, line: index + 1 };
  }
  return null;
}

/** The kind of template whose mark stands in one line or value; null when there is none. */
export function templateKind(text: string): string | null {
  return SIGNS.find(([sign]) => sign.test(text))?.[1] ?? null;
}
