import { expect, test } from 'vitest';
import { emptyContext } from './case-context.ts';
import { venueTiers } from './venue-tiers.ts';

test('an outlet stands where a list puts it, whoever hosts it stands aside, and the rest counts as news', () => {
  const tiers = venueTiers(structuredClone(emptyContext));
  const outlet = (domain: string) => [tiers.account('news', domain, null, domain), tiers.isKnownOutlet(domain)];
  expect(outlet('lemonde.fr')).toEqual(['mainstream', true]);
  expect(outlet('infowars.com')).toEqual(['fringe', true]);
  expect(outlet('youtube.com')).toEqual(['social', true]);
  expect(outlet('someone.blogspot.com')).toEqual(['social', true]);
  expect(outlet('t.co')).toEqual(['social', true]);
  expect(outlet('nyti.ms')).toEqual(['mainstream', true]);
  expect(outlet('courier-of-nowhere.example')).toEqual(['mainstream', false]);
  expect(tiers.domain('courier-of-nowhere.example')).toBeNull();
});

test('the context of a case comes before the lists', () => {
  const context = structuredClone(emptyContext);
  context.venues.domains['blogspot.com'] = 'fringe';
  context.venues.accounts['News/Lemonde.fr'] = 'social';
  const tiers = venueTiers(context);
  expect(tiers.account('news', 'someone.blogspot.com', null, 'someone.blogspot.com')).toBe('fringe');
  expect(tiers.account('news', 'lemonde.fr', null, 'lemonde.fr')).toBe('social');
  expect(tiers.isKnownOutlet('lemonde.fr')).toBe(true);
});
