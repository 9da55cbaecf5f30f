import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BacktestAlert, type BacktestResult, backtest } from '../src/case/backtest.ts';
import { openCase } from '../src/case/case.ts';
import { quietEffects } from '../src/case/effects.ts';
import { type RuleSettings, ruleCatalogue } from '../src/case/watch-rules.ts';

/**
 * Replays planted cases and counts alerts before the mainstream crossing, leads and false alarms:
 * `tsx bench/backtest.ts [--rules early-warning,...] [--story] [--step MINUTES] [--json FILE] CASE...`, where a CASE holds `case/` and `files/truth.json`. Without `--story` the watch
 * knows no story. Cases are copied before they are opened.
 */
interface Truth {
  campaign: boolean;
  options: { seed: number };
  stages: { id: string; inFiles: { time: string } | null }[];
}

interface Row {
  name: string;
  campaign: boolean;
  firstSeen: number;
  crossing: number;
  first: BacktestAlert | null;
  lead: number | null;
  part: number | null;
  about: BacktestAlert[];
  others: BacktestAlert[];
  seconds: number;
}

const flags = new Map<string, string>();
const folders: string[] = [];
const given = process.argv.slice(2);
for (let i = 0; i < given.length; i++) {
  if (given[i] === '--story') flags.set('story', 'yes');
  else if (given[i]!.startsWith('--')) flags.set(given[i]!.slice(2), given[++i] ?? '');
  else folders.push(given[i]!);
}
const withStory = flags.has('story');
const ids = flags.get('rules')?.split(',') ?? (withStory ? ruleCatalogue.map((one) => one.id) : ['early-warning']);
const rules = ids.map((id): RuleSettings => {
  const found = ruleCatalogue.find((one) => one.id === id);
  if (!found) throw new Error(`there is no rule ${id}`);
  return { rule: found.id, options: {} };
});

async function replay(folder: string): Promise<Row> {
  const truth = JSON.parse(readFileSync(join(folder, 'files', 'truth.json'), 'utf8')) as Truth;
  const work = mkdtempSync(join(tmpdir(), 'spillover-backtest-'));
  try {
    cpSync(join(folder, 'case', 'case.duckdb'), join(work, 'case.duckdb'));
    const spilloverCase = await openCase(work, { threads: 1 });
    const began = performance.now();
    let result: BacktestResult;
    try {
      result = await backtest(
        spilloverCase,
        {
          asks: [{ stories: withStory ? ['ferry-papers'] : [], rules }],
          stepMinutes: Number(flags.get('step') ?? 10),
          horizonHours: 24,
        },
        quietEffects,
      );
    } finally {
      spilloverCase.close();
    }
    const time = (id: string) => {
      const stage = truth.stages.find((one) => one.id === id)?.inFiles;
      return stage ? Date.parse(stage.time) : Number.NaN;
    };
    const [firstSeen, crossing] = [time('first-seen'), time('mainstream')];
    const about = result.alerts.filter((one) => one.about === 'ferry-papers');
    const first = about.find((one) => Date.parse(one.toldAt) < crossing) ?? null;
    const lead = truth.campaign && first ? crossing - Date.parse(first.toldAt) : null;
    return {
      name: folder.split('/').slice(-2).join('/'),
      campaign: truth.campaign,
      firstSeen,
      crossing,
      first: truth.campaign ? first : null,
      lead,
      part: lead === null ? null : lead / (crossing - firstSeen),
      about,
      others: result.alerts.filter((one) => one.about !== 'ferry-papers'),
      seconds: (performance.now() - began) / 1000,
    };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const median = (values: number[]) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length === 0
    ? Number.NaN
    : (sorted[Math.floor(middle - 0.25)]! + sorted[Math.floor(middle + 0.25)]!) / 2;
};
const minutes = (ms: number | null) => (ms === null ? '-' : `${Math.round(ms / 60_000)} min`);

const rows: Row[] = [];
for (const folder of folders) {
  if (!existsSync(join(folder, 'case', 'case.duckdb'))) {
    console.log(`${folder}: no case there, left out`);
    continue;
  }
  const row = await replay(folder);
  rows.push(row);
  const told = row.first
    ? `first alert ${row.first.rule} on ${row.first.subject}, lead ${minutes(row.lead)} = ${row.part!.toFixed(2)} of ${minutes(row.crossing - row.firstSeen)}`
    : row.campaign
      ? 'MISSED'
      : 'no campaign';
  console.log(
    `${row.name}: ${told}; ${row.about.length} alerts about the story, ${row.others.length} others (${row.seconds.toFixed(0)} s)`,
  );
  for (const one of row.campaign ? row.others : [...row.about, ...row.others])
    console.log(
      `    ${row.others.includes(one) ? 'other' : 'story'}: ${one.toldAt.slice(5, 16)} ${one.rule} ${one.subject}${one.score ? ` ${one.score.probability.toFixed(2)}` : ''}, ${one.outcome}`,
    );
}
const planted = rows.filter((row) => row.campaign);
const ordinary = rows.filter((row) => !row.campaign);
console.log(
  `\nrules ${ids.join(', ')}; ${withStory ? 'the story is watched' : 'no story is known'}; step ${flags.get('step') ?? 10} min`,
);
if (planted.length > 0) {
  const found = planted.filter((row) => row.first);
  console.log(
    `campaigns: alert before the crossing in ${found.length} of ${planted.length}; median lead ${minutes(median(found.map((row) => row.lead!)))}, median part ${median(found.map((row) => row.part!)).toFixed(2)} of the time from first seen to crossing; most other alerts in one ${Math.max(...planted.map((row) => row.others.length))}, total ${planted.reduce((sum, row) => sum + row.others.length, 0)}`,
  );
}
if (ordinary.length > 0)
  console.log(
    `no campaign: ${ordinary.reduce((sum, row) => sum + row.others.length + row.about.length, 0)} alerts in ${ordinary.length} cases (${ordinary.reduce((sum, row) => sum + row.about.length, 0)} about the story)`,
  );
const out = flags.get('json');
if (out) writeFileSync(out, JSON.stringify(rows, null, 2));
