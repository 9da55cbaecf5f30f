import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Gap } from '../collectors/collector.ts';
import { collectors } from '../collectors/registry.ts';
import type { Case } from './case.ts';
import type { CollectedSpan, CoverageState } from './collection-coverage.ts';
import type { CollectionAbout } from './collection-folder.ts';

/** A collection as its files tell it, whether or not it runs. */
export interface KeptCollection {
  name: string;
  collector: string;
  title: string;
  options: Record<string, unknown>;
  started: string;
  spans: CollectedSpan[];
  gaps: Gap[];
}

/** Collections that were begun in a case, by name. What was collected is read from their files, so it is right after a crash too. */
export function listCollections({ directory }: Case): KeptCollection[] {
  const parent = join(directory, 'collected');
  if (!existsSync(parent)) return [];
  return readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(parent, entry.name, 'collection.json')))
    .map(({ name }) => {
      const about = JSON.parse(readFileSync(join(parent, name, 'collection.json'), 'utf8')) as CollectionAbout;
      const state = join(parent, name, 'state.json');
      const coverage = existsSync(state)
        ? (JSON.parse(readFileSync(state, 'utf8')) as { coverage: CoverageState }).coverage
        : { spans: [], gaps: [] };
      const title = collectors.find((one) => one.id === about.collector)?.title ?? about.collector;
      return { name, title, ...about, ...coverage };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * The live sources with their options but paths of files, which are for the command line and watch files, and which of their secrets stand in
 * the environment. What a secret is stays there.
 */
export const listCollectors = (environment: Readonly<Record<string, string | undefined>>) =>
  collectors.map(({ id, title, about, manners, options, credentials }) => ({
    id,
    title,
    about,
    manners,
    options: options.flatMap(({ kind, ...option }) => (kind === 'file' ? [] : [{ ...option, kind }])),
    secrets: credentials.map((one) => ({ ...one, isSet: Boolean(environment[one.variable]) })),
  }));
