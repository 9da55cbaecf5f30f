import type { ResultSummary } from '../analysis.ts';
import { chance, count, counted, lengthOfTime, measured, percent, utc } from '../in-words.ts';
import type { CascadesResult, Spread } from './cascades-result.ts';

const range = ({ median, low, high }: Spread) => `${measured(median)} (${measured(low)} to ${measured(high)})`;

export function summariseCascades(result: CascadesResult): ResultSummary {
  const findings: ResultSummary['findings'][number][] = [];
  const linked = result.links.reshare + result.links.reply + result.links.quote;
  findings.push({
    text: `${counted(result.posts, 'post')}: ${counted(result.cascades, 'cascade')} of two posts or more, ${counted(result.singlePosts, 'post')} alone; linked are ${counted(result.links.reshare, 'reshare')}, ${counted(result.links.reply, 'reply', 'replies')} and ${counted(result.links.quote, 'quote')}.`,
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
      text: `The most viral in shape among the ${count(result.top.length)} largest passed on in steps: structural virality ${measured(deepest.structuralVirality)}, ${deepest.depth} deep, ${count(deepest.size)} posts.`,
      posts: [deepest.root],
    });
  }
  const [ensemble] = result.ensembles;
  if (ensemble) {
    const [carrier] = ensemble.carriers;
    findings.push({
      text: `The platform says only that ${counted(ensemble.reshares, 'post')} reshared ${ensemble.root}. Over ${count(ensemble.trees)} possible trees its depth is ${range(ensemble.depth)}, its structural virality ${range(ensemble.structuralVirality)}: the spread is the answer.${
        carrier
          ? ` The reshare with the most expected descendants is by ${carrier.handle ?? carrier.account ?? carrier.post}: ${range(carrier.pdi)} under PDI, ${measured(carrier.casin)} under casIn.`
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
      text: `Among cascades of equal size (${count(one.cascades)} of the story, ${count(one.others)} others) the ${one.measure} differs by ${measured(one.difference)}${unit} (${chance(one.pValue)}). Without matching it would differ by ${measured(one.unmatchedDifference)}${unit}, a number that mixes in the difference in size.`,
      posts: result.top.slice(0, 2).map((top) => top.root),
    });
  }
  if (result.parentMissing > 0)
    findings.push({
      text: `${counted(result.parentMissing, 'post')} with a parent that was not collected.`,
      posts: [],
    });
  if (result.parentLater > 0)
    findings.push({
      text: `${counted(result.parentLater, 'link')} to a post that is no earlier were left out: clocks disagree, or are too coarse to tell.`,
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
