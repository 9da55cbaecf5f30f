import type { ResultSummary } from '../analysis.ts';
import { count, counted, lengthOfTime, listing, measured, percent, utc } from '../in-words.ts';
import type { BoosterLanguageResult, LanguageContrast } from './booster-language-result.ts';

export function summariseLanguage(result: BoosterLanguageResult): ResultSummary {
  const findings: ResultSummary['findings'][number][] = [];
  for (const one of result.contrasts) {
    if (one.missing !== null) {
      findings.push({ text: `${name[one.id]}: not compared, because ${one.missing}.`, posts: [] });
      continue;
    }
    const all = one.highPosts + one.lowPosts;
    findings.push({
      text: `${name[one.id]}: ${counted(one.highAccounts, 'account')} (${one.highLabel}) wrote ${percent(one.highPosts / all)} of ${count(all)} posts; ${counted(one.lowAccounts, 'other')} the rest.${smallest(one)}`,
      posts: one.measures.slice(0, 2).flatMap((measure) => measure.high.slice(0, 1).map((term) => term.post)),
    });
    for (const measure of one.measures) {
      const top = measure.high.filter((term) => term.high >= fewestUses).slice(0, 5);
      if (top.length === 0 || (one.id !== 'volume' && measure.kind !== 'bigram')) continue;
      findings.push({
        text: `Their own ${plural[measure.kind]} (${one.highLabel}): ${listing(top.map((term) => `"${term.value}" (${count(term.high)} against ${count(term.low)}, ratio ${measured(Math.exp(term.logRatio), 2)})`))}.`,
        posts: top.slice(0, 3).map((term) => term.post),
      });
    }
    const stay = one.persistence && persistence(one);
    if (stay) findings.push({ text: stay, posts: [] });
  }
  findings.push({
    text:
      result.crossings.length > 0
        ? `${result.crossings.length === 1 ? 'One of their phrases was' : `${count(result.crossings.length)} of their phrases were`} used later by a voice or an outlet:`
        : result.listeners === 0
          ? 'No voice or outlet is known in this case, so it cannot be said whether a phrase crossed over. Name voices in a context file.'
          : `None of their phrases was found later in ${count(result.listenerPosts)} posts of ${count(result.listeners)} voices and outlets.`,
    posts: [],
  });
  for (const one of result.crossings.slice(0, 5))
    findings.push({
      text: `"${one.phrase}": first ${utc(one.first.time)}, used ${count(one.usedBefore)} times by ${count(one.accountsBefore)} high-volume accounts before ${one.crossing.handle ?? one.crossing.account} (${one.crossing.platform}) used it ${lengthOfTime(one.lagSeconds)} later.`,
      posts: [one.first.post, one.crossing.post],
    });
  return { findings, tables: [termTable(result), crossingTable(result)] };
}

/** A warning where a group is so small that ratios of its words mean little. */
function smallest({ highPosts, lowPosts }: LanguageContrast): string {
  const fewer = Math.min(highPosts, lowPosts);
  return fewer < fewestPosts
    ? ` One side has only ${counted(fewer, 'post')}: too few for ratios to mean much, so read the posts.`
    : '';
}
const fewestPosts = 30;

/** Below this many uses a word is not named in a sentence; the table has it. */
const fewestUses = 3;

const name: Record<LanguageContrast['id'], string> = {
  volume: 'High against low volume',
  lifetime: 'High against low lifetime volume',
  age: 'Young against established accounts',
};
const plural = { term: 'words', bigram: 'pairs of words', domain: 'domains', hashtag: 'hashtags' };

function persistence({ persistence: found, highLabel }: LanguageContrast): string | null {
  const after = found!.after.findLast((one) => one.posts >= 30);
  if (!after) return null;
  const stays =
    after.low > found!.highShareAtPeak
      ? 'They stay longer than the others'
      : after.high < found!.highShareAtPeak
        ? 'They leave sooner than the others'
        : 'They stay about as long as the others';
  return `After the peak (${utc(found!.peak)}): the group "${highLabel}" holds ${percent(found!.highShareAtPeak)} of the posts in the peak hour and ${percent(after.highShare)} (${percent(after.low)} to ${percent(after.high)}) from ${after.hours} h on. ${stays}.`;
}

function termTable(result: BoosterLanguageResult): ResultSummary['tables'][number] {
  return {
    title: 'Distinctive items by group',
    columns: ['contrast', 'kind', 'item', 'side', 'log ratio', 'high', 'low', 'accounts', 'first post'],
    rows: result.contrasts.flatMap((one) =>
      one.measures.flatMap((measure) =>
        (['high', 'low'] as const).flatMap((side) =>
          measure[side].map((term) => [
            one.id,
            measure.kind,
            term.value,
            side,
            Number(term.logRatio.toPrecision(4)),
            term.high,
            term.low,
            term.accounts,
            term.post,
          ]),
        ),
      ),
    ),
  };
}

function crossingTable(result: BoosterLanguageResult): ResultSummary['tables'][number] {
  return {
    title: 'Phrases taken up by voices and outlets',
    columns: [
      'phrase',
      'first use',
      'first post',
      'uses before',
      'accounts before',
      'taken up by',
      'at',
      'post',
      'lag s',
    ],
    rows: result.crossings.map((one) => [
      one.phrase,
      one.first.time,
      one.first.post,
      one.usedBefore,
      one.accountsBefore,
      one.crossing.handle ?? one.crossing.account,
      one.crossing.time,
      one.crossing.post,
      Math.round(one.lagSeconds),
    ]),
  };
}
