import { postsOfLink } from '../../case/network-posts.ts';
import { drawStory } from '../../case/story-drawing.ts';
import { ApiFault } from '../api-fault.ts';
import type { networkEndpoints } from '../contract/networks.ts';
import type { Handlers } from '../handler.ts';
import { readableTrace } from '../stored-traces.ts';
import { storyNamed } from '../workbench.ts';

export const networkHandlers: Handlers<keyof typeof networkEndpoints> = {
  network: async (bench, { params: { story, network }, query: { community } }) => {
    const { cache, connections } = bench;
    const drawing = await cache.get(`network ${story} ${network} ${community ?? ''}`, async () => {
      const trace = await readableTrace(bench, story);
      return connections.read((reader) => drawStory(reader, story, network, community ?? null, trace));
    });
    if (!drawing) throw new ApiFault(404, 'not-run', 'This network was not laid out yet.', 'Start it first.');
    return drawing;
  },
  layOutNetwork: async (bench, { params: { story, network } }) => {
    await bench.connections.read((reader) => storyNamed(reader, story));
    const job = bench.jobs.start('network', `${network} network of ${story}`, story, async (effects) => {
      await bench.thread.run({ kind: 'network', story, network }, effects);
      await bench.changed('networks', story);
      return { href: `/api/stories/${story}/networks/${network}` };
    });
    return { job };
  },
  networkPosts: ({ connections, stories }, { params, query }) =>
    connections.read(async (reader) => {
      const story = await storyNamed(reader, params.story);
      return stories.use(reader, story, (table) => postsOfLink(reader, table.name, story.name, params.network, query));
    }),
};
