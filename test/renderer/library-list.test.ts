import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindsOf, matching, NO_FILTERS, tally } from '../../renderer/features/library/filters.ts';
import { lastResultOf } from '../../renderer/features/library/last-result.ts';
import {
  type Folds,
  isFolded,
  type ListItem,
  listItems,
  withFold,
} from '../../renderer/features/library/list-items.ts';
import { headingOf, LIST_KEYS, lineAfter, lineStartingWith } from '../../renderer/features/library/list-keys.ts';
import { indexProfiles, type Order, PINNED } from '../../renderer/features/library/profile-index.ts';
import {
  chosen,
  NOTHING,
  rangeTo,
  stillThere,
  toggled,
  toggledAll,
} from '../../renderer/features/library/selection.ts';
import type { ProfileSummary } from '../../shared/library.ts';

function profile(name: string, organization = '', more: Partial<ProfileSummary> = {}): ProfileSummary {
  return {
    id: name,
    revision: 1,
    name,
    organizations: organization ? [organization] : [],
    status: 'active',
    environment: null,
    host: `${name.toLowerCase()}.example`,
    port: 587,
    security: 'starttls',
    provider: 'custom',
    from: '',
    products: [],
    updatedAt: '2026-11-21T09:00:00.000Z',
    lastResult: null,
    ...more,
  };
}

const profiles = [
  profile('Relay 10', 'Globex', { from: 'alerts@globex.example', updatedAt: '2026-11-23T09:00:00.000Z' }),
  profile('Relay 9', 'Globex', { provider: 'sendgrid' }),
  profile('Lab', '', { products: ['mattermost'], environment: 'production' }),
  profile('Old', 'Acme', { status: 'inactive', updatedAt: '2026-11-22T09:00:00.000Z' }),
];

const ORDER: Order = { sort: 'name', isGrouped: true, pinned: new Set() };
const OPEN: Folds = { all: false, except: new Set() };
const index = (of = profiles, order: Partial<Order> = {}, testedAt: (of: ProfileSummary) => number = () => 0) =>
  indexProfiles(of, { ...ORDER, ...order }, testedAt);
const names = (found: readonly { profile: ProfileSummary }[]) => found.map((each) => each.profile.name);
const lines = (items: readonly ListItem[]) =>
  items.map((item) => (item.kind === 'group' ? `${item.title || '-'} ${item.count}` : item.profile.name));

describe('the order of the list', () => {
  it('is by organisation and then by name as people count; profiles without one come last', () => {
    expect(names(index())).toEqual(['Old', 'Relay 9', 'Relay 10', 'Lab']);
  });

  it('is by name, host or time alone when nothing is grouped; times with the latest first', () => {
    expect(names(index(profiles, { isGrouped: false }))).toEqual(['Lab', 'Old', 'Relay 9', 'Relay 10']);
    expect(names(index(profiles, { isGrouped: false, sort: 'host' }))[0]).toBe('Lab');
    expect(names(index(profiles, { isGrouped: false, sort: 'changed' }))).toEqual([
      'Relay 10',
      'Old',
      'Lab',
      'Relay 9',
    ]);
    const tested = (of: ProfileSummary) => (of.name === 'Lab' ? 2 : of.name === 'Old' ? 1 : 0);
    expect(names(index(profiles, { isGrouped: false, sort: 'tested' }, tested)).slice(0, 2)).toEqual(['Lab', 'Old']);
  });

  it('puts pinned profiles on top, under a heading of their own', () => {
    const pinned = new Set(['Lab', 'Relay 10']);
    const found = index(profiles, { pinned });
    expect(names(found)).toEqual(['Lab', 'Relay 10', 'Old', 'Relay 9']);
    expect(listItems(found, true, OPEN)[0]).toMatchObject({ kind: 'group', title: PINNED, count: 2 });
    expect(names(index(profiles, { pinned, isGrouped: false }))).toEqual(['Lab', 'Relay 10', 'Old', 'Relay 9']);
  });
});

