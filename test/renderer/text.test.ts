import { describe, expect, it } from 'vitest';
import * as catalogue from '../../renderer/text.ts';

/** Values that a function of the catalogue may be given: numbers in singular and plural, names, and words of closed sets. */
const GIVEN = [1, 3, 'acme', 'check', 'send', 'certificate'];

/** Joined to a sentence before it, and so begun with a blank. */
const JOINED = new Set(['entering.onHost']);

/** Names, abbreviations, and what the window calls its own stages and buttons, which keep their capitals. */
const PROPER =
  /^(?:[A-Z0-9][A-Z0-9.,:()-]*|[A-Z]+s|Relaysmith|Enter|Escape|From|Reply-To|Errors-To|Message-ID|Cc|Bcc|Microsoft|Entra|Google|Certificate|JUnit|Keycloak|OAuth|Use|Try)$/;

type Words = [path: string, words: string];

/** Every text of the catalogue with its path; functions are called with whatever of the samples they take. */
function wordsOf(value: unknown, path: string): Words[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return sampled(value as Sampled).flatMap((each) => wordsOf(each, path));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => wordsOf(each, path ? `${path}.${key}` : key));
}

type Sampled = (...given: unknown[]) => unknown;

function sampled(words: Sampled): unknown[] {
  const answers = GIVEN.flatMap((first) => GIVEN.map((second) => answer(words, [first, second, 3, 'acme'])));
  return [...new Set(answers.filter((each) => typeof each === 'string' && !/undefined|NaN/.test(each)))];
}

/** A sample of another type than the function takes makes it throw, which says nothing about its words. */
function answer(words: Sampled, given: unknown[]): unknown {
  try {
    return words(...given);
  } catch {
    return undefined;
  }
}

const all = wordsOf(catalogue, '');

describe('the words of the window', () => {
  it('are all looked at, those that are made by functions too', () => {
    const paths = new Set(all.map(([path]) => path));
    const missed = functionsOf(catalogue, '').filter((path) => !paths.has(path));
    expect(missed).toEqual([]);
    expect(all.length).toBeGreaterThan(500);
  });

  it('are calm: no exclamation mark, no "please", "oops" or "sorry"', () => {
    expect(all.filter(([, words]) => /!|\b(?:please|oops|sorry|whoops|uh-oh)\b/i.test(words))).toEqual([]);
  });

  it('have no blanks too many', () => {
    const hasBlanks = (words: string) => words !== words.trim() || / {2}/.test(words);
    expect(all.filter(([path, words]) => !JOINED.has(path) && hasBlanks(words))).toEqual([]);
  });

  it('are in sentence case', () => {
    expect(all.flatMap(([path, words]) => capitalsInside(words).map((word) => [path, word]))).toEqual([]);
  });
});

/** Words with a capital that neither begin a sentence or a quotation nor are names. */
function capitalsInside(words: string): string[] {
  const inner = words
    .trim()
    .split(/(?<=[.:?…])\s+|\n|"/)
    .flatMap((sentence) => sentence.split(/\s+/).slice(1));
  return inner.filter((word) => /^\(?[A-Z]/.test(word) && !PROPER.test(word.replace(/[.,;:?)]+$|^\(/g, '')));
}

function functionsOf(value: unknown, path: string): string[] {
  if (typeof value === 'function') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => functionsOf(each, path ? `${path}.${key}` : key));
}
