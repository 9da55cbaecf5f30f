import { expect, test } from 'vitest';
import { columnOf, withColumn, withTime } from './column-map-fields.ts';

test('a column map is changed field by field and keeps what the form does not show', () => {
  const map = { text: { column: 'body', html: true }, urls: ['a', 'b'], time: 'when', _why: { text: 'x' } };
  expect(columnOf(map, 'text')).toBe('body');
  expect(columnOf(map, 'urls')).toBeUndefined();
  expect(columnOf(map, 'handle')).toBeNull();
  expect(withColumn(map, 'text', 'words').text).toEqual({ column: 'words', html: true });
  expect(withColumn(map, 'urls', 'links').urls).toBe('links');
  expect(withColumn(map, 'text', null)).not.toHaveProperty('text');
  const zoned = withTime(map, 'zone', 'Europe/Paris');
  expect(zoned.time).toEqual({ column: 'when', zone: 'Europe/Paris' });
  expect(withTime(zoned, 'zone', '').time).toEqual({ column: 'when' });
});
