import { beforeEach, describe, expect, it } from 'vitest';
import {
  moveProducts,
  noteProduct,
  preferredProducts,
  showProduct,
  useProducts,
} from '../../renderer/state/products.ts';
import { emptySettings } from '../../shared/profile.ts';

const settings = emptySettings();

beforeEach(() => useProducts.setState({ used: {}, shown: {} }));

describe('the products that a profile is for', () => {
  it('are those that it was last exported to or imported from, then those that it has options of', () => {
    noteProduct('a', 'grafana');
    noteProduct('a', 'gitea');
    noteProduct('a', 'grafana');
    const { used } = useProducts.getState();
    const products = { keycloak: { realm: 'acme' }, mattermost: {}, grafana: {} };
    expect(preferredProducts(used.a, { products })).toEqual(['grafana', 'gitea', 'keycloak']);
    expect(preferredProducts(used.b, settings)).toEqual([]);
  });

  it('stay known when a new profile gets its id', () => {
    noteProduct('new 1', 'grafana');
    showProduct('new 1', '');
    moveProducts('new 1', 'id');
    moveProducts('new 2', 'other');
    expect(useProducts.getState()).toMatchObject({ used: { id: ['grafana'] }, shown: { id: '' } });
    expect(useProducts.getState().shown).not.toHaveProperty('other');
  });
});
