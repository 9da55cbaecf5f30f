import { createHash, randomBytes } from 'node:crypto';
import { UserError } from '../base/errors.ts';
import type { Case } from './case.ts';
import { readSetting, writeSetting } from './settings.ts';
import type { Signal } from './watch-rules.ts';

/** A signal that is about to become an alert. */
export interface NewAlert extends Omit<Signal, 'rule'> {
  /** A rule of the catalogue, or `blind` for the watch's own trouble. */
  rule: string;
  isUrgent: boolean;
  /** What the watch cannot see now. */
  blind: readonly string[];
}

/** `waiting` to be sent, also again; `delivered`; `refused` until the watch starts again; `given-up` after the time that the file sets. */
export type DeliveryState = 'waiting' | 'delivered' | 'refused' | 'given-up';

export interface AlertDelivery {
  output: string;
  state: DeliveryState;
  attempts: number;
  lastAttempt: string | null;
  nextAttempt: string | null;
  delivered: string | null;
  trouble: string | null;
}

export interface Alert {
  number: number;
  id: string;
  rule: string;
  story: string | null;
  subject: string;
  at: string;
  noticed: string;
  headline: string;
  reasons: string[];
  posts: string[];
  score: Signal['score'] | null;
  blind: string[];
  urgent: boolean;
  acknowledged: string | null;
  note: string | null;
  deliveries: AlertDelivery[];
}

const caseIdSetting = 'alerts-case-id';
const iso = (column: string) => `strftime(${column}, '%Y-%m-%dT%H:%M:%S.%gZ')`;

/**
 * Keeps signals as alerts with one delivery for each output, all in one transaction and before anything is sent. A signal whose key is known is
 * passed over, so that nothing becomes an alert twice. Returns the numbers of the new ones.
 */
export async function storeAlerts(
  spilloverCase: Case,
  signals: readonly NewAlert[],
  outputs: readonly string[],
  now: number,
): Promise<number[]> {
  if (signals.length === 0) return [];
  const { database } = spilloverCase;
  const known = await alertKeys(spilloverCase);
  const fresh = signals.filter(({ key }) => !known.has(key) && known.add(key));
  if (fresh.length === 0) return [];
  const caseId = await alertsCaseId(spilloverCase);
  const { last } = (await database.first<{ last: number }>(
    'select coalesce(max(alert_number), 0) as last from alert',
  ))!;
  const rows = fresh.map((signal, place) => ({
    number: last + 1 + place,
    key: signal.key,
    id: createHash('sha256').update(`${caseId}|${signal.key}`).digest('hex').slice(0, 32),
    rule: signal.rule,
    story: signal.story ?? null,
    subject: signal.subject,
    happened: Date.parse(signal.at),
    headline: signal.headline,
    reasons: signal.reasons,
    posts: signal.posts,
    score: signal.score === undefined ? null : JSON.stringify(signal.score),
    blind: signal.blind,
    urgent: signal.isUrgent,
  }));
  await database.transaction(async () => {
    await database.run(
      `insert into alert by name
      select row.number as alert_number, row.key as signal_key, row.id as alert_id, row.rule as rule, row.story as story, row.subject as subject,
        make_timestamp(row.happened * 1000) as happened, row.headline as headline, row.reasons as reasons, row.posts as posts, row.score as score,
        row.blind as blind, row.urgent as urgent, make_timestamp($now::bigint * 1000) as noticed
      from (select unnest(from_json($rows, '[{"number":"integer","key":"varchar","id":"varchar","rule":"varchar","story":"varchar","subject":"varchar",
        "happened":"bigint","headline":"varchar","reasons":["varchar"],"posts":["varchar"],"score":"varchar","blind":["varchar"],"urgent":"boolean"}]')) as row)`,
      { rows: JSON.stringify(rows), now: BigInt(Math.round(now)) },
    );
    await database.run(
      `insert into delivery by name
      select alert_number, output, 'waiting' as state, 0 as attempts
      from (select unnest(from_json($outputs, '["varchar"]')) as output) cross join
        (select unnest(from_json($numbers, '["integer"]')) as alert_number)`,
      { outputs: JSON.stringify(outputs), numbers: JSON.stringify(rows.map(({ number }) => number)) },
    );
  });
  return rows.map(({ number }) => number);
}

