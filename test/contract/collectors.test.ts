import { describe, expect, it } from 'vitest';
import { collectors } from '../../src/collectors/registry.ts';
import { properties } from '../support/collector-contract/property.ts';
import { ways } from '../support/collector-contract/ways.ts';

describe.each(ways)('$way', ({ cells }) => {
  for (const property of properties) {
    const cell = cells[property];
    if (typeof cell === 'string') it.skip(`${property}: does not apply, ${cell}`, () => {});
    else it(property, cell);
  }
});

describe('the table of collectors and what they owe', () => {
  it('has every collector, and in every cell a check or a reason in words', () => {
    expect([...new Set(ways.map(({ collector }) => collector))].sort()).toEqual(collectors.map(({ id }) => id).sort());
    for (const { way, cells } of ways)
      for (const property of properties) {
        const cell = cells[property];
        const isFilled = typeof cell === 'function' || (typeof cell === 'string' && cell.split(/\s+/).length >= 5);
        expect(isFilled, `${way}: ${property}`).toBe(true);
      }
  });
});
