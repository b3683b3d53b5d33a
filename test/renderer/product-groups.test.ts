import { describe, expect, it } from 'vitest';
import { TARGETS } from '../../engine/targets/index.ts';
import { groupedTargets, matchingTargets, PRODUCT_GROUPS } from '../../renderer/features/export/product-groups.ts';

const targets = TARGETS.map(({ info }) => info);
const idsOf = (groups: ReturnType<typeof groupedTargets>) =>
  groups.flatMap((group) => group.targets.map(({ id }) => id));

describe('the product picker', () => {
  it('names only products that there are, none in two groups', () => {
    const grouped: readonly string[] = Object.values(PRODUCT_GROUPS).flat();
    expect(new Set(grouped).size).toBe(grouped.length);
    const known = targets.map(({ id }) => id);
    expect(grouped.filter((id) => !known.includes(id))).toEqual([]);
  });

  it('puts the products of the profile first, each once, and leaves empty groups out', () => {
    const groups = groupedTargets(targets, ['grafana', 'nothing']);
    expect(groups[0]).toMatchObject({ id: 'preferred', targets: [{ id: 'grafana' }] });
    expect(idsOf(groups).sort()).toEqual(targets.map(({ id }) => id).sort());
    expect(groupedTargets(targets.slice(0, 1), []).map(({ id }) => id)).toEqual(['collaboration']);
  });

  it('shows a product that it has no group for under others', () => {
    const [first] = targets;
    if (!first) throw new Error('There are no targets');
    expect(groupedTargets([{ ...first, id: 'new' }], [])).toMatchObject([{ id: 'other' }]);
  });

  it('finds a product by parts of its name, its file or what it is', () => {
    const found = (typed: string) => matchingTargets(targets, typed).map(({ id }) => id);
    expect(found('matter')).toEqual(['mattermost']);
    expect(found('gitlab.rb')).toContain('gitlab');
    expect(found('BOOT yaml')).toContain('spring-yaml');
    expect(found('zzz')).toEqual([]);
    expect(found(' ')).toHaveLength(targets.length);
  });
});
