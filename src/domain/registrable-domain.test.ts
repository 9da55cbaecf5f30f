import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sharedData } from '../../test/support/shared-data.ts';
import { registrableDomain } from './registrable-domain.ts';

it.each([
  ['www.bbc.co.uk', 'bbc.co.uk'],
  ['some.blogspot.com', 'some.blogspot.com'],
  ['a.some.github.io', 'some.github.io'],
  ['EXAMPLE.org', 'example.org'],
  ['co.uk', null],
  ['127.0.0.1', null],
  ['localhost', null],
  ['', null],
])('%s belongs to %s', (host, domain) => {
  expect(registrableDomain(host)).toBe(domain);
});

const vectors = sharedData('lists/public_suffix/tests.txt');
it.skipIf(!vectors)('registrableDomain passes the public suffix vectors', () => {
  const lines = readFileSync(vectors!, 'utf8')
    .split('\n')
    .filter((line) => /^[^/\s]/.test(line));
  const differing = lines.filter((line) => {
    const [host, domain] = line.split(' ');
    return registrableDomain(host!) !== (domain === 'null' ? null : domain);
  });
  process.stdout.write(`public suffix: ${lines.length - differing.length} of ${lines.length} vectors agree\n`);
  expect(differing).toEqual([]);
  expect(lines.length).toBe(78);
});
