import { backoffMs } from '../base/backoff.ts';
import type { QuietHours } from '../base/quiet-hours.ts';
import type { Mask } from '../domain/mask.ts';
import type { AlertContent, AlertMessage } from '../outputs/alert-message.ts';
import { alertContents } from './alert-contents.ts';
import type { Case } from './case.ts';
import { type PendingDelivery, planMessages } from './plan-messages.ts';

export interface OutboxOutput {
  name: string;
  /** How many of the newest alerts it shows together; 0 for outputs that are told each message once. */
  shows: number;
  quietHours: QuietHours | null;
}

export interface OutboxRules {
  caseName: string;
  messagesPerHour: number;
  giveUpAfterMs: number;
  /** Made only when something goes out: it reads every account of the case. */
  mask: () => Promise<Mask | null>;
}

/** A message that is to go out now, to one output. */
export interface Outgoing {
  output: string;
  message: AlertMessage;
  newest: readonly AlertContent[];
}

export interface Outbox {
  outgoing: Outgoing[];
  held: Record<string, number>;
  /** When to look again; null where nothing waits. */
  nextAt: number | null;
}

const retries = { baseMs: 15_000, capMs: 3_600_000 };
const bound = (ms: number) => BigInt(Math.round(ms));
const epoch = (column: string) => `epoch_ms(${column})::double`;

/**
 * Takes what is to go out now. The id under which an alert goes out is kept before it does: when the process ends between sending and noting, the
 * same message goes out again with the same id.
 */
export async function takeOutgoing(
  spilloverCase: Case,
  outputs: readonly OutboxOutput[],
  rules: OutboxRules,
  now: number,
): Promise<Outbox> {
  const { database } = spilloverCase;
  await giveUp(spilloverCase, rules.giveUpAfterMs, now);
  const box: Outbox = { outgoing: [], held: {}, nextAt: null };
  let mask: Promise<Mask | null> | null = null;
  for (const { name: output, shows, quietHours } of outputs) {
    const pending = await database.rows<PendingDelivery>(
      `select alert_number as alert, alert_id as alertId, urgent as isUrgent, ${epoch('noticed')} as noticed, message_id as messageId,
        ${epoch('next_attempt')} as nextAttempt
      from delivery join alert using (alert_number) where output = $output and state = 'waiting' order by alert_number`,
      { output },
    );
    if (pending.length === 0) continue;
    const sent = await database.first<{ n: number }>(
      `select count(distinct message_id) as n from delivery where output = $output and state = 'delivered' and delivered > make_timestamp($since::bigint * 1000)`,
      { output, since: bound(now - 3_600_000) },
    );
    const plan = planMessages(
      pending,
      { isList: shows > 0, quietHours, messagesPerHour: rules.messagesPerHour, sentLastHour: sent!.n },
      now,
    );
    box.held[output] = plan.held;
    if (plan.nextAt !== null) box.nextAt = Math.min(plan.nextAt, box.nextAt ?? plan.nextAt);
    if (plan.messages.length === 0) continue;
    await database.transaction(async () => {
      for (const { id, alerts } of plan.messages)
        await database.run(
          `update delivery set message_id = $id where output = $output and alert_number in (select unnest(from_json($alerts, '["integer"]')))`,
          { id, output, alerts: JSON.stringify(alerts) },
        );
    });
    mask ??= rules.mask();
    const newest = shows > 0 ? await newestContents(spilloverCase, output, shows, await mask) : [];
    for (const { id, alerts } of plan.messages) {
      const kind = alerts.length === 1 ? 'alert' : 'digest';
      const contents = shows > 0 ? [] : await alertContents(spilloverCase, alerts, await mask);
      box.outgoing.push({ output, message: { id, kind, case: rules.caseName, alerts: contents }, newest });
    }
  }
  return box;
}

/** The newest alerts that an output was ever given, the newest first. */
export async function newestContents(
  spilloverCase: Case,
  output: string,
  most: number,
  mask: Mask | null,
): Promise<AlertContent[]> {
  const rows = await spilloverCase.database.rows<{ number: number }>(
    'select alert_number as number from delivery where output = $output order by alert_number desc limit $most',
    { output, most },
  );
  return alertContents(
    spilloverCase,
    rows.map(({ number }) => number),
    mask,
  );
}

/** How a delivery went. */
export type Outcome =
  | { arrived: true; remark: string | null }
  | { arrived: false; trouble: string; retryable: boolean; retryAfterMs: number | null };

/** Notes how a delivery went; what may still arrive is tried again after a time that doubles up to an hour. */
export async function noteOutcome(
  { database }: Case,
  { output, message }: Outgoing,
  outcome: Outcome,
  now: number,
  random: () => number,
): Promise<void> {
  const own = { output, id: message.id, now: bound(now) };
  const where = `where output = $output and message_id = $id and state = 'waiting'`;
  if (outcome.arrived) {
    await database.run(
      `update delivery set state = 'delivered', attempts = attempts + 1, last_attempt = make_timestamp($now::bigint * 1000),
        delivered = make_timestamp($now::bigint * 1000), next_attempt = null, trouble = $remark ${where}`,
      { ...own, remark: outcome.remark },
    );
    return;
  }
  const before = await database.first<{ attempts: number }>(
    `select coalesce(max(attempts), 0) as attempts from delivery ${where}`,
    { output, id: message.id },
  );
  const wait = Math.max(backoffMs(before!.attempts, retries, random), outcome.retryAfterMs ?? 0);
  await database.run(
    `update delivery set state = $state, attempts = attempts + 1, last_attempt = make_timestamp($now::bigint * 1000),
      next_attempt = make_timestamp($next::bigint * 1000), trouble = $trouble ${where}`,
    {
      ...own,
      state: outcome.retryable ? 'waiting' : 'refused',
      next: bound(now + wait),
      trouble: outcome.trouble.slice(0, 500),
    },
  );
}

/** What was refused is tried again: somebody may have mended the address or the secret. Returns how many deliveries. */
export async function reviveRefused({ database }: Case): Promise<number> {
  const { n } = (await database.first<{ n: number }>(`select count(*) as n from delivery where state = 'refused'`))!;
  if (n > 0) await database.run(`update delivery set state = 'waiting', next_attempt = null where state = 'refused'`);
  return n;
}

async function giveUp({ database }: Case, afterMs: number, now: number): Promise<void> {
  await database.run(
    `update delivery set state = 'given-up' from alert
    where alert.alert_number = delivery.alert_number and state = 'waiting' and attempts > 0
      and noticed < make_timestamp($before::bigint * 1000)`,
    { before: bound(now - afterMs) },
  );
}