/** Keys of the signals that are alerts already. */
export async function alertKeys({ database }: Case): Promise<Set<string>> {
  const [keys = []] = await database.columns('select signal_key from alert');
  return new Set(keys as string[]);
}

/** A random name of the case, made once, that keeps ids of alerts of different cases apart. */
export async function alertsCaseId(spilloverCase: Case): Promise<string> {
  const known = await readSetting<string>(spilloverCase, caseIdSetting);
  if (known !== null) return known;
  const made = randomBytes(16).toString('hex');
  await writeSetting(spilloverCase, caseIdSetting, made);
  return made;
}

export interface AlertQuery {
  /** Only these numbers. */
  numbers?: readonly number[];
  story?: string;
  rule?: string;
  /** Only alerts that nobody acknowledged. */
  open?: boolean;
  limit?: number;
}

/** Alerts of a case, the newest first, with the state of their deliveries. */
export async function listAlerts({ database }: Case, query: AlertQuery = {}): Promise<Alert[]> {
  const rows = await database.rows<Omit<Alert, 'score' | 'deliveries'> & { score: string | null }>(
    `select alert_number as number, alert_id as id, rule, story, subject, ${iso('happened')} as "at", ${iso('noticed')} as noticed, headline, reasons,
      posts, score, blind, urgent, ${iso('acknowledged')} as acknowledged, note
    from alert
    where ($numbers is null or alert_number in (select unnest(from_json($numbers, '["integer"]'))))
      and ($story is null or story = $story) and ($rule is null or rule = $rule) and (not $open or acknowledged is null)
    order by alert_number desc limit $limit`,
    {
      numbers: query.numbers === undefined ? null : JSON.stringify(query.numbers),
      story: query.story ?? null,
      rule: query.rule ?? null,
      open: query.open ?? false,
      limit: query.limit ?? 1_000_000,
    },
  );
  const deliveries = await database.rows<AlertDelivery & { number: number }>(
    `select alert_number as number, output, state, attempts, ${iso('last_attempt')} as "lastAttempt", ${iso('next_attempt')} as "nextAttempt",
      ${iso('delivered')} as delivered, trouble
    from delivery where alert_number in (select unnest(from_json($numbers, '["integer"]'))) order by alert_number, output`,
    { numbers: JSON.stringify(rows.map(({ number }) => number)) },
  );
  const byAlert = new Map<number, AlertDelivery[]>();
  for (const { number, ...delivery } of deliveries) {
    const others = byAlert.get(number);
    if (others) others.push(delivery);
    else byAlert.set(number, [delivery]);
  }
  return rows.map((row) => ({
    ...row,
    score: row.score === null ? null : (JSON.parse(row.score) as NonNullable<Alert['score']>),
    deliveries: byAlert.get(row.number) ?? [],
  }));
}

/** @throws UserError where there is no such alert. */
export async function getAlert(spilloverCase: Case, number: number): Promise<Alert> {
  const [alert] = await listAlerts(spilloverCase, { numbers: [number] });
  if (alert) return alert;
  throw new UserError(`There is no alert ${number}.`, 'spillover alerts lists the alerts there are.');
}

/** Marks alerts as seen by a person; a note says what came of it. @throws UserError for a number that does not exist. */
export async function acknowledgeAlerts(
  spilloverCase: Case,
  numbers: readonly number[],
  note: string | null,
  now: number,
): Promise<Alert[]> {
  for (const number of numbers) await getAlert(spilloverCase, number);
  await spilloverCase.database.run(
    `update alert set acknowledged = make_timestamp($now::bigint * 1000), note = coalesce($note, note)
    where alert_number in (select unnest(from_json($numbers, '["integer"]')))`,
    { numbers: JSON.stringify(numbers), note, now: BigInt(Math.round(now)) },
  );
  return listAlerts(spilloverCase, { numbers });
}
