import { describe, expect, it } from 'vitest';
import { collectors } from '../../src/collectors/registry.ts';
import { placeWays } from '../support/collector-contract/place-ways.ts';
import { placeProperties, placesCells } from '../support/collector-contract/places.ts';

describe.each(placeWays)('$way', (way) => {
  const cells = placesCells(way);
  for (const property of placeProperties) it(property, cells[property]);
});

/** Lists that name no places: terms and rules of one stream, accounts that only filter one. */
const noPlaces = ['bluesky', 'x'];

it('has every collector that takes a list of places', () => {
  const withLists = collectors.filter(({ options }) => options.some(({ kind }) => kind === 'list'));
  const covered = [...new Set(placeWays.map(({ way }) => way.split(',')[0]!)), ...noPlaces];
  expect(withLists.map(({ id }) => id).sort()).toEqual(covered.sort());
});
