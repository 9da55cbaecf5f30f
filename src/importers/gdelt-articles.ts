import type { FileHead, Importer } from './importer.ts';
import { jsonContainer, recordsInHead } from './json-container.ts';

const fields = ['url', 'url_mobile', 'title', 'seendate', 'socialimage', 'domain', 'language', 'sourcecountry'];
const columns: Record<string, string> = {
  ...Object.fromEntries(fields.map((name) => [name, 'varchar'])),
  articles: `struct(${fields.map((name) => `${name} varchar`).join(', ')})[]`,
};

const seen = `try_strptime(filled(seendate), '%Y%m%dT%H%M%SZ')`;

/** GDELT sees articles in rounds of fifteen minutes. */
const precisionMs = 15 * 60_000;

const posts = `
with article as (
  select _row, _line, _at, ${fields.map((name) => `record.${name}`).join(', ')} from record where articles is null
  union all by name
  select _row, _line, 'articles[' || (i - 1) || ']' as _at, ${fields.map((name) => `articles[i].${name} as ${name}`).join(', ')}
  from (select *, unnest(range(1, len(articles) + 1)) as i from record where articles is not null)
)
select _row, _line, _at, false as embedded,
  case when filled(url) is null then 'missing-id' when filled(seendate) is null then 'missing-time' when ${seen} is null then 'bad-time' end as problem,
  'news' as platform, trim(url) as post_id,
  coalesce(filled(lower("domain")), nullif(url_parts(url)[2], '')) as account_id,
  ${seen} as time, ${precisionMs} as time_precision_ms,
  'original' as kind, html_text(filled(title)) as text, filled(language) as lang, trim(url) as permalink,
  [trim(url)] as urls, hashtags_in(title) as hashtags,
  ['seen-time'] as warnings
from article`;

function isArticle(value: object): boolean {
  return 'url' in value && 'seendate' in value && 'sourcecountry' in value;
}

/** Articles that GDELT's DOC 2.0 interface lists: address, title, outlet, and the time at which GDELT saw them. */
export const gdeltArticles: Importer = {
  id: 'gdelt-articles',
  title: 'GDELT DOC 2.0 article list (JSON)',
  about:
    'An answer of mode artlist with format json, or one article a line. The time is that at which GDELT saw the article, in steps of fifteen minutes: the article itself can be older.',
  obtain: 'spillover collect gdelt, or save api.gdeltproject.org/api/v2/doc/doc with mode=artlist&format=json.',
  platforms: ['news'],
  sniff: (head: FileHead) =>
    recordsInHead(head).some(
      (record) =>
        isArticle(record) ||
        ('articles' in record && Array.isArray(record.articles) && record.articles.some((one) => isArticle(one ?? {}))),
    )
      ? 0.95
      : 0,
  container: (head) => jsonContainer(head, columns, ['articles[]', '[]']),
  posts,
  notes: [
    'Times are when GDELT saw the article, which can be later than its publication: the warning seen-time says so.',
  ],
};
