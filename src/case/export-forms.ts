import { basename, join } from 'node:path';
import { maskTrace } from '../analyses/trace/mask-trace.ts';
import type { TraceResult } from '../analyses/trace/trace-result.ts';
import { UserError } from '../base/errors.ts';
import type { Mask } from '../domain/mask.ts';
import { mapDisarm } from '../exports/disarm-mapping.ts';
import { gexf } from '../exports/gexf.ts';
import { graphml } from '../exports/graphml.ts';
import { mispEvent } from '../exports/misp.ts';
import { edgesCsv, nodesCsv } from '../exports/network-csv.ts';
import { type IntelligenceOptions, stixBundle } from '../exports/stix.ts';
import type { TimelineEra } from '../exports/timeline-event.ts';
import { timelinePage } from '../exports/timeline-page.ts';
import { timelineJs } from '../exports/timelinejs.ts';
import { writeChunks } from '../exports/write-chunks.ts';
import { writeFiles } from '../exports/write-files.ts';
import { exportedTables } from '../store/export-tables.ts';
import type { Case } from './case.ts';
import { coordinationNetwork } from './coordination-network.ts';
import type { Effects } from './effects.ts';
import { exportEvidence } from './evidence-package.ts';
import { exportParquet, exportPostsCsv, type WrittenFile } from './export-tables.ts';
import { type CountedNetwork, reshareNetwork } from './story-network.ts';
import { storyTimeline } from './timeline.ts';
import { tracedStory } from './traced.ts';

/** What else an export may be told; each form says in `takes` which of it it takes, and refuses the rest. */
export interface ExportRequest {
  /** gexf, graphml, csv: who passed on from whom, or who acts together. */
  network?: 'reshare' | 'coordination';
  /** gexf: with the times of the posts. */
  dynamic?: boolean;
  /** timelinejs: eras in place of those of the context. */
  eras?: readonly TimelineEra[];
  /** stix, misp: DISARM techniques that the analyst takes out. */
  without?: readonly string[];
  /** stix, misp: who the analyst says is behind it. */
  actor?: { name: string; reason: string; confidence: number };
}

export interface ExportInput {
  spilloverCase: Case;
  /** Null only where the form allows the whole case. */
  story: string | null;
  mask: Mask | null;
  out: string;
  /** Whether `out` names one file; else it is a folder that exists. */
  asFile: boolean;
  request: ExportRequest;
}

/** A form in which results leave the case. */
export interface ExportForm {
  id: string;
  what: string;
  /** Names that mean one file; null where the form is always a folder. */
  file: RegExp | null;
  folder: boolean;
  example: string;
  wholeCase: boolean;
  takes: readonly (keyof ExportRequest)[];
  /** Files in its folder that not every export writes: what an earlier one left of them is removed. */
  varying: readonly string[];
  write: (input: ExportInput, effects: Effects) => Promise<WrittenFile[]>;
}

