/** SQL expressions for a clock reading in a zone. */
export interface WallClock {
  /** UTC timestamp; the earlier one of two readings; NULL where the zone is NULL. */
  time: string;
  /** Milliseconds: 1000, or an hour where the clock showed this hour twice. */
  precisionMs: string;
  /** 'zone-unknown', 'time-ambiguous' or NULL. */
  warning: string;
}

/** SQL: true where the clock of the zone was set back and shows this hour twice. DuckDB (ICU) takes the later reading. */
export const isRepeatedHour = (wall: string, zone: string) =>
  `coalesce(timezone(${zone}, timezone(${zone}, ${wall}) - interval 1 hour) = ${wall}, false)`;

/** SQL for the UTC time of the wall-clock timestamp `wall` in the IANA zone `zone` (both SQL expressions). */
export function wallClock(wall: string, zone: string): WallClock {
  const repeated = isRepeatedHour(wall, zone);
  return {
    time: `(timezone(${zone}, ${wall})::timestamp - case when ${repeated} then interval 1 hour else interval 0 hour end)`,
    precisionMs: `case when ${repeated} then 3600000 else 1000 end`,
    warning: `case when ${wall} is null then null when ${zone} is null then 'zone-unknown' when ${repeated} then 'time-ambiguous' end`,
  };
}

/** SQL: UTC time from a text of seconds since 1970, whole or with decimals; NULL where it is none. */
export const unixSeconds = (text: string) =>
  `case when abs(try_cast(${text} as double)) < 1e11 then make_timestamp((try_cast(${text} as double) * 1000000)::bigint) end`;
