import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { quietEffects } from '../../src/case/effects.ts';
import { addStory } from '../../src/case/stories.ts';
import { trace } from '../../src/case/trace.ts';
import { disarmTechniques } from '../../src/domain/lists/disarm-techniques.ts';
import { mapDisarm } from '../../src/exports/disarm-mapping.ts';
import { mispEvent } from '../../src/exports/misp.ts';
import { stixBundle } from '../../src/exports/stix.ts';
import { loadColumnMap } from '../../src/importers/column-map.ts';
import { importedCase } from '../support/imported-case.ts';
import { sharedData } from '../support/shared-data.ts';
import { stixValidator } from '../support/stix-validator.ts';

const events = sharedData('macronleaks/events.csv') ?? join(import.meta.dirname, '../../docs/guide/data/events.csv');
const validate = stixValidator();

async function macronLeaks() {
  const map = join(import.meta.dirname, '../../docs/guide/data/events-map.json');
  const { spilloverCase, remove } = await importedCase([events], { mapped: await loadColumnMap(map, events) });
  try {
    await addStory(spilloverCase, {
      name: 'macronleaks',
      query:
        '(platform:archive.org OR platform:pastebin OR platform:4chan OR platform:x OR platform:press) NOT bin NOT unverified',
      from: '2017-05-05',
      to: '2017-05-08',
    });
    return await trace(spilloverCase, 'macronleaks', {}, quietEffects);
  } finally {
    remove();
  }
}

it('makes a valid bundle of #MacronLeaks with at least eight DISARM techniques, each with its posts', {
  timeout: 60_000,
}, async () => {
  expect(existsSync(events)).toBe(true);
  const result = await macronLeaks();
  const techniques = mapDisarm(result);
  const bundle = stixBundle(result);
  expect(validate(bundle)).toEqual([]);
  const patterns = bundle.objects.filter((one) => one.type === 'attack-pattern');
  expect(patterns.length).toBeGreaterThanOrEqual(8);
  for (const pattern of patterns) {
    const note = bundle.objects.find(
      (one) => one.type === 'note' && (one.object_refs as string[]).includes(pattern.id),
    )!;
    const evidence = (note.object_refs as string[]).filter((ref) => ref.startsWith('observed-data--'));
    expect(evidence.length).toBeGreaterThan(0);
    for (const ref of evidence) expect(bundle.objects.some((one) => one.id === ref)).toBe(true);
  }
  expect(techniques.map((one) => one.technique.id)).toEqual(
    expect.arrayContaining(['T0115', 'T0119.002', 'T0151.008', 'T0151.012', 'T0152.005', 'T0152.010']),
  );
  expect(bundle.objects.filter((one) => one.type === 'threat-actor')).toEqual([]);
  expect(stixBundle(await macronLeaks())).toEqual(bundle);
  const ids = bundle.objects.map((one) => one.id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const one of bundle.objects)
    for (const ref of [one.source_ref, one.target_ref, one.created_by_ref, ...((one.object_refs as string[]) ?? [])])
      if (ref !== undefined) expect(ids).toContain(ref);
});

it('leaves out what the analyst takes out, and names an actor only as the analyst states it', {
  timeout: 60_000,
}, async () => {
  const result = await macronLeaks();
  const options = {
    without: ['T0151'],
    actor: { name: 'Invented group', reason: 'documents seen by the desk', confidence: 20 },
  };
  const bundle = stixBundle(result, options);
  expect(validate(bundle)).toEqual([]);
  expect(JSON.stringify(bundle)).not.toContain('T0151');
  expect(bundle.objects.find((one) => one.type === 'threat-actor')).toMatchObject({
    name: 'Invented group',
    confidence: 20,
  });
  const event = mispEvent(result, options).Event as {
    Tag: { name: string }[];
    Object: { name: string; Attribute: { object_relation: string }[] }[];
  };
  expect(event.Tag.map((tag) => tag.name)).toContain('misp-galaxy:disarm-techniques="Paste Platform"');
  expect(event.Object.filter((one) => one.name === 'microblog').length).toBeGreaterThan(5);
  for (const one of event.Object)
    expect(one.Attribute.map((field) => field.object_relation)).toContain(
      { microblog: 'post', url: 'url', person: 'alias' }[one.name],
    );
});

it('a broken bundle is caught by the schemas', () => {
  const broken = {
    type: 'bundle',
    id: 'bundle--x',
    objects: [{ type: 'campaign', id: 'campaign--1', spec_version: '2.1' }],
  };
  expect(validate(broken).length).toBeGreaterThan(0);
});

const disarm = sharedData('lists/disarm/DISARM.json');
it.skipIf(!disarm)('every technique that the project writes exists in DISARM under that name', () => {
  const objects = (
    JSON.parse(readFileSync(disarm!, 'utf8')) as {
      objects: { id: string; name: string; type: string; external_references?: { external_id: string }[] }[];
    }
  ).objects;
  const known = new Map(
    objects
      .filter((one) => one.type === 'attack-pattern')
      .map((one) => [one.external_references![0]!.external_id, one]),
  );
  for (const technique of disarmTechniques)
    expect(known.get(technique.id)).toMatchObject({ name: technique.name, id: technique.stixId });
});
