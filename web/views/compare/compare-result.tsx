import { Button } from '@mantine/core';
import type { Comparison } from '../../../src/analyses/comparison/comparison-result.ts';
import { count, decimal } from '../../format/reader-locale.ts';
import { Foreign } from '../../parts/post-text.tsx';
import { CompareRecurring } from './compare-recurring.tsx';
import { SideTable } from './side-table.tsx';
import { StageLags } from './stage-lags.tsx';

interface CompareResultProps {
  comparison: Comparison;
  /** By campaign: whether its posts lie in this case under their own ids. */
  mayOpen: boolean[];
  files: { name: string; href: string }[];
}

const percent = (share: number) => `${decimal(100 * share)} %`;

/** The comparison in its sentence, its figure of lags, and a table for each thing that may recur. */
export function CompareResult({ comparison, mayOpen, files }: CompareResultProps) {
  const { campaigns } = comparison;
  const names = campaigns.map((one) => one.label);
  const measures: [string, (at: number) => string][] = [
    ['Posts', (at) => count(campaigns[at]!.posts)],
    ['Accounts', (at) => count(campaigns[at]!.accounts)],
    ['Order of platforms', (at) => campaigns[at]!.platformOrder.join(', ')],
    ['Posts of coordinated groups', (at) => percent(campaigns[at]!.groupShareOfPosts)],
    ['Posts of the most active 1 %', (at) => percent(campaigns[at]!.concentration.top1)],
    ['Gini coefficient of posts', (at) => decimal(campaigns[at]!.concentration.gini)],
    ['Breakout category', (at) => `${campaigns[at]!.breakout} of 6`],
  ];
  return (
    <div className="stack section">
      <section className="panel">
        <p className="lead compare-sentence">
          <Foreign text={comparison.sentence} most={1200} />
        </p>
        <div className="row">
          {files.map((one) => (
            <Button key={one.name} size="xs" variant="default" component="a" href={one.href} download={one.name}>
              {one.name.endsWith('.html') ? 'Save as a page' : 'JSON'}
            </Button>
          ))}
        </div>
      </section>
      <StageLags comparison={comparison} mayOpen={mayOpen} />
      <section className="panel">
        <h2>At a glance</h2>
        <SideTable
          label="The same measures of each"
          first="Measure"
          names={names}
          rows={measures.map(([title, value]) => ({ key: title, title, cell: value }))}
        />
      </section>
      <CompareRecurring comparison={comparison} mayOpen={mayOpen} />
      <section className="panel">
        <h2>
          Shared by more than one <span className="dim">{count(comparison.shared.length)}</span>
        </h2>
        {comparison.shared.length === 0 ? (
          <p className="dim">No address, hashtag, picture or long text is in two of them.</p>
        ) : (
          <SideTable
            label="Shared artifacts"
            first="Artifact"
            names={names.map((name) => `posts in ${name}`)}
            numeric
            rows={comparison.shared.slice(0, 100).map((one) => ({
              key: `${one.kind} ${one.value}`,
              title: (
                <>
                  <span className="tag">{one.kind}</span> <Foreign text={one.value} most={80} />
                </>
              ),
              cell: (at) => count(one.posts[at] ?? 0),
            }))}
          />
        )}
      </section>
      <section className="panel">
        <h2>What it does not say</h2>
        <ul className="findings">
          {comparison.caveats.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      </section>
    </div>
  );
}
