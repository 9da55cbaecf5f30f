import { type ColumnMap, mapKinds } from './column-map-schema.ts';
import { type ListOf, type Locate, listSql, textSql, timeSql, valueSql } from './column-map-sql.ts';
import { isRepeatedHour, wallClock } from './wall-clock-sql.ts';

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** Name of a platform as the rest of Spillover writes it. */
export function platformName(name: string): string {
  const lower = name.trim().toLowerCase();
  return lower === 'twitter' ? 'x' : lower;
}

function platformSql(platform: ColumnMap['platform'], locate: Locate): string {
  if (platform === undefined) return '$platform::varchar';
  if (typeof platform === 'string') return literal(platformName(platform));
  const value = valueSql(platform, locate);
  const mapped = Object.entries({ twitter: 'x', ...platform.values }).map(
    ([from, to]) => `when lower(${literal(from)}) then ${literal(platformName(to))}`,
  );
  return `coalesce(case lower(${value}) ${mapped.join(' ')} else lower(${value}) end, $platform::varchar)`;
}

const kindWords: Record<string, (typeof mapKinds)[number]> = {
  ...Object.fromEntries(mapKinds.map((kind) => [kind, kind])),
  retweet: 'reshare',
  retweeted: 'reshare',
  rt: 'reshare',
  repost: 'reshare',
  reblog: 'reshare',
  boost: 'reshare',
  share: 'reshare',
  forward: 'reshare',
  comment: 'reply',
  answer: 'reply',
  replied_to: 'reply',
  quoted: 'quote',
  quote_tweet: 'quote',
  post: 'original',
  tweet: 'original',
  status: 'original',
  submission: 'original',
  message: 'original',
};

interface KindSql {
  /** NULL where the file does not decide. */
  kind: string;
  /** True where the file has a word that means nothing to the map. */
  unknown: string;
}

function kindSql(kind: ColumnMap['kind'], locate: Locate): KindSql {
  if (kind === undefined) return { kind: 'null::varchar', unknown: 'false' };
  if (typeof kind === 'string') return { kind: literal(kind), unknown: 'false' };
  const value = valueSql(kind, locate);
  const words = Object.entries(kind.values ?? kindWords).map(
    ([from, to]) => `when lower(${literal(from)}) then ${literal(to)}`,
  );
  const known = `case lower(${value}) ${words.join(' ')} end`;
  return kind.otherwise === undefined
    ? {
        kind: `coalesce(${known}, case when ${value} is not null then 'original' end)`,
        unknown: `${value} is not null and ${known} is null`,
      }
    : { kind: `coalesce(${known}, ${literal(kind.otherwise)})`, unknown: 'false' };
}

const values = [
  'post_id',
  'account_id',
  'handle',
  'name',
  'parent_id',
  'parent_handle',
  'root_id',
  'lang',
  'permalink',
] as const;
const counts = ['reach', 'likes', 'reshares', 'replies', 'views'] as const;
const laterTimes = ['collected_at', 'edited_at', 'deleted_at'] as const;
const lists: readonly ListOf[] = ['urls', 'hashtags', 'mentions', 'media', 'objects', 'cites'];

/**
 * The SELECT over `record` of a column map. Names of the file stand quoted, constants as escaped literals; nothing of the map is
 * used as SQL. Columns of the first step carry `m_` so that names of the file cannot meet them.
 */
export function compilePosts(map: ColumnMap, locate: Locate): string {
  const isHtml = typeof map.text === 'object' && map.text.html === true;
  const text = isHtml ? 'html_text(m_body)' : 'm_body';
  const kind = kindSql(map.kind, locate);
  const texts = [
    `${textSql(map.text, locate)} as m_body`,
    `${valueSql(map.time, locate)} as m_time_text`,
    ...laterTimes.filter((name) => map[name]).map((name) => `${valueSql(map[name], locate)} as m_${name}_text`),
  ];
  const cells = [
    `${platformSql(map.platform, locate)} as m_platform`,
    ...values.map((name) => `${valueSql(map[name], locate)} as m_${name}`),
    `${text} as m_text`,
    `${timeSql(map.time, 'm_time_text')} as m_clock`,
    ...laterTimes.map(
      (name) => `${map[name] === undefined ? 'null' : timeSql(map[name], `m_${name}_text`)} as m_${name}`,
    ),
    ...counts.map(
      (name) =>
        `${map.counts?.[name] === undefined ? 'null::bigint' : `count_of(${valueSql(map.counts[name], locate)})`} as m_${name}`,
    ),
    `${kind.kind} as m_kind`,
    `${kind.unknown} as m_kind_unknown`,
    ...lists.map((name) => `${listSql(name, map[name], locate, text, isHtml ? 'm_body' : null)} as m_${name}`),
  ];
  const hasId = map.post_id !== undefined;
  const hasAccount = map.account_id !== undefined || map.handle !== undefined;
  const derivedId = `'derived:' || md5(concat_ws(chr(31), coalesce(m_account_id, m_handle, m_name, ''), m_clock.given, coalesce(m_text, '')))`;
  const clock = wallClock('m_clock.wall', 'm_clock.zone');
  const optionalTime = (name: string) =>
    `coalesce(m_${name}.instant, ${wallClock(`m_${name}.wall`, `m_${name}.zone`).time})`;
  return `
with worded as (
  select *, ${texts.join(', ')} from record
), cell as (
  select _row, _line, _at,
    ${cells.join(',\n    ')}
  from worded
), clocked as (
  select *, coalesce(m_clock.instant, ${clock.time}) as m_time from cell
)
select _row, _line, _at,
  case ${hasId ? `when m_post_id is null then 'missing-id'` : ''}
    when m_clock.given is null then 'missing-time'
    when m_clock.instant is null and m_clock.wall is null then 'bad-time' end as problem,
  case when m_clock.instant is null and m_clock.wall is null then 'the time reads ' || left(m_clock.given, 100) end as detail,
  m_platform as platform, ${hasId ? 'm_post_id' : derivedId} as post_id,
  ${['account_id', 'handle', 'name', 'parent_id', 'parent_handle', 'root_id', 'lang', 'permalink', 'text', ...counts, ...lists].map((name) => `m_${name} as ${name}`).join(', ')},
  m_time as time, case when ${isRepeatedHour('m_clock.wall', 'm_clock.zone')} then 3600000 else m_clock.precision_ms end as time_precision_ms, case when m_time is null then m_clock.wall end as time_local,
  coalesce(m_kind, case when m_parent_id is not null then 'reply' else 'original' end) as kind,
  ${laterTimes.map((name) => `${map[name] === undefined ? 'null' : optionalTime(name)} as ${name}`).join(', ')},
  list_concat(
    [${clock.warning}],
    case when m_kind_unknown then ['kind-unknown'] end,
    case when ${hasAccount} and m_account_id is null and m_handle is null then ['missing-account'] end) as warnings
from clocked`;
}
