import type { FileHead, Importer } from './importer.ts';

const columns: Record<string, string> = {
  id: 'varchar',
  url: 'varchar',
  date: 'varchar',
  headline: 'varchar',
  description: 'varchar',
  imageUrl: 'varchar',
};

const posts = `
select _row, _line, _at, false as embedded,
  case when filled(url) is null then 'missing-id' when filled(date) is null then 'missing-time' end as problem,
  'news' as platform, filled(url) as post_id,
  coalesce(nullif(url_parts(url)[2], ''), nullif(lower(regexp_extract(url, '^(?i:https?)://([^/?#:]+)', 1)), '')) as account_id,
  unix_time(date) as time,
  case when try_cast(date as bigint) % 3600000 = 0 then 86400000 when try_cast(date as bigint) % 1000 = 0 then 1000 else 1 end as time_precision_ms,
  'original' as kind, nullif(concat_ws(e'\\n', html_text(filled(headline)), html_text(filled(description))), '') as text,
  filled(url) as permalink, [filled(url)] as urls
from record`;

/** A list of news headlines with address and date. */
export const qanonNews: Importer = {
  id: 'qanon-news',
  title: 'News headlines (url, date, headline, description)',
  about:
    'A list of news items with address, date in unix milliseconds and headline; a date that falls on a whole hour is the midnight of some zone and holds for the day.',
  obtain: 'github.com/qcodeintel: news.json.',
  platforms: ['news'],
  sniff: (head: FileHead) => {
    const [first] = Array.isArray(head.document) ? (head.document as Record<string, unknown>[]) : [];
    if (typeof first !== 'object' || first === null) return 0;
    return ['url', 'date', 'headline'].every((name) => name in first) && typeof first.date === 'number' ? 0.95 : 0;
  },
  container: () => ({ kind: 'document', patterns: ['[]'], columns }),
  posts,
};
