import type { ResultSummary } from '../analysis.ts';
import { count, counted, lengthOfTime, percent, utc } from '../in-words.ts';
import type { CascadesResult, Spread } from './cascades-result.ts';

const range = ({ median, low, high }: Spread) =>
  `${median.toPrecision(3)} (${low.toPrecision(3)} to ${high.toPrecision(3)})`;

export function summariseCascades(result: CascadesResult): ResultSummary {
  const findings: ResultSummary['findings'][number][] = [];
  const linked = result.links.reshare + result.links.reply + result.links.quote;
  findings.push({
    text: `${counted(result.posts, 'post')} form ${counted(result.cascades, 'cascade')} of two posts or more and ${counted(result.singlePosts, 'post')} that stand alone; ${count(result.links.reshare)} reshares, ${count(result.links.reply)} replies and ${count(result.links.quote)} quotes are linked.`,
    posts: result.top.slice(0, 2).map((one) => one.root),
  });
  if (linked === 0)
    findings.push({ text: 'No post names another one as its parent: there is nothing to measure.', posts: [] });
  const [largest] = result.top;
  if (largest) {
    findings.push({
      text: `The largest began with ${largest.handle ?? largest.account ?? largest.root}${largest.rootCollected ? '' : ' (a post that was not collected)'} at ${utc(largest.started)}: ${count(largest.size)} posts, ${largest.depth} deep, half of them within ${lengthOfTime(largest.halfSeconds)}, ${percent(largest.withinTenSeconds)} within 10 seconds.`,
      posts: [largest.root, ...largest.posts].slice(0, 4),
    });
  }
  const deepest = [...result.top].sort((a, b) => b.structuralVirality - a.structuralVirality)[0];
  if (deepest && deepest !== largest && deepest.structuralVirality > 2) {
    findings.push({
      text: `The most viral in shape among the ${count(result.top.length)} largest passed on in steps: structural virality ${deepest.structuralVirality.toPrecision(3)}, ${deepest.depth} deep, ${count(deepest.size)} posts.`,
      posts: [deepest.root],
    });
  }
  const [ensemble] = result.ensembles;
  if (ensemble) {
    const [carrier] = ensemble.carriers;
    findings.push({
      text: `The platform says only that ${counted(ensemble.reshares, 'post')} reshared ${ensemble.root}. Over ${count(ensemble.trees)} possible trees its depth is ${range(ensemble.depth)}, its structural virality ${range(ensemble.structuralVirality)}: the spread is the answer.${
        carrier
          ? ` The reshare with the most expected descendants is by ${carrier.handle ?? carrier.account ?? carrier.post}: ${range(carrier.pdi)} under PDI, ${carrier.casin.toPrecision(3)} under casIn.`
          : ''
      }`,
      posts: [ensemble.root, ...(carrier ? [carrier.post] : [])],
    });
  }
  if (result.tooLargeForEnsemble > 0)
    findings.push({
      text: `${counted(result.tooLargeForEnsemble, 'cascade')} had more reshares than ensembles are drawn for: their possible trees are not shown.`,
      posts: [],
    });
  for (const one of result.comparisons) {
    const unit = one.measure === 'half time' ? ' s' : '';
    findings.push({
      text: `Among cascades of equal size (${count(one.cascades)} of the story, ${count(one.others)} others) the ${one.measure} differs by ${one.difference.toPrecision(3)}${unit} (p = ${one.pValue.toPrecision(2)}). Without matching it would differ by ${one.unmatchedDifference.toPrecision(3)}${unit}, a number that mixes in the difference in size.`,
      posts: result.top.slice(0, 2).map((top) => top.root),
    });
  }
  if (result.parentMissing > 0)
    findings.push({
      text: `${counted(result.parentMissing, 'post')} point to a parent that was not collected.`,
      posts: [],
    });
  if (result.parentLater > 0)
    findings.push({
      text: `${counted(result.parentLater, 'link')} point to a later post and were left out: clocks disagree.`,
      posts: [],
    });
  return { findings, tables: [largestTable(result), sizeTable(result), ensembleTable(result)] };
}

function largestTable(result: CascadesResult): ResultSummary['tables'][number] {
  return {
    title: 'Largest cascades',
    columns: [
      'root',
      'account',
      'started',
      'size',
      'reshares',
      'replies',
      'quotes',
      'depth',
      'breadth',
      'virality',
      'half s',
      'last s',
      '≤ 10 s',
      '≤ 1 h',
    ],
    rows: result.top.map((one) => [
      one.root,
      one.handle ?? one.account,
      one.started,
      one.size,
      one.reshares,
      one.replies,
      one.quotes,
      one.depth,
      one.maxBreadth,
      Number(one.structuralVirality.toPrecision(4)),
      Math.round(one.halfSeconds),
      Math.round(one.lastSeconds),
      Number(one.withinTenSeconds.toFixed(3)),
      Number(one.withinHour.toFixed(3)),
    ]),
  };
}

function sizeTable(result: CascadesResult): ResultSummary['tables'][number] {
  return {
    title: 'By size (median, 5 % and 95 %)',
    columns: ['size', 'cascades', 'depth', 'structural virality', 'half time s'],
    rows: result.bySize.map((one) => [
      one.from === one.to ? String(one.from) : `${one.from} to ${one.to}`,
      one.cascades,
      range(one.depth),
      range(one.structuralVirality),
      range(one.halfSeconds),
    ]),
  };
}

function ensembleTable(result: CascadesResult): ResultSummary['tables'][number] {
  return {
    title: 'Possible trees where only the root is known (median, 5 % and 95 %)',
    columns: [
      'root',
      'reshares',
      'trees',
      'depth',
      'breadth',
      'structural virality',
      'first carrier',
      'its descendants',
    ],
    rows: result.ensembles.map((one) => [
      one.root,
      one.reshares,
      one.trees,
      range(one.depth),
      range(one.maxBreadth),
      range(one.structuralVirality),
      one.carriers[0] ? (one.carriers[0].handle ?? one.carriers[0].account ?? one.carriers[0].post) : null,
      one.carriers[0] ? range(one.carriers[0].pdi) : null,
    ]),
  };
}
