import { DuckDBScalarFunction, type DuckDBType, LIST, listValue, VARCHAR } from '@duckdb/node-api';
import { canonicalUrl } from '../domain/canonical-url.ts';
import { extractHashtags, extractMentions, extractUrls } from '../domain/extract-urls.ts';
import { canonicalHashtag } from '../domain/hashtag.ts';
import { htmlLinks, htmlText } from '../domain/html-text.ts';
import { pythonList } from '../domain/python-list.ts';
import { snowflakeTimeSql } from '../domain/snowflake.ts';
import { needsNfkcPattern, normalisedTextSql, normaliseText } from '../domain/text-fingerprint.ts';
import { threadCitations } from '../domain/thread-citation.ts';
import { type Database, literal } from './database.ts';
import { importMacros } from './import-macros.ts';

type TextFunction = { about: string } & (
  | { list: false; apply: (text: string) => string | null }
  | { list: true; apply: (text: string) => string[] }
);

/** Cited posts and the threads they stand in. */
function citedThreads(text: string): string[] {
  return [
    ...new Set(
      threadCitations(text).flatMap(({ value, threadValue }) =>
        threadValue === undefined ? [value] : [value, threadValue],
      ),
    ),
  ];
}

/** JavaScript functions that the importers' SQL may call; NULL in gives NULL out, an empty list comes back as NULL. */
export const importFunctions: Readonly<Record<string, TextFunction>> = {
  urls_in: {
    about: 'The http and https addresses of a plain text, in order, without repeats.',
    list: true,
    apply: extractUrls,
  },
  hashtags_in: { about: 'The hashtags of a plain text, without #.', list: true, apply: extractHashtags },
  mentions_in: { about: 'The @mentioned handles of a plain text, without @.', list: true, apply: extractMentions },
  html_text: { about: 'Readable text of an HTML fragment.', list: false, apply: htmlText },
  html_links: {
    about: 'Link addresses of an HTML fragment, as written.',
    list: true,
    apply: (html) => htmlLinks(html),
  },
  html_outside_links: {
    about: 'Link addresses of an HTML fragment, without mention, hashtag and quote links.',
    list: true,
    apply: (html) => htmlLinks(html, ['mention', 'hashtag', 'u-url', 'quotelink', 'quote-inline']),
  },
  python_list: {
    about: 'Members of a list written as a Python literal, JSON array or bare brackets.',
    list: true,
    apply: pythonList,
  },
  thread_citations: {
    about: 'Board threads and posts that a text points to, as platform/board/number.',
    list: true,
    apply: citedThreads,
  },
  hashtag_key: { about: 'Canonical form of a hashtag.', list: false, apply: canonicalHashtag },
  nfkc_text: {
    about: 'Normalised text for fingerprints, for texts that NFKC changes.',
    list: false,
    apply: normaliseText,
  },
  url_line: {
    about:
      'Canonical address, registrable domain (may be empty), then cited board threads, each after one blank, which none of them holds; NULL where it is no address.',
    list: false,
    apply: (raw) => {
      const canonical = canonicalUrl(raw);
      return canonical && [canonical.url, canonical.domain ?? '', ...citedThreads(raw)].join(' ');
    },
  },
};

/** Makes macros and functions of the importers known to the connection. */
export async function loadImportFunctions(database: Database): Promise<void> {
  for (const [name, { list, apply }] of Object.entries(importFunctions)) {
    const returnType: DuckDBType = list ? LIST(VARCHAR) : VARCHAR;
    database.connection.registerScalarFunction(
      DuckDBScalarFunction.create({
        name,
        parameterTypes: [VARCHAR],
        returnType,
        mainFunction: (_info, input, output) => {
          const texts = input.getColumnVector(0);
          for (let row = 0; row < input.rowCount; row++) {
            const text = texts.getItem(row) as string | null;
            const value = text === null ? null : apply(text);
            if (value === null || (Array.isArray(value) && value.length === 0)) output.setItem(row, null);
            else output.setItem(row, Array.isArray(value) ? listValue(value) : value);
          }
          output.flush();
        },
      }),
    );
  }
  for (const [name, { sql }] of Object.entries(importMacros))
    await database.run(`create or replace temp macro ${name}${sql}`);
  await database.run(`create or replace temp macro snowflake_time(x) as ${snowflakeTimeSql('x')}`);
  await database.run(
    `create or replace temp macro normalised_text(x) as case
      when strlen(x) > length(x) and regexp_matches(x, ${literal(needsNfkcPattern)}) then nfkc_text(x)
      else ${normalisedTextSql('x')} end`,
  );
}
