import type { ResultSummary } from '../analysis.ts';
import { count, lengthOfTime, listing, measured, percent } from '../in-words.ts';
import type { Estimate, InfluencePair, InfluenceResult } from './influence-result.ts';

/** Pairs that get a sentence, those with the most posts first; the table has all. */
const mostMeetings = 8;

const interval = ({ low, high }: Estimate) => `${percent(low)} to ${percent(high)}`;

/** The matrix in sentences: who is the root of whom, what is direct, and how far the model can be trusted. */
export function summariseInfluence(result: InfluenceResult): ResultSummary {
  const findings: ResultSummary['findings'][number][] = [];
  const pair = (source: string, destination: string) =>
    result.pairs.find((one) => one.source === source && one.destination === destination)!;
  const cite = (one: InfluencePair) => one.examples.flatMap(({ cause, effect }) => [cause, effect]).slice(0, 4);
  const firsts = new Map(result.processes.map((one) => [one.name, one.firstPost]));
  const meetings = result.processes.flatMap((one, at) =>
    result.processes.slice(at + 1).map((other) => {
      const ways = [pair(one.name, other.name), pair(other.name, one.name)] as const;
      return ways[0].rootShare.value >= ways[1].rootShare.value ? ways : ([ways[1], ways[0]] as const);
    }),
  );
  meetings.sort((x, y) => y[0].rootPosts - x[0].rootPosts);
  for (const [strong, weak] of meetings.slice(0, mostMeetings)) {
    const sure = strong.exceedsReverse;
    const verdict =
      sure >= 0.95
        ? `In ${(100 * sure).toFixed(1)} % of the refits this is the larger direction.`
        : `The direction is not settled: it is the larger one in only ${(100 * sure).toFixed(1)} % of the refits.`;
    findings.push({
      text: `Root influence: ${percent(strong.rootShare.value)} (${interval(strong.rootShare)}) of the posts on ${strong.destination} go back to posts on ${strong.source}; the other way ${percent(weak.rootShare.value)} (${interval(weak.rootShare)}). ${verdict}`,
      posts: cite(strong).length > 0 ? cite(strong) : [firsts.get(strong.source)!, firsts.get(strong.destination)!],
    });
  }
  const crossings = result.pairs.filter((one) => one.source !== one.destination && one.directShare.value > 0);
  crossings.sort((a, b) => b.directPosts - a.directPosts);
  for (const one of crossings.slice(0, 3)) {
    findings.push({
      text: `Direct influence: a post on ${one.source} set off ${measured(one.weight.value, 2)} posts on ${one.destination} (${measured(one.weight.low, 2)} to ${measured(one.weight.high, 2)}), together about ${count(one.directPosts)}, ${percent(one.directShare.value)} of all there.`,
      posts: cite(one),
    });
  }
  for (const one of result.processes) {
    findings.push({
      text: `${percent(one.backgroundShare)} of the posts on ${one.name} were set off by nothing that was collected (${measured(one.backgroundPerHour, 2)} an hour).`,
      posts: [one.firstPost],
    });
  }
  findings.push({ text: fitSentence(result), posts: [] });
  if (result.excluded.length > 0) {
    findings.push({
      text: `Left out: ${listing(result.excluded.map((one) => `${one.name} (${count(one.posts)} posts; ${one.reason})`))}.`,
      posts: [],
    });
  }
  return { findings, tables: [pairTable(result), processTable(result)] };
}

function fitSentence(result: InfluenceResult): string {
  const lags = listing(result.meanLagsSeconds.map(lengthOfTime));
  const model =
    result.form === 'discrete'
      ? `Fitted in bins, with influence up to ${lags} later`
      : `Fitted in continuous time, with mean waits of ${lags}`;
  const unit = result.urls === null ? '' : `, one fit for each of ${count(result.urls)} addresses and summed`;
  const stop = result.converged ? '' : ' The fit did not reach its maximum: read the numbers with care.';
  const poor = result.processes.filter((one) => one.fit !== null && one.fit.pValue < 0.01);
  const checked = result.processes.some((one) => one.fit !== null);
  const goodness = !checked
    ? ''
    : poor.length === 0
      ? ' The rescaled waits agree with the model.'
      : ` The rescaled waits do not agree with the model on ${listing(poor.map((one) => `${one.name} (distance ${measured(one.fit!.distance, 2)})`))}: posts there come in a way that it does not describe, so the intervals may be too narrow.`;
  const explosive =
    result.spectralRadius >= 1
      ? ` Taken as a law the posts would multiply without end (spectral radius ${measured(result.spectralRadius)}): the span is a single outbreak, and shares of these posts can be read, long-run rates cannot.`
      : '';
  return `${model}${unit}; intervals from ${count(result.replicates)} refits with ${result.resampled} drawn anew.${stop}${goodness}${explosive}`;
}

function pairTable(result: InfluenceResult): ResultSummary['tables'][number] {
  return {
    title: 'Influence by pair',
    columns: [
      'source',
      'destination',
      'root share',
      'root low',
      'root high',
      'direct share',
      'direct low',
      'direct high',
      'weight',
      'weight low',
      'weight high',
      'root posts',
      'direct posts',
      'exceeds reverse',
    ],
    rows: result.pairs.map((one) => [
      one.source,
      one.destination,
      ...[one.rootShare, one.directShare, one.weight].flatMap(({ value, low, high }) => [
        short(value),
        short(low),
        short(high),
      ]),
      Math.round(one.rootPosts),
      Math.round(one.directPosts),
      one.exceedsReverse,
    ]),
  };
}

function processTable(result: InfluenceResult): ResultSummary['tables'][number] {
  return {
    title: 'Sides',
    columns: ['side', 'posts', 'first', 'last', 'background share', 'background an hour', 'fit distance', 'fit p'],
    rows: result.processes.map((one) => [
      one.name,
      one.posts,
      one.first,
      one.last,
      short(one.backgroundShare),
      short(one.backgroundPerHour),
      one.fit ? short(one.fit.distance) : null,
      one.fit ? short(one.fit.pValue) : null,
    ]),
  };
}

const short = (value: number) => Number(value.toPrecision(3));
