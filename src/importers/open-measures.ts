import type { Importer } from './importer.ts';
import { jsonContainer, recordsInHead } from './json-container.ts';

const columns: Record<string, string> = { _index: 'varchar', _id: 'varchar', _source: 'json' };

const at = (...paths: string[]) => `coalesce(${paths.map((path) => `_source ->> '$.${path}'`).join(', ')})`;

/** Names of indexes are those of the service: bluesky, truth_social; further ones carry a running number or a suffix. */
const posts = `
with hit as (
  select _row, _line, _at, _source is null as bare,
    case when _index ilike '%bluesky%' or (_source ->> '$.authorProfile') is not null then 'bluesky'
      when _index ilike '%truth%' or (_source ->> '$.account.username') is not null then 'truthsocial' end as platform,
    given(${at('uri', 'id')}) as own_id, given(coalesce(_id, _source ->> '$._id')) as hit_id,
    given(${at('authorProfile.did', 'author', 'account.id')}) as account_id,
    given(${at('authorProfile.handle', 'account.acct', 'account.username')}) as handle,
    given(${at('authorProfile.display_name', 'account.display_name')}) as name,
    given(${at('createdAt', 'created_at')}) as created,
    nullif(${at('text', 'content_cleaned')}, '') as body, nullif(_source ->> '$.content', '') as html,
    given(${at('reply.parent.uri', 'in_reply_to_id')}) as replied, given(${at('reblog.id')}) as reblogged,
    given(${at('embed.record.uri', 'embed.record.record.uri', 'quote_id')}) as quoted, given(${at('embed.external.uri', 'card.url')}) as card,
    count_of(${at('likeCount', 'favourites_count')}) as likes, count_of(${at('repostCount', 'reblogs_count')}) as reshares,
    count_of(${at('replyCount', 'replies_count')}) as replies, given(_source ->> '$.url') as permalink
  from record
), told as (
  select *, coalesce(body, html_text(html)) as text,
    case when platform = 'bluesky' then coalesce(case when own_id like 'at://%' then own_id end, hit_id) else coalesce(own_id, hit_id) end as post_id
  from hit
)
select _row, _line, _at,
  case when bare or platform is null then 'not-a-post' when post_id is null then 'missing-id' when created is null then 'missing-time'
    when iso_time(created) is null then 'bad-time' end as problem,
  case when bare then 'the hit has no _source' when platform is null then 'the index is neither Bluesky nor Truth Social' end as detail,
  platform, post_id, account_id, handle, name, iso_time(created) as time, case when created like '%.%' then 1 else 1000 end as time_precision_ms,
  case when reblogged is not null then 'reshare' when replied is not null then 'reply' when quoted is not null then 'quote' else 'original' end as kind,
  coalesce(reblogged, replied, quoted) as parent_id, text, permalink, likes, reshares, replies,
  list_concat(coalesce(html_outside_links(html), urls_in(text)), [card]) as urls, hashtags_in(text) as hashtags, mentions_in(text) as mentions,
  case when account_id is null and handle is null then ['missing-account'] end as warnings
from told`;

interface MaybeAnswer {
  hits?: { hits?: unknown };
  _index?: unknown;
  _source?: unknown;
}

function isHit(value: unknown): boolean {
  const { _index, _source } = (value ?? {}) as MaybeAnswer;
  if (typeof _source !== 'object' || _source === null) return false;
  return /bluesky|truth/i.test(String(_index)) || 'authorProfile' in _source || 'content_cleaned' in _source;
}

/** Search results of Open Measures for Bluesky and Truth Social. */
export const openMeasures: Importer = {
  id: 'open-measures',
  title: 'Open Measures search results (Bluesky, Truth Social)',
  about:
    'The JSON answer of the content endpoint, or one hit a line. Written from the published field list, without a sample file.',
  obtain: 'Open Measures: search, then download as JSON, or save answers of its API (/content).',
  platforms: ['bluesky', 'truthsocial'],
  sniff: (head) =>
    recordsInHead(head).some((value) => {
      const { hits } = value as MaybeAnswer;
      return isHit(value) || (Array.isArray(hits?.hits) && hits.hits.some(isHit));
    })
      ? 0.95
      : 0,
  container: (head) => jsonContainer(head, columns, ['hits.hits[]', '[]']),
  posts,
};
