import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzzy } from '../../renderer/features/palette/fuzzy.ts';
import {
  commandEntry,
  type Entry,
  find,
  MAX_RECENT,
  MAX_SHOWN,
  withRecent,
} from '../../renderer/features/palette/palette-model.ts';

const score = (query: string, text: string) => fuzzy(query, text)?.score ?? Number.NEGATIVE_INFINITY;
const marked = (query: string, text: string) =>
  (fuzzy(query, text)?.marks ?? []).map(([start, end]) => text.slice(start, end)).join('');

describe('the fuzzy match', () => {
  it('prefers the start of the text, then the start of a word, then the inside, then an abbreviation', () => {
    const texts = ['relay acme', 'acme relay', 'acme prerelay', 'r e l a y'];
    const scores = texts.map((text) => score('relay', text));
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(new Set(scores).size).toBe(4);
  });

  it('finds an abbreviation by the starts of words, but not letters strewn about', () => {
    expect(marked('np', 'new profile')).toBe('np');
    expect(marked('npr', 'new profile')).toBe('npr');
    expect(fuzzy('abc', 'xaxxbxxcx')).toBeNull();
  });

  it('wants every word, in any order', () => {
    expect(marked('prod acme', 'acme production')).toBe('acmeprod');
    expect(fuzzy('acme nothing', 'acme production')).toBeNull();
  });

  it('marks only what was asked for, in order and without overlap of a word with itself', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-d]{1,4}$/), fc.stringMatching(/^[a-d ]{0,12}$/), (query, text) => {
        const fit = fuzzy(query, text);
        if (!fit) return;
        expect(fit.marks.map(([start, end]) => text.slice(start, end)).join('')).toBe(query);
        for (const [index, [start]] of fit.marks.entries()) {
          expect(start).toBeGreaterThanOrEqual(fit.marks[index - 1]?.[1] ?? 0);
        }
      }),
    );
  });
});

function profiles(count: number): Entry[] {
  return Array.from({ length: count }, (_, index) => {
    const label = `Acme ${index}`;
    const text = `${label}\nmail.acme.example`.toLowerCase();
    return { key: `profile ${index}`, kind: 'profile', label, detail: '', text };
  });
}

const save = commandEntry('save', 'Save', 'Ctrl S');
const trash = commandEntry('trash', 'Trash', '');

describe('the palette', () => {
  it('shows what was used last first, latest on top, and each entry once', () => {
    const { sections } = find('', [save, trash, ...profiles(2)], ['profile 1', 'command trash']);
    expect(sections.map(({ id, found }) => [id, found.map(({ key }) => key)])).toEqual([
      ['recent', ['profile 1', 'command trash']],
      ['commands', ['command save']],
      ['profiles', ['profile 0']],
    ]);
  });

  it('puts the kind that fits better on top', () => {
    const entries = [save, ...profiles(3), { ...profiles(1)[0], key: 'profile x', label: 'x', text: 'x relay save' }];
    expect(find('save', entries as Entry[], []).sections[0]?.id).toBe('commands');
    expect(find('acme', entries as Entry[], []).sections[0]?.id).toBe('profiles');
  });

  it('shows a bounded number of profiles and says how many more fit', () => {
    const { sections, left } = find('acme', profiles(MAX_SHOWN + 7), []);
    expect(sections[0]?.found).toHaveLength(MAX_SHOWN);
    expect(left).toBe(7);
  });

  it('sets off only what lies in the label, though the host was searched as well', () => {
    expect(find('example', profiles(1), []).sections[0]?.found[0]?.marks).toEqual([]);
  });

  it('remembers a few choices, the latest first', () => {
    const many = Array.from({ length: 9 }, (_, index) => `command ${index}`).reduce(withRecent, [] as string[]);
    expect(many).toHaveLength(MAX_RECENT);
    expect(withRecent(['a', 'b'], 'b')).toEqual(['b', 'a']);
  });
});
