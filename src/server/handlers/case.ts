import { basename, resolve } from 'node:path';
import { keptCoverage } from '../../case/kept-coverage.ts';
import { countStatus, keptStatus } from '../../case/kept-status.ts';
import { listProblems } from '../../case/problems.ts';
import { currentRevision } from '../../case/results.ts';
import { caseTiers } from '../../case/show-posts.ts';
import { allNotes, importers } from '../../importers/registry.ts';
import { version } from '../../version.ts';
import type { caseEndpoints } from '../contract/case.ts';
import type { Handlers } from '../handler.ts';

const titles = new Map(importers.map((one) => [one.id, one.title]));

export const caseHandlers: Handlers<keyof typeof caseEndpoints> = {
  session: ({ spilloverCase, connections, limits, masking }, { mask }) =>
    connections.read(async (reader) => {
      const counts = await reader.database.first<{ posts: number; stories: number }>(
        `select (select count(*) from post) as posts, (select count(*) from story) as stories`,
      );
      return {
        version,
        name: basename(resolve(spilloverCase.directory)),
        directory: resolve(spilloverCase.directory),
        readOnly: spilloverCase.readOnly || mask !== null,
        masked: mask === null ? ('no' as const) : masking.isAlways ? ('always' as const) : ('yes' as const),
        revision: await currentRevision(reader),
        posts: counts?.posts ?? 0,
        stories: counts?.stories ?? 0,
        limits: { ...limits, page: 500 },
      };
    }),
  status: ({ cache, connections }) =>
    cache.get('status', async () => {
      const kept = await connections.read(keptStatus);
      const found = kept ?? (await connections.read(countStatus));
      const { case: _, version: __, sources, platforms, coverage: ___, textClusters, ...rest } = found;
      return connections.read(async (reader) => {
        const tiers = await caseTiers(reader);
        return {
          ...rest,
          revision: await currentRevision(reader),
          sources: sources.map((one) => ({ ...one, title: titles.get(one.format) ?? one.format })),
          platforms: platforms.map((one) => ({ ...one, tier: tiers.platform(one.platform) })),
          textClusters: textClusters && {
            texts: textClusters.texts,
            clusters: textClusters.clusters,
            clustered: textClusters.clustered,
            stale: textClusters.stale,
          },
        };
      });
    }),
  coverage: ({ cache, connections }, { query }) =>
    cache.get(`coverage ${query.bins}`, () => connections.read((reader) => keptCoverage(reader, query.bins))),
  problems: ({ connections }, { query: { reason, file, limit, offset }, mask }) =>
    connections.read(async (reader) => {
      const found = await listProblems(reader, {
        limit,
        offset,
        ...(reason === undefined ? {} : { reason }),
        ...(file === undefined ? {} : { source: file }),
      });
      if (mask === null) return found;
      return { ...found, problems: found.problems.map((one) => ({ ...one, sample: null, place: null })) };
    }),
  formats: async () => ({
    formats: importers.map((importer) => ({
      id: importer.id,
      title: importer.title,
      about: importer.about,
      platforms: [...importer.platforms],
      notes: allNotes(importer),
    })),
  }),
};
