import { planWatch } from '../../src/case/plan-watch.ts';
import { readWatchFile } from '../../src/case/read-watch-file.ts';
import { watch } from '../../src/case/watch.ts';
import type { Signal } from '../../src/case/watch-rules.ts';

/** A watch in a process of its own, that can be killed: `watch-child.ts FILE SIGNALS`, signals as JSON in place of the rules. */
const [file, signals] = process.argv.slice(2) as [string, string];
const controller = new AbortController();
process.on('SIGTERM', () => controller.abort(new Error('stopped')));
await watch(
  planWatch(await readWatchFile(file), process.env),
  {},
  {
    onProgress: () => {},
    onNote: (note) => process.stderr.write(`${note}\n`),
    now: () => new Date(),
    print: (text) => process.stdout.write(text),
    signal: controller.signal,
    evaluate: async () => JSON.parse(signals) as Signal[],
  },
);
