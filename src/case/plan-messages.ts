import { createHash } from 'node:crypto';
import { isQuiet, type QuietHours } from '../base/quiet-hours.ts';

/** A delivery that is still to be made. Times are milliseconds since 1970. */
export interface PendingDelivery {
  alert: number;
  alertId: string;
  isUrgent: boolean;
  noticed: number;
  /** Message with which it went out before; null where it never did. */
  messageId: string | null;
  /** Not before this time; null for at once. */
  nextAttempt: number | null;
}

export interface SendingRules {
  /** A list that shows the newest alerts, which is written as a whole. */
  isList: boolean;
  /** null where quiet hours do not hold this output. */
  quietHours: QuietHours | null;
  messagesPerHour: number;
  /** Messages that arrived in the last hour. */
  sentLastHour: number;
}

export interface PlannedMessage {
  id: string;
  /** Numbers of its alerts, ascending. */
  alerts: number[];
}

export interface MessagePlan {
  messages: PlannedMessage[];
  /** Alerts that wait for the end of quiet hours or for the hourly limit. */
  held: number;
  /** When to look again; null where nothing waits. */
  nextAt: number | null;
}

const mostPerDigest = 100;
const lookAgainMs = 60_000;

/**
 * What goes out now. A message that was tried before goes out again as it was, under its old id. In quiet hours only urgent alerts go out; what
 * waited comes together afterwards, as does what is above the hourly limit. Urgent alerts count but are never held.
 */
export function planMessages(pending: readonly PendingDelivery[], rules: SendingRules, now: number): MessagePlan {
  const { quietHours } = rules;
  const isHeld = quietHours !== null && isQuiet(quietHours, now);
  const due = pending.filter(({ nextAttempt }) => nextAttempt === null || nextAttempt <= now);
  const later = pending.flatMap(({ nextAttempt }) => (nextAttempt !== null && nextAttempt > now ? [nextAttempt] : []));
  if (rules.isList) {
    return { messages: due.length === 0 ? [] : [together(due)], held: 0, nextAt: soonest(later) };
  }
  const messages: PlannedMessage[] = [];
  let held = 0;
  for (const group of groups(due)) {
    if (isHeld && !group.some(({ isUrgent }) => isUrgent)) held += group.length;
    else messages.push({ id: group[0]!.messageId!, alerts: numbers(group) });
  }
  const fresh = due.filter(({ messageId }) => messageId === null).sort((a, b) => a.alert - b.alert);
  const urgent = fresh.filter(({ isUrgent }) => isUrgent);
  messages.push(...urgent.map((one) => together([one])));
  const calm = fresh.filter(({ isUrgent }) => !isUrgent);
  if (isHeld) held += calm.length;
  else {
    const waited = calm.filter(({ noticed }) => quietHours !== null && isQuiet(quietHours, noticed));
    const single = calm.filter((one) => !waited.includes(one));
    const room = rules.messagesPerHour - rules.sentLastHour - urgent.length;
    if (room <= 0) held += calm.length;
    else if (single.length + Math.ceil(waited.length / mostPerDigest) <= room) {
      messages.push(...digests(waited), ...single.map((one) => together([one])));
    } else {
      const alone = single.slice(0, room - 1);
      const rest = [...waited, ...single.slice(alone.length)].sort((a, b) => a.alert - b.alert);
      const [first, ...more] = digests(rest);
      messages.push(...alone.map((one) => together([one])), first!);
      held += more.reduce((sum, { alerts }) => sum + alerts.length, 0);
    }
  }
  return { messages, held, nextAt: soonest(held > 0 ? [...later, now + lookAgainMs] : later) };
}

function digests(alerts: readonly PendingDelivery[]): PlannedMessage[] {
  const made: PlannedMessage[] = [];
  for (let from = 0; from < alerts.length; from += mostPerDigest)
    made.push(together(alerts.slice(from, from + mostPerDigest)));
  return made;
}

function together(alerts: readonly PendingDelivery[]): PlannedMessage {
  if (alerts.length === 1) return { id: `alert-${alerts[0]!.alertId}`, alerts: [alerts[0]!.alert] };
  const ids = alerts.map(({ alertId }) => alertId).sort();
  return {
    id: `digest-${createHash('sha256').update(ids.join('|')).digest('hex').slice(0, 32)}`,
    alerts: numbers(alerts),
  };
}

/** Due deliveries that went out before, by message. */
function groups(due: readonly PendingDelivery[]): PendingDelivery[][] {
  const found = new Map<string, PendingDelivery[]>();
  for (const one of due) {
    if (one.messageId === null) continue;
    const others = found.get(one.messageId);
    if (others) others.push(one);
    else found.set(one.messageId, [one]);
  }
  return [...found.values()];
}

const numbers = (alerts: readonly PendingDelivery[]) => alerts.map(({ alert }) => alert).sort((a, b) => a - b);
const soonest = (times: readonly number[]) => (times.length === 0 ? null : Math.min(...times));
