import { duration } from '../../base/duration.ts';
import type { Comparison } from './comparison-result.ts';

const significant = 0.05;

/** What is alike and what is not, in one sentence. */
export function comparisonSentence(comparison: Comparison): string {
  const names = comparison.campaigns.map((one) => one.label).join(' and ');
  const alike: string[] = [];
  const differs: string[] = [];
  const again = comparison.recurring.length;
  const telling = comparison.overlaps.filter((one) => one.adjusted < significant);
  const catalysts = comparison.recurring.filter(
    (one) => one.parts.filter((part) => part.role === 'catalyst').length >= 2,
  ).length;
  if (telling.length > 0) {
    const roles = telling.map((one) => one.what.split(' ')[0]!).filter((word, at, all) => all.indexOf(word) === at);
    alike.push(
      `${again} accounts take part again, more than chance explains for ${roles.join(' and ')}${catalysts > 0 ? `, ${catalysts} of them as catalyst each time` : ''}`,
    );
  } else differs.push(again > 0 ? `no more accounts recur (${again}) than chance explains` : 'no account recurs');
  if (comparison.groups.length > 0)
    alike.push(
      `${comparison.groups.length === 1 ? 'a coordinated group returns' : `${comparison.groups.length} coordinated groups return`}`,
    );
  const orders = comparison.sharedOrder.filter((one) => one.platforms.length >= 2);
  if (orders.length > 0)
    (orders.every((one) => one.same) ? alike : differs).push(
      orders.every((one) => one.same)
        ? `the platforms come in the same order (${orders[0]!.platforms.join(', ')})`
        : 'the platforms come in another order',
    );
  const lags = comparison.campaigns.map(
    (one) => one.stages.find((stage) => stage.id === 'mainstream')?.lagSeconds ?? null,
  );
  if (lags.every((lag): lag is number => lag !== null))
    differs.push(`the mainstream is reached after ${lags.map((lag) => duration(lag!)).join(' against ')}`);
  const urls = comparison.shared.filter((one) => one.kind === 'url').length;
  (urls > 0 ? alike : differs).push(urls > 0 ? `${urls} addresses are in both` : 'no address is in both');
  const parts = [
    alike.length > 0 ? `alike: ${alike.join('; ')}` : '',
    differs.length > 0 ? `not alike: ${differs.join('; ')}` : '',
  ];
  return `${names}, ${parts.filter((one) => one !== '').join('; ')}.`;
}