export const exportForms: readonly ExportForm[] = [
  {
    id: 'timelinejs',
    what: 'timeline of 20 to 60 events for TimelineJS: a JSON file, or a folder with a page that works offline',
    file: /\.json$/i,
    folder: true,
    example: 'timeline.json or a folder',
    wholeCase: false,
    takes: ['eras'],
    varying: [],
    write: async ({ spilloverCase, story, mask, out, asFile, request }, effects) => {
      const timeline = await storyTimeline(spilloverCase, story!, { mask, eras: request.eras ?? null }, effects);
      if (!asFile) {
        const files = timelinePage(timeline);
        writeFiles(out, files);
        return files.map(({ path }) => ({ file: path, rows: null }));
      }
      writeChunks(out, [`${JSON.stringify(timelineJs(timeline), null, 1)}\n`]);
      return [{ file: basename(out), rows: timeline.events.filter((event) => !event.hidden).length }];
    },
  },
  {
    id: 'gexf',
    what: 'network for Gephi and Gephi Lite (GEXF 1.3), static or with times',
    file: /\.gexf$/i,
    folder: false,
    example: 'story.gexf',
    wholeCase: false,
    takes: ['network', 'dynamic'],
    varying: [],
    write: async (input, effects) => {
      const { network, counts } = await chosenNetwork(input, effects);
      writeChunks(input.out, gexf(network, { dynamic: input.request.dynamic ?? false, counts }));
      return [{ file: basename(input.out), rows: counts.nodes + counts.edges }];
    },
  },
  {
    id: 'graphml',
    what: 'network for igraph, networkx, Cytoscape, yEd (GraphML)',
    file: /\.(graphml|xml)$/i,
    folder: false,
    example: 'story.graphml',
    wholeCase: false,
    takes: ['network'],
    varying: [],
    write: async (input, effects) => {
      const { network, counts } = await chosenNetwork(input, effects);
      writeChunks(input.out, graphml(network));
      return [{ file: basename(input.out), rows: counts.nodes + counts.edges }];
    },
  },
  {
    id: 'csv',
    what: 'spreadsheets: posts, accounts, and the nodes and edges of the network, safe to open',
    file: null,
    folder: true,
    example: 'a folder',
    wholeCase: true,
    takes: ['network'],
    varying: ['nodes.csv', 'edges.csv'],
    write: async (input, effects) => {
      const { spilloverCase, story, mask, out } = input;
      effects.onProgress({ step: 'posts and accounts', done: null, total: null, unit: 'steps' });
      const files = await exportPostsCsv(spilloverCase, story, mask, out);
      if (story === null) return files;
      const { network, counts } = await chosenNetwork(input, effects);
      writeChunks(join(out, 'nodes.csv'), nodesCsv(network));
      writeChunks(join(out, 'edges.csv'), edgesCsv(network));
      return [...files, { file: 'nodes.csv', rows: counts.nodes }, { file: 'edges.csv', rows: counts.edges }];
    },
  },
  {
    id: 'parquet',
    what: 'every table of the case, or its rows of one story, as Parquet',
    file: null,
    folder: true,
    example: 'a folder',
    wholeCase: true,
    takes: [],
    varying: exportedTables.map((table) => `${table}.parquet`),
    write: ({ spilloverCase, story, mask, out }, effects) =>
      exportParquet(spilloverCase, story, mask, out, (table) =>
        effects.onProgress({ step: table, done: null, total: null, unit: 'steps' }),
      ),
  },
  {
    id: 'stix',
    what: 'STIX 2.1 bundle with DISARM techniques and their evidence, for OpenCTI and others',
    file: /\.json$/i,
    folder: false,
    example: 'story.stix.json',
    wholeCase: false,
    takes: ['without', 'actor'],
    varying: [],
    write: async (input, effects) => {
      const traced = await shownTrace(input, effects);
      const bundle = stixBundle(traced, intelligence(input, traced, effects));
      writeChunks(input.out, [`${JSON.stringify(bundle, null, 2)}\n`]);
      return [{ file: basename(input.out), rows: bundle.objects.length }];
    },
  },
  {
    id: 'misp',
    what: 'MISP event with microblog, url and person objects and DISARM galaxy tags',
    file: /\.json$/i,
    folder: false,
    example: 'story.misp.json',
    wholeCase: false,
    takes: ['without', 'actor'],
    varying: [],
    write: async (input, effects) => {
      const traced = await shownTrace(input, effects);
      const event = mispEvent(traced, intelligence(input, traced, effects));
      writeChunks(input.out, [`${JSON.stringify(event, null, 2)}\n`]);
      return [{ file: basename(input.out), rows: (event.Event.Object as unknown[]).length }];
    },
  },
  {
    id: 'evidence',
    what: 'package with the report, the posts it cites as original records, hashes and sources; spillover verify checks it',
    file: /\.zip$/i,
    folder: true,
    example: 'evidence.zip or a folder',
    wholeCase: false,
    takes: [],
    varying: ['records.ndjson'],
    write: async ({ spilloverCase, story, mask, out, asFile }, effects) => {
      const { files, root } = await exportEvidence(spilloverCase, story!, { mask, out, asFile }, effects);
      effects.onNote(`Root of the package, to be written down elsewhere: ${root}`);
      return files;
    },
  },
];

async function shownTrace({ spilloverCase, story, mask }: ExportInput, effects: Effects): Promise<TraceResult> {
  const traced = await tracedStory(spilloverCase, story!, effects);
  return mask ? maskTrace(traced, mask) : traced;
}

function intelligence({ request, mask }: ExportInput, traced: TraceResult, effects: Effects): IntelligenceOptions {
  const unknown = (request.without ?? []).find((id) => !/^T\d{4}(\.\d{3})?$/.test(id));
  if (unknown)
    throw new UserError(`"${unknown}" is not the id of a DISARM technique.`, 'Write it like T0117 or T0119.002.');
  const mapped = mapDisarm(traced).map(({ technique }) => technique.id);
  for (const id of request.without ?? [])
    if (!mapped.some((one) => one === id || one.startsWith(`${id}.`)))
      effects.onNote(`${id} is not among the techniques that the posts show, so there is nothing to take out.`);
  const { actor } = request;
  return {
    without: request.without ?? [],
    actor: actor ? { ...actor, reason: mask ? mask.text(actor.reason) : actor.reason } : null,
  };
}

async function chosenNetwork(
  { spilloverCase, story, mask, request }: ExportInput,
  effects: Effects,
): Promise<CountedNetwork> {
  effects.onProgress({ step: 'network', done: null, total: null, unit: 'steps' });
  if (request.network === 'coordination') return coordinationNetwork(spilloverCase, story!, { mask });
  const traced = await tracedStory(spilloverCase, story!, effects);
  return reshareNetwork(spilloverCase, traced, { mask, spells: request.dynamic ?? false });
}
