import type { ListReference, ListSource, Reference, TextReference, TimeReference } from './column-map-schema.ts';

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
const quoteIdentifier = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Where a name of the map lies: a column of `record`, and for JSON the path inside it. */
export interface Located {
  column: string;
  /** Null where the cell is plain text. */
  path: string | null;
  /** The path runs through a list. */
  many: boolean;
}

export type Locate = (name: string) => Located;

interface Columns {
  column?: string | undefined;
  columns?: string[] | undefined;
  join?: string | undefined;
  prefix?: string | undefined;
  missing?: string[] | undefined;
}

const namesOf = (reference: string | Columns): string[] =>
  typeof reference === 'string' ? [reference] : (reference.columns ?? [reference.column!]);

/** Text of one cell as the file has it, NULL where it is absent. */
function rawText({ column, path, many }: Located): string {
  const name = quoteIdentifier(column);
  if (path === null) return name;
  const found = `json_extract_string(try_cast(${name} as json), ${literal(path)})`;
  return many ? `${found}[1]` : found;
}

function joined(reference: string | Columns, locate: Locate, join: string, whole: boolean): string {
  const texts = namesOf(reference).map((name) => rawText(locate(name)));
  if (texts.length === 1) return texts[0]!;
  const glue = literal(typeof reference === 'string' ? join : (reference.join ?? join));
  return whole
    ? `(${texts.map((text) => `given(${text})`).join(` || ${glue} || `)})`
    : `concat_ws(${glue}, ${texts.join(', ')})`;
}

/** SQL for an id or name: trimmed, NULL for the spellings of "missing", with its prefix. */
export function valueSql(reference: Reference | undefined, locate: Locate): string {
  if (reference === undefined) return 'null::varchar';
  const value = `given(${joined(reference, locate, '/', true)})`;
  if (typeof reference === 'string') return value;
  const present = (reference.missing ?? []).reduce((inner, none) => `nullif(${inner}, ${literal(none)})`, value);
  return reference.prefix === undefined ? present : `(${literal(reference.prefix)} || ${present})`;
}

/** SQL for the text as written, HTML where the map says so. */
export function textSql(reference: TextReference | undefined, locate: Locate): string {
  return reference === undefined ? 'null::varchar' : `nullif(${joined(reference, locate, '\n', false)}, '')`;
}

/**
 * SQL for a time whose trimmed text is the SQL expression `text`: a struct of `given` (the text), `instant` (UTC), `wall` (clock without a zone) and `precision_ms`.
 * `instant` and `wall` are both NULL where the text does not follow the format.
 */
export function timeSql(reference: TimeReference, text: string): string {
  const format = typeof reference === 'string' ? 'iso' : reference.format;
  const zone =
    typeof reference === 'string' || reference.zone === undefined ? '$zone::varchar' : literal(reference.zone);
  const struct = (instant: string, wall: string, precision: string) =>
    `{'given': ${text}, 'instant': ${instant}, 'wall': ${wall}, 'zone': ${zone}, 'precision_ms': ${precision}}`;
  if (format === 'unix') {
    const fine = `regexp_matches(${text}, '^-?\\d+$') is false or abs(try_cast(${text} as double)) >= 1e11`;
    return struct(unixSql(text), 'null::timestamp', `case when ${fine} then 1 else 1000 end`);
  }
  if (format === 'iso') {
    const tidy = `regexp_replace(regexp_replace(${text}, '\\s+([+-]\\d{2}:?\\d{0,2})$', '\\1'), '^(\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2})([zZ+-].*)?$', '\\1:00\\2')`;
    const isDate = `regexp_matches(${text}, '^\\d{4}-\\d{2}-\\d{2}')`;
    const zoned = `regexp_matches(${text}, ':\\d{2}(\\.\\d+)?\\s*([zZ]|UTC|GMT|[+-]\\d{2}(:?\\d{2})?)$')`;
    return struct(
      `case when ${isDate} and ${zoned} then try_cast(${tidy} as timestamptz)::timestamp end`,
      `case when ${isDate} and not ${zoned} then try_cast(${text} as timestamp) end`,
      `case when regexp_matches(${text}, ':\\d{2}[.,]\\d') then 1 when regexp_matches(${text}, ':\\d{2}:\\d{2}') then 1000
        when regexp_matches(${text}, '\\d:\\d{2}') then 60000 else 86400000 end`,
    );
  }
  const parsed = `try_strptime(${text}, ${literal(format)})`;
  const precision = /%[fgn]/.test(format)
    ? 1
    : /%-?[ScX]/.test(format)
      ? 1000
      : /%-?M/.test(format)
        ? 60_000
        : /%-?[HI]/.test(format)
          ? 3_600_000
          : 86_400_000;
  return /%[zZ]/.test(format)
    ? struct(`${parsed}::timestamp`, 'null::timestamp', String(precision))
    : struct('null::timestamp', parsed, String(precision));
}

