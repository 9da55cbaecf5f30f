import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCase } from '../src/case/case.ts';
import { defaultPublicFigures } from '../src/case/case-mask.ts';
import { quietEffects } from '../src/case/effects.ts';
import { exportStory } from '../src/case/export.ts';
import { exportForms } from '../src/case/export-forms.ts';
import { addStory } from '../src/case/stories.ts';
import { trace } from '../src/case/trace.ts';

/** Seconds and peak memory of each export of a story with 1,000,000 posts and some 500,000 edges. Usage: tsx bench/export.ts [posts] [--mask] */
const posts = Number(process.argv.find((one) => /^\d+$/.test(one)) ?? 1_000_000);
const masked = process.argv.includes('--mask');
const accounts = Math.round(posts / 5);
const folder = mkdtempSync(join(tmpdir(), 'bench-export-'));
const spilloverCase = await openCase(join(folder, 'case'));
const { database } = spilloverCase;
await database.run(
  `insert into source values (1, 'bench.jsonl', '/nowhere/bench.jsonl', repeat('0', 64), 1, 'x-api-v2', '{}', now()::timestamp, now()::timestamp, ${posts}, ${posts}, 0, 0, 0, [], 'bench')`,
);
await database.run(`insert into account by name
  select i + 1 as account_key, 'x' as platform, (990000000000000000 + i)::varchar as account_id, 'handle_' || i as handle, 'Name N' || i as name, (hash(i) % 20000)::bigint as followers
  from range(${accounts}) t(i)`);
await database.run(`insert into post by name
  select i + 1 as post_key, 'x' as platform, (1700000000000000000 + i)::varchar as post_id, (hash(i) % ${accounts})::integer + 1 as account_key,
    timestamp '2024-05-13' + to_seconds(i / 10) as time, 1 as time_precision_ms, case when i % 2 = 1 then 'reshare' else 'original' end as kind,
    case when i % 2 = 1 then (1700000000000000000 + (hash(i * 7) % greatest(1, i))::bigint // 2 * 2)::varchar end as parent_id,
    'harbour papers number ' || (hash(i) % 5000) || ' by @handle_' || (hash(i * 3) % ${accounts}) || ' #harbour' as text, md5((hash(i) % 5000)::varchar) as text_hash,
    false as embedded, 1 as source_key, i + 1 as line
  from range(${posts}) t(i)`);
await database.run(`insert into artifact values (1, 'hashtag', 'harbour', 'harbour')`);
await database.run('insert into share select post_key, 1, account_key, time from post order by time, post_key');
await addStory(spilloverCase, { name: 'harbour', query: '#harbour' });
let began = performance.now();
const traced = await trace(spilloverCase, 'harbour', {}, quietEffects);
console.log(
  `trace of ${traced.posts.toLocaleString('en')} posts: ${((performance.now() - began) / 1000).toFixed(1)} s (not part of the export)`,
);
mkdirSync(join(folder, 'out'));
for (const form of exportForms) {
  const out = join(
    folder,
    'out',
    form.folder && form.id !== 'evidence'
      ? form.id
      : form.id === 'evidence'
        ? 'e.zip'
        : `x.${{ gexf: 'gexf', graphml: 'graphml' }[form.id] ?? 'json'}`,
  );
  const before = process.cpuUsage();
  began = performance.now();
  const { files } = await exportStory(
    spilloverCase,
    {
      story: 'harbour',
      as: form.id,
      out,
      mask: masked ? defaultPublicFigures : null,
      dynamic: form.takes.includes('dynamic'),
    },
    quietEffects,
  );
  const seconds = (performance.now() - began) / 1000;
  const cpu = process.cpuUsage(before);
  const rows = files.reduce((sum, file) => sum + (file.rows ?? 0), 0);
  const size = statSync(out).isFile() ? `${(statSync(out).size / 1e6).toFixed(0)} MB` : '';
  console.log(
    `${form.id.padEnd(11)} ${seconds.toFixed(1).padStart(6)} s  ${((cpu.user + cpu.system) / 1e6).toFixed(1).padStart(6)} s CPU  ${(process.resourceUsage().maxRSS / 1e6).toFixed(2)} GB most resident so far  ${rows.toLocaleString('en')} rows ${size}`,
  );
}
spilloverCase.close();
rmSync(folder, { recursive: true, force: true });
