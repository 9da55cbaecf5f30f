import { expect, test } from 'vitest';
import type { TraceResult } from '../../src/analyses/trace/trace-result.ts';
import { evidenceOf, evidenceSource } from './evidence-source.ts';

const result = {
  findings: [{ text: 'It began', method: 'origin', posts: ['4chan/a/1'] }],
  roles: [{ role: 'booster', account: 'x/1', handle: 'one', posts: ['x/9'] }],
  bridges: [{ artifact: 'u', from: { platform: 'a', post: 'a/1' }, to: { platform: 'b', post: 'b/1' } }],
} as unknown as TraceResult;

test('post ids with commas and slashes survive the address', () => {
  const posts = ['news/https://a.example/x,y?z=1', 'x/1'];
  expect(evidenceSource(evidenceOf(posts), undefined, null, {})?.posts).toEqual(posts);
});

test('findings, roles and bridges name the posts of the result', () => {
  expect(evidenceSource('finding:0', result, 's', {})).toMatchObject({ title: 'It began', posts: ['4chan/a/1'] });
  expect(evidenceSource('role:booster:x/1', result, 's', {})?.posts).toEqual(['x/9']);
  expect(evidenceSource('bridge:0', result, 's', {})?.posts).toEqual(['a/1', 'b/1']);
});

test('what an address names and the result does not have is nothing', () => {
  for (const value of ['finding:7', 'role:booster:x/2', 'bridge:x', 'nonsense', 'finding:0'])
    expect(evidenceSource(value, value === 'finding:0' ? undefined : result, 's', {})).toBeNull();
});

test('filters carry the story and the selected window', () => {
  expect(evidenceSource('account:x/1', result, 's', { from: 'a', to: 'b' })?.filter).toEqual({
    story: 's',
    from: 'a',
    to: 'b',
    account: 'x/1',
  });
});