/**
 * UTC timestamp of seconds, milli-, micro- or nanoseconds since 1970, by magnitude. Whole numbers keep every digit; a fraction is
 * good to a microsecond. (A cast to DECIMAL would do both, at 50 microseconds a value.)
 */
function unixSql(text: string): string {
  const whole = `try_cast(${text} as bigint)`;
  const size = `abs(try_cast(${text} as double))`;
  return `case when regexp_matches(${text}, '^-?\\d+$') then
      case when ${size} < 1e11 then make_timestamp(${whole} * 1000000) when ${size} < 1e14 then make_timestamp(${whole} * 1000)
        when ${size} < 1e17 then make_timestamp(${whole}) when ${size} < 9e18 then make_timestamp(${whole} // 1000) end
    else case when ${size} < 1e11 then make_timestamp(round(try_cast(${text} as double) * 1e6)::bigint)
        when ${size} < 1e14 then make_timestamp(round(try_cast(${text} as double) * 1e3)::bigint) end end`;
}

export type ListOf = 'urls' | 'hashtags' | 'mentions' | 'media' | 'objects' | 'cites';

const fromText: Record<ListOf, (text: string, html: string | null) => string | null> = {
  urls: (text, html) =>
    html === null ? `case when contains(${text}, '://') then urls_in(${text}) end` : `html_outside_links(${html})`,
  hashtags: (text) => `case when regexp_matches(${text}, '[#＃]') then hashtags_in(${text}) end`,
  mentions: (text) => `case when regexp_matches(${text}, '[@＠]') then mentions_in(${text}) end`,
  cites: (text) => `thread_citations(${text})`,
  media: () => null,
  objects: () => null,
};

/** SQL for a list of artifacts: NULL where the map names none. `text` and `html` are the SQL of the post's text. */
export function listSql(
  what: ListOf,
  source: ListSource | undefined,
  locate: Locate,
  text: string,
  html: string | null,
): string {
  if (source === undefined) return 'null::varchar[]';
  const lists = (Array.isArray(source) ? source : [source]).map((one) =>
    one === 'from text' ? (fromText[what](text, html) ?? 'null::varchar[]') : membersSql(what, one, locate),
  );
  const all = lists.length === 1 ? lists[0]! : `list_concat(${lists.join(', ')})`;
  if (what === 'urls')
    return `list_filter(list_transform(${all}, lambda u: trim(u)), lambda u: u ilike 'http://%' or u ilike 'https://%')`;
  const sign = what === 'hashtags' ? '#＃' : what === 'mentions' ? '@' : '';
  const bare = `list_transform(${all}, lambda m: given(${sign === '' ? 'm' : `ltrim(trim(m), ${literal(sign)})`}))`;
  return `list_filter(${bare}, lambda m: m is not null)`;
}

function membersSql(what: ListOf, reference: ListReference, locate: Locate): string {
  const { split = undefined, prefix = undefined } = typeof reference === 'string' ? {} : reference;
  const parts = namesOf(reference).map((name) => {
    const place = locate(name);
    if (place.path === null) return splitSql(what, `given(${quoteIdentifier(place.column)})`, split);
    const json = `try_cast(${quoteIdentifier(place.column)} as json)`;
    const value = `json_extract_string(${json}, ${literal(place.path)})`;
    if (place.many) return value;
    const inner = `json_extract(${json}, ${literal(place.path)})`;
    return `case when json_type(${inner}) = 'ARRAY' then json_extract_string(${inner}, '$[*]') else ${splitSql(what, `given(${value})`, split)} end`;
  });
  const members = parts.length === 1 ? parts[0]! : `list_concat(${parts.join(', ')})`;
  return prefix === undefined ? members : `list_transform(${members}, lambda p: ${literal(prefix)} || given(p))`;
}

/** An address may hold the separator: there it separates only where the next address begins. */
function splitSql(what: ListOf, text: string, split: string | undefined): string {
  if (split === undefined || split === 'none') return `case when ${text} is null then null else [${text}] end`;
  if (split === 'python') return `python_list(${text})`;
  if (split.trim() === '') return `regexp_split_to_array(${text}, '\\s+')`;
  if (what !== 'urls') return `string_split(${text}, ${literal(split)})`;
  const separator = split.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return `string_split(regexp_replace(${text}, ${literal(`\\s*${separator}\\s*(https?://)`)}, chr(31) || '\\1', 'gi'), chr(31))`;
}