describe('the lines of the list', () => {
  it('are a heading with its count and the profiles under it', () => {
    expect(lines(listItems(index(), true, OPEN))).toEqual([
      'Acme 1',
      'Old',
      'Globex 2',
      'Relay 9',
      'Relay 10',
      '- 1',
      'Lab',
    ]);
  });

  it('say where each profile stands in its organisation', () => {
    const [, , , first, second] = listItems(index(), true, OPEN);
    expect(first).toMatchObject({ level: 2, position: 1, of: 2 });
    expect(second).toMatchObject({ level: 2, position: 2, of: 2 });
  });

  it('have no heading when no profile has an organisation, or when nothing is grouped', () => {
    expect(listItems(index([profile('Lab')]), true, OPEN)).toMatchObject([{ kind: 'profile', level: 1 }]);
    expect(listItems(index(), false, OPEN).every(({ kind }) => kind === 'profile')).toBe(true);
  });

  it('hide the profiles of a folded organisation and keep its count', () => {
    const folds = withFold(OPEN, 'Globex', true);
    expect(lines(listItems(index(), true, folds))).toEqual(['Acme 1', 'Old', 'Globex 2', '- 1', 'Lab']);
    const allButOne = withFold({ all: true, except: new Set() }, 'Acme', false);
    expect(lines(listItems(index(), true, allButOne))).toEqual(['Acme 1', 'Old', 'Globex 2', '- 1']);
    expect(isFolded(withFold(folds, 'Globex', false), 'Globex')).toBe(false);
  });

  it('show each profile exactly once', () => {
    const some = fc.array(fc.record({ name: fc.string(), organization: fc.constantFrom('', 'A', 'b', 'B') }));
    fc.assert(
      fc.property(some, fc.boolean(), (input, isGrouped) => {
        const all = input.map(({ name, organization }, id) => profile(name, organization, { id: String(id) }));
        const ids = listItems(index(all, { isGrouped }), isGrouped, OPEN).flatMap((item) =>
          item.kind === 'profile' ? [item.key] : [],
        );
        expect(ids.sort()).toEqual(all.map(({ id }) => id).sort());
      }),
    );
  });
});

describe('searching and filtering', () => {
  const found = (search: string, filters = {}) =>
    names(
      matching(index(), search, { ...NO_FILTERS, ...filters }, ({ name }) => (name === 'Lab' ? 'failed' : 'passed')),
    );

  it('finds by every word, in name, host, organisation or sender', () => {
    expect(found('globex 10')).toEqual(['Relay 10']);
    expect(found('LAB.example')).toEqual(['Lab']);
    expect(found('alerts@')).toEqual(['Relay 10']);
    expect(found('nothing')).toEqual([]);
  });

  it('filters by status, organisation, environment, product, provider and last result, all at once', () => {
    expect(found('', { status: 'inactive' })).toEqual(['Old']);
    expect(found('', { organization: 'Globex' })).toEqual(['Relay 9', 'Relay 10']);
    expect(found('', { organization: '' })).toEqual(['Lab']);
    expect(found('', { environment: 'production' })).toEqual(['Lab']);
    expect(found('', { environment: '' })).toEqual(['Old', 'Relay 9', 'Relay 10']);
    expect(found('', { kind: 'provider sendgrid' })).toEqual(['Relay 9']);
    expect(found('', { kind: 'product mattermost' })).toEqual(['Lab']);
    expect(found('', { result: 'failed' })).toEqual(['Lab']);
    expect(found('', { result: 'passed', organization: 'Globex', kind: 'provider sendgrid' })).toEqual(['Relay 9']);
  });

  it('counts what there is to filter by', () => {
    expect(tally(profiles, kindsOf)).toEqual([
      { value: 'product mattermost', count: 1 },
      { value: 'provider custom', count: 3 },
      { value: 'provider sendgrid', count: 1 },
    ]);
  });
});

