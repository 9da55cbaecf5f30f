import { expect, test } from 'vitest';
import { brushOf, readViewState, spanOf } from './view-state.ts';

test('what an address may hold is kept, the rest is dropped', () => {
  expect(
    readViewState({
      from: '2017-05-05T18:00:00Z',
      to: '2017-05-05T19:00:00Z',
      q: 'x',
      evil: '<script>',
      role: 3,
      evidence: 'a'.repeat(5000),
    }),
  ).toEqual({ from: '2017-05-05T18:00:00Z', to: '2017-05-05T19:00:00Z', q: 'x', role: '3' });
  expect(readViewState({ from: 'yesterday', to: '2017-05-05T19:00:00Z' })).toEqual({});
  expect(readViewState({ from: '2017-05-05T19:00:00Z', to: '2017-05-05T18:00:00Z' })).toEqual({});
  expect(readViewState({ span: '1_x' })).toEqual({});
});

test('ranges are read in milliseconds', () => {
  expect(brushOf({ from: '1970-01-01T00:00:01Z', to: '1970-01-01T00:00:02Z' })).toEqual({ from: 1000, to: 2000 });
  expect(spanOf({ span: '-5_25' })).toEqual({ from: -5, to: 25 });
  expect(spanOf({ span: '25_25' })).toBeNull();
});
