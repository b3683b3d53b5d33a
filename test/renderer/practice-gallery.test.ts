import { expect, test } from 'vitest';
import { scenarioInfos } from '../../engine/practice/scenarios/index.ts';
import { galleryOf } from '../../renderer/features/practice/gallery-model.ts';
import { SCENARIO_GROUPS } from '../../shared/practice.ts';

const all = scenarioInfos();
const found = (search: string) => galleryOf(all, search).flatMap(({ scenarios }) => scenarios.map(({ id }) => id));

test('without a search every scenario is there once, in the groups of the gallery', () => {
  expect(galleryOf(all, ' ').map(({ name }) => name)).toEqual(Object.values(SCENARIO_GROUPS));
  expect(found('')).toEqual(all.map(({ id }) => id));
});

test.each([
  ['CERT_EXPIRED', ['expired']],
  ['greylist', ['greylisted']],
  ['421 sender', ['421-at-mail']],
  ['half closed', ['half-open']],
])('searching for %s finds by id, words and rule', (search, ids) => {
  expect(found(search)).toEqual(ids);
});

test('the name of a stage or a group finds all of it', () => {
  expect(found('certificate')).toEqual(expect.arrayContaining(['expired', 'wrong-host', 'sha-1']));
  expect(found('no such words')).toEqual([]);
});
