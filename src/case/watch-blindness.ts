import type { NewAlert } from './alerts.ts';
import type { Case } from './case.ts';
import type { SourceRun } from './watched-source.ts';

const gapsShown = 10;
const dayMs = 86_400_000;

/** What the watch cannot see now: collectors that receive nothing, and gaps of the last day. Goes with every alert; lasting trouble is one of its own. */
export async function watchBlindness(
  { database }: Case,
  sources: readonly SourceRun[],
  blindAfterMs: number,
  now: number,
): Promise<{ lines: string[]; alerts: NewAlert[] }> {
  const lines: string[] = [];
  const alerts: NewAlert[] = [];
  for (const source of sources) {
    const { name, platform, scope, state, trouble } = source.state;
    const since = source.blindSince(blindAfterMs);
    if (since !== null) {
      const why = trouble === null ? 'the source sends nothing' : firstLine(trouble);
      lines.push(`${platform}, ${scope}: nothing since ${since} (${why})`);
      alerts.push({
        rule: 'blind',
        story: undefined,
        subject: name,
        key: `blind/${name}/${since}`,
        at: since,
        headline: `The watch is blind: nothing from ${platform} (${scope}) since ${since.slice(0, 16).replace('T', ' ')} UTC`,
        reasons: [why, 'Until it receives again, no rule sees what happens there.'],
        posts: [],
        isUrgent: false,
        blind: [],
      });
    } else if (state === 'waiting' || state === 'ended')
      lines.push(
        `${platform}, ${scope}: ${state === 'ended' ? 'collected no more' : 'not collected at this moment'}${trouble === null ? '' : ` (${firstLine(trouble)})`}`,
      );
  }
  const gaps = await database.rows<{ line: string }>(
    `select platform || coalesce(', ' || scope, '') || ': ' || flag || ' from ' || strftime(from_time, '%Y-%m-%d %H:%M') || ' to ' ||
      strftime(to_time, '%Y-%m-%d %H:%M') || ' UTC' || coalesce(' (' || cause || ')', '') as line
    from coverage where flag in ('gap', 'capped') and to_time > make_timestamp($since::bigint * 1000) and from_time is not null
    order by to_time desc, platform, line limit $most`,
    { since: BigInt(Math.round(now - dayMs)), most: gapsShown },
  );
  return { lines: [...lines, ...gaps.map(({ line }) => line)], alerts };
}

const firstLine = (text: string) => text.split('\n', 1)[0]!;
