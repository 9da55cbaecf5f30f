const epochMs = 1288834974657;
const firstId = 29_700_000_000n;
const limit = 2n ** 63n;

/**
 * Time in Unix milliseconds that an X/Twitter id contains; null for ids older than 2010-11-04 and for all that is no id.
 * Twitter Snowflake: id = (ms since 1288834974657) << 22 | worker | sequence.
 */
export function snowflakeTimeMs(id: string): number | null {
  if (!/^[0-9]{11,19}$/.test(id)) return null;
  const number = BigInt(id);
  return number < firstId || number >= limit ? null : Number(number >> 22n) + epochMs;
}

/** DuckDB expression of the same as a UTC TIMESTAMP, NULL where there is none; `column` is an expression of text or integer. */
export function snowflakeTimeSql(column: string): string {
  const id = `case when regexp_full_match((${column})::varchar, '[0-9]{11,19}') then try_cast(${column} as bigint) end`;
  return `(case when (${id}) >= ${firstId} then make_timestamp_ms(((${id}) >> 22) + ${epochMs}) end)`;
}
