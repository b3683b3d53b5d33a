import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listItems, matching, neighbour } from '../../renderer/features/library/list-model.ts';
import type { ProfileSummary } from '../../shared/library.ts';

function profile(name: string, organization = '', more: Partial<ProfileSummary> = {}): ProfileSummary {
  return {
    id: name,
    revision: 1,
    name,
    organizations: organization ? [organization] : [],
    status: 'active',
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
  profile('Relay 10', 'Globex'),
  profile('Relay 9', 'Globex'),
  profile('Lab'),
  profile('Old', 'Acme', { status: 'inactive' }),
];

describe('the list of profiles', () => {
  it('groups by organisation and sorts by name as people count; profiles without one come last', () => {
    expect(listItems(profiles, 'None').map((item) => (item.kind === 'group' ? item.title : item.profile.name))).toEqual(
      ['Acme', 'Old', 'Globex', 'Relay 9', 'Relay 10', 'None', 'Lab'],
    );
  });

  it('has no heading when no profile has an organisation', () => {
    expect(listItems([profile('Lab')], 'None').map(({ kind }) => kind)).toEqual(['profile']);
  });

  it('finds by every word, in name, host or organisation, and by status', () => {
    expect(matching(profiles, 'globex 10', 'all').map(({ name }) => name)).toEqual(['Relay 10']);
    expect(matching(profiles, 'LAB.example', 'all').map(({ name }) => name)).toEqual(['Lab']);
    expect(matching(profiles, '', 'inactive').map(({ name }) => name)).toEqual(['Old']);
    expect(matching(profiles, 'nothing', 'all')).toEqual([]);
  });

  it('walks over headings and stops at either end', () => {
    const items = listItems(profiles, 'None');
    expect(neighbour(items, 1, 'ArrowDown')).toBe(3);
    expect(neighbour(items, 3, 'ArrowUp')).toBe(1);
    expect(neighbour(items, 1, 'ArrowUp')).toBe(1);
    expect(neighbour(items, 1, 'End')).toBe(6);
    expect(neighbour(items, 6, 'Home')).toBe(1);
    expect(neighbour(items, 3, 'x')).toBe(3);
  });

  it('shows each profile exactly once', () => {
    const some = fc.array(fc.record({ name: fc.string(), organization: fc.constantFrom('', 'A', 'b', 'B') }));
    fc.assert(
      fc.property(some, (input) => {
        const all = input.map(({ name, organization }, index) => profile(name, organization, { id: String(index) }));
        const ids = listItems(all, 'None').flatMap((item) => (item.kind === 'profile' ? [item.key] : []));
        expect(ids.sort()).toEqual(all.map(({ id }) => id).sort());
      }),
    );
  });
});
