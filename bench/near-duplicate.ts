import { clusterNearDuplicates } from '../src/domain/near-duplicate-texts.ts';
import { plantedTexts } from './planted-texts.ts';

/** `npx tsx bench/near-duplicate.ts [texts]`: seconds, texts per second and peak memory of the near-duplicate clusters. */
const count = Number(process.argv[2] ?? 200_000);
const targetSeconds = 15;
const targetBytes = 600_000_000;
const datasketchSeconds = 80;

const texts = plantedTexts(count, 20170505);
report('planted families', texts);

const template = plantedTexts(1, 3)[0]!;
report(
  'one viral template',
  texts.map((_, at) => `${template} ${at}`),
);

function report(name: string, input: string[]): void {
  const started = performance.now();
  const { cluster, parameters } = clusterNearDuplicates(input);
  const seconds = (performance.now() - started) / 1000;
  const peak = process.resourceUsage().maxRSS * 1024;
  const together = cluster.reduce((sum, root, at) => sum + (root === at ? 0 : 1), 0);
  console.log(
    `${name}: ${input.length} texts, ${seconds.toFixed(2)} s, ${Math.round(input.length / seconds)} texts/s, ` +
      `peak ${(peak / 1e6).toFixed(0)} MB, ${together} joined to another, ${parameters.bands} bands of ${parameters.rows}`,
  );
  if (count === 200_000) {
    console.log(
      `  ${(datasketchSeconds / seconds).toFixed(0)}x the recorded datasketch run; target ${targetSeconds} s and ${targetBytes / 1e6} MB: ` +
        `${seconds <= targetSeconds && peak <= targetBytes ? 'reached' : 'MISSED'}`,
    );
  }
}
