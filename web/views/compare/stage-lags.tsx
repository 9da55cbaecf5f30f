import { useElementSize } from '@mantine/hooks';
import type { ComparedCampaign, Comparison } from '../../../src/analyses/comparison/comparison-result.ts';
import { useViewState } from '../../app/use-view-state.ts';
import { evidenceOf } from '../../evidence/evidence-source.ts';
import { duration, moment } from '../../format/reader-locale.ts';
import { stageLabel } from '../../map/map-marks.ts';
import { placeLabels } from '../../map/place-labels.ts';
import { textWidth } from '../../map/text-width.ts';
import { showForeign } from '../../parts/foreign-text.ts';
import { SideTable } from './side-table.tsx';

const ticks = [60, 600, 3600, 6 * 3600, 86_400, 7 * 86_400, 30 * 86_400, 365 * 86_400];
/** Minutes count as much as hours and days: near zero linear, further out logarithmic. */
const bent = (seconds: number) => Math.sign(seconds) * Math.log10(1 + Math.abs(seconds) / 60);

type Stage = ComparedCampaign['stages'][number];

/** Every campaign as a line of stages by their lag, all set at the same zero, and the same as a table. */
export function StageLags({ comparison, mayOpen }: { comparison: Comparison; mayOpen: boolean[] }) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [, change] = useViewState();
  const { campaigns, alignedAt } = comparison;
  const lags = campaigns.flatMap((one) => one.stages.flatMap((stage) => stage.lagSeconds ?? []));
  const low = bent(Math.min(0, ...lags));
  const high = Math.max(low + 0.5, bent(Math.max(60, ...lags)));
  const x = (seconds: number) => 16 + ((width - 32) * (bent(seconds) - low)) / (high - low);
  const lines = campaigns.map((one) => lineOf(one, x, width));
  const tops = lines.map((_, at) => lines.slice(0, at).reduce((sum, one) => sum + one.height, 0));
  const height = lines.reduce((sum, one) => sum + one.height, 0);
  const labels = [...new Set(campaigns.flatMap((one) => one.stages.map(stageLabel)))];
  const middle = (label: string) => {
    const found = campaigns.flatMap((one) => one.stages.find((stage) => stageLabel(stage) === label)?.lagSeconds ?? []);
    return found.reduce((sum, value) => sum + value, 0) / Math.max(1, found.length);
  };
  const open = (stage: Stage, at: number) =>
    mayOpen[at] && stage.post !== null ? () => change({ evidence: evidenceOf([stage.post!]) }) : null;
  return (
    <section className="panel">
      <h2>The way each one took</h2>
      <div ref={ref} className="stage-lags">
        {width > 0 && (
          <svg
            width={width}
            height={height + 24}
            role="img"
            aria-label="Stages of each campaign by their lag; the same numbers stand in the table below"
          >
            {ticks
              .flatMap((tick) => [-tick, tick])
              .filter((tick) => bent(tick) >= low && bent(tick) <= high)
              .sort((a, b) => a - b)
              .filter((_, at, all) => at === 0 || width >= 640 || at % 3 === 0 || at === all.length - 1)
              .map((tick) => (
                <g key={tick}>
                  <line x1={x(tick)} x2={x(tick)} y1={0} y2={height} stroke="var(--line)" />
                  <text x={x(tick)} y={height + 16} textAnchor="middle" className="calendar-tick">
                    {tick > 0 ? '+' : ''}
                    {duration(tick)}
                  </text>
                </g>
              ))}
            <line x1={x(0)} x2={x(0)} y1={0} y2={height} stroke="var(--rule)" />
            {lines.map((line, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: campaigns may share a name
              <CampaignLine key={at} line={line} top={tops[at]!} x={x} />
            ))}
          </svg>
        )}
      </div>
      <p className="dim small">
        Counted from {alignedAt === 'crossing' ? 'the first crossing' : 'the first post'} of each; the axis is
        logarithmic.
      </p>
      <SideTable
        label="Stages side by side"
        first="Stage"
        names={campaigns.map((one) => one.label)}
        rows={labels
          .sort((a, b) => middle(a) - middle(b))
          .map((label) => ({
            key: label,
            title: label,
            cell: (at) => {
              const stage = campaigns[at]!.stages.find((one) => stageLabel(one) === label);
              if (!stage || stage.lagSeconds === null) return <span className="dim">not seen</span>;
              const words =
                stage.lagSeconds === 0
                  ? 'the beginning'
                  : `${stage.lagSeconds < 0 ? '' : '+'}${duration(stage.lagSeconds)}`;
              const act = open(stage, at);
              return (
                <>
                  {act ? (
                    <button type="button" className="link" onClick={act}>
                      {words}
                    </button>
                  ) : (
                    words
                  )}{' '}
                  <span className="dim small">{moment(stage.time, 'utc')} UTC</span>
                </>
              );
            },
          }))}
      />
    </section>
  );
}

const font = '11px "Libre Franklin Variable", sans-serif';
const labelHeight = 13;

/** A campaign's stages with room for their labels; where the page is narrow only the turning points are named, the table beneath has all. */
function lineOf(campaign: ComparedCampaign, x: (seconds: number) => number, width: number) {
  const stages = campaign.stages
    .filter((one): one is Stage & { lagSeconds: number } => one.lagSeconds !== null)
    .sort((a, b) => a.lagSeconds - b.lagSeconds);
  const named = stages.filter(({ id }, at) => width >= 640 || at === 0 || id === 'first-seen' || id === 'mainstream');
  const places = placeLabels(
    named.map((stage) => ({ x: x(stage.lagSeconds) + 2, width: textWidth(stageLabel(stage), font) })),
    width,
  );
  const rows = Math.max(1, ...places.map((one) => one.row + 1));
  return {
    label: campaign.label,
    stages,
    places: new Map(named.map((stage, at) => [stage, places[at]!])),
    height: 40 + rows * labelHeight,
  };
}

function CampaignLine({
  line,
  top,
  x,
}: {
  line: ReturnType<typeof lineOf>;
  top: number;
  x: (seconds: number) => number;
}) {
  const base = top + 28;
  return (
    <g>
      <text x={2} y={top + 14} className="calendar-name">
        {showForeign(line.label, 60).text}
      </text>
      {line.stages.length > 1 && (
        <line
          x1={x(line.stages[0]!.lagSeconds)}
          x2={x(line.stages.at(-1)!.lagSeconds)}
          y1={base}
          y2={base}
          stroke="var(--ink)"
          strokeWidth={1.5}
        />
      )}
      {line.stages.map((stage) => (
        <g key={`${stage.id} ${stage.platform}`}>
          <circle
            cx={x(stage.lagSeconds)}
            cy={base}
            r={5}
            fill={`var(--${stage.id === 'mainstream' ? 'mainstream' : stage.id === 'first-seen' ? 'fringe' : 'social'})`}
            stroke="var(--card)"
            strokeWidth={1.5}
          >
            <title>{`${stageLabel(stage)}: ${duration(stage.lagSeconds)}`}</title>
          </circle>
          {line.places.has(stage) && (
            <text
              x={line.places.get(stage)!.left}
              y={base + 18 + line.places.get(stage)!.row * labelHeight}
              className="calendar-tick"
            >
              {stageLabel(stage)}
            </text>
          )}
        </g>
      ))}
    </g>
  );
}