describe('the last result of a profile', () => {
  const kept = {
    runId: '7a1de3f0-5d5a-4d5e-9d5e-1f0c2b3a4d5e',
    at: '2026-11-21T10:00:00.000Z',
    ms: 10,
    action: 'check',
    outcome: 'failed',
    stage: 'dns',
    rule: '',
    destination: { host: 'lab.example', port: 587, security: 'starttls' },
    unsaved: false,
  } as const;

  it('is the kept one, unless the profile points elsewhere by now', () => {
    const tested = profile('Lab', '', { lastResult: kept });
    expect(lastResultOf(tested, undefined)).toEqual({ state: 'failed', at: Date.parse(kept.at) });
    expect(lastResultOf({ ...tested, port: 465 }, undefined)).toEqual({ state: 'untested', at: 0 });
    expect(lastResultOf(profile('Lab'), undefined).state).toBe('untested');
  });

  it('is that of this session while it runs or when it is the later one', () => {
    const tested = profile('Lab', '', { lastResult: kept });
    const run = { running: true, startedAt: 5, report: null, error: null } as never;
    expect(lastResultOf(tested, run)).toEqual({ state: 'running', at: 5 });
    const over = { running: false, startedAt: 5, report: { cancelled: true }, error: null } as never;
    expect(lastResultOf(tested, over).state).toBe('failed');
    expect(lastResultOf(profile('Lab'), over).state).toBe('cancelled');
  });
});

describe('the keys of the list', () => {
  const items = listItems(index(), true, OPEN);

  it('walk line by line, heading and profile alike, and stop at either end', () => {
    expect(lineAfter(items, 1, 'ArrowDown')).toBe(2);
    expect(lineAfter(items, 0, 'ArrowUp')).toBe(0);
    expect(lineAfter(items, 3, 'End')).toBe(items.length - 1);
    expect(lineAfter(items, 3, 'Home')).toBe(0);
    expect(lineAfter(items, 0, 'PageDown')).toBe(items.length - 1);
  });

  it('go to the next name that begins as typed, round the end, and on from where they are', () => {
    expect(lineStartingWith(items, 0, 'r')).toBe(3);
    expect(lineStartingWith(items, 3, 'r')).toBe(4);
    expect(lineStartingWith(items, 4, 'r')).toBe(3);
    expect(lineStartingWith(items, 3, 'relay 9')).toBe(3);
    expect(lineStartingWith(items, 3, 'RELAY 1')).toBe(4);
    expect(lineStartingWith(items, 0, 'zzz')).toBe(-1);
  });

  it('lead from a profile to its heading', () => {
    expect(headingOf(items, 4)).toBe(2);
    expect(headingOf(items, 2)).toBe(2);
  });

  it('are each given once', () => {
    const all = LIST_KEYS.flatMap(({ keys }) => keys);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('the selection', () => {
  const items = listItems(index(), true, OPEN);
  const ids = ({ ids: set }: { ids: ReadonlySet<string> }) => [...set];

  it('takes one more, or takes it back, and remembers where a range begins', () => {
    const one = toggled(NOTHING, 'Old');
    expect(ids(one)).toEqual(['Old']);
    expect(one.anchor).toBe('Old');
    expect(ids(toggled(one, 'Old'))).toEqual([]);
  });

  it('takes a range in either direction, over headings, and shrinks it again', () => {
    const from = toggled(NOTHING, 'Relay 9');
    expect(ids(rangeTo(from, items, 'Lab'))).toEqual(['Relay 9', 'Relay 10', 'Lab']);
    expect(ids(rangeTo(rangeTo(from, items, 'Lab'), items, 'Old'))).toEqual(['Old', 'Relay 9']);
    expect(ids(rangeTo(NOTHING, items, 'Lab'))).toEqual(['Lab']);
  });

  it('takes a whole organisation, then takes it back', () => {
    const both = toggledAll(NOTHING, ['Relay 9', 'Relay 10']);
    expect(ids(both)).toEqual(['Relay 9', 'Relay 10']);
    expect(ids(toggledAll(both, ['Relay 9', 'Relay 10']))).toEqual([]);
  });

  it('forgets what is gone, and stays the same object when nothing is', () => {
    const both = chosen(['Old', 'Lab'], null);
    expect(ids(stillThere(both, (id) => id === 'Lab'))).toEqual(['Lab']);
    expect(stillThere(both, () => true)).toBe(both);
  });
});
