/**
 * Macros that the importers' SQL may use; loaded as temporary macros into every connection that imports.
 * The docstring of each is the sentence the generated reference prints.
 */
export const importMacros: Readonly<Record<string, { about: string; sql: string }>> = {
  given: {
    about:
      'The trimmed text; NULL for blank and for the usual spellings of "missing" (NA, NaN, None, null, absent, undefined, \\N).',
    sql: `(x) as case when length(x::varchar) < 24 and contains('||na|n/a|nan|none|null|nil|absent|undefined|\\n|', '|' || lower(trim(x::varchar)) || '|')
      then null else trim(x::varchar) end`,
  },
  filled: { about: 'The trimmed text; NULL for blank.', sql: `(x) as nullif(trim(x::varchar), '')` },
  iso_time: {
    about: 'UTC timestamp from ISO 8601 with or without an offset; without one the text is read as UTC.',
    sql: `(x) as try_cast(given(x) as timestamptz)::timestamp`,
  },
  unix_time: {
    about:
      'UTC timestamp from seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by magnitude; fractions are kept.',
    sql: `(x) as case when regexp_full_match(trim(x::varchar), '-?\\d{1,18}') then case
        when abs(trim(x::varchar)::bigint) < 100000000000 then make_timestamp(trim(x::varchar)::bigint * 1000000)
        when abs(trim(x::varchar)::bigint) < 100000000000000 then make_timestamp(trim(x::varchar)::bigint * 1000)
        when abs(trim(x::varchar)::bigint) < 100000000000000000 then make_timestamp(trim(x::varchar)::bigint)
        else null end
      when regexp_full_match(trim(x::varchar), '-?\\d{19}') then make_timestamp(try_cast(trim(x::varchar) as bigint) // 1000)
      when abs(try_cast(given(x) as double)) < 1e11 then make_timestamp(round(try_cast(given(x) as double) * 1000000)::bigint)
      when abs(try_cast(given(x) as double)) < 1e14 then make_timestamp(round(try_cast(given(x) as double) * 1000)::bigint)
      when abs(try_cast(given(x) as double)) < 1e17 then make_timestamp(round(try_cast(given(x) as double))::bigint)
      else null end`,
  },
  twitter_time: {
    about: 'UTC timestamp from "Wed Oct 10 20:19:24 +0000 2018".',
    sql: `(x) as try_strptime(given(x), '%a %b %d %H:%M:%S %z %Y')::timestamp`,
  },
  zoned_time: {
    about: 'UTC timestamp from a wall-clock timestamp and an IANA zone; NULL where the zone is NULL.',
    sql: `(t, zone) as case when zone is null then null else timezone(zone, t)::timestamp end`,
  },
  some_list: {
    about: 'The list without NULL and blank members; NULL where nothing is left.',
    sql: `(l) as case when coalesce(len(l), 0) = 0 then null when len(l) = 1 then case when ltrim(l[1]) <> '' then l end
      else nullif(list_filter(l, lambda e: ltrim(e) <> ''), []) end`,
  },
  distinct_in_order: {
    about: 'The list without repeats; the first of each stays where it is.',
    sql: `(l) as case when len(l) < 2 then l else list_filter(l, lambda e, i: list_position(l, e) = i) end`,
  },
  url_parts: {
    about: 'What `url_line` gives, as a list.',
    sql: `(x) as string_split(url_line(x), ' ')`,
  },
  count_of: {
    about: 'Whole number from a text such as "1,234" or "12.0"; NULL where it is none.',
    sql: `(x) as coalesce(try_cast(replace(given(x), ',', '') as bigint), try_cast(try_cast(replace(given(x), ',', '') as double) as bigint))`,
  },
  yes: {
    about: 'true for yes/true/1/t/y, false for no/false/0/f/n, else NULL.',
    sql: `(x) as case when lower(given(x)) in ('yes', 'true', '1', 't', 'y') then true
      when lower(given(x)) in ('no', 'false', '0', 'f', 'n') then false else null end`,
  },
};
