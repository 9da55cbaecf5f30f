import { describe, expect, it } from 'vitest';
import type { Weekday } from '../base/quiet-hours.ts';
import { type PendingDelivery, planMessages, type SendingRules } from './plan-messages.ts';

const days: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const night = { fromMinute: 22 * 60, toMinute: 7 * 60, timeZone: 'Europe/Paris', days };
const rules: SendingRules = { isList: false, quietHours: night, messagesPerHour: 20, sentLastHour: 0 };
const noon = Date.parse('2027-03-10T11:00:00Z');
const pending = (alert: number, more: Partial<PendingDelivery> = {}): PendingDelivery => ({
  alert,
  alertId: `id${alert}`,
  isUrgent: false,
  noticed: noon,
  messageId: null,
  nextAttempt: null,
  ...more,
});
const many = (count: number, more: Partial<PendingDelivery> = {}) =>
  Array.from({ length: count }, (_, at) => pending(at + 1, more));

describe('planMessages', () => {
  it('sends alerts one by one by day', () => {
    expect(planMessages(many(2), rules, noon)).toEqual({
      messages: [
        { id: 'alert-id1', alerts: [1] },
        { id: 'alert-id2', alerts: [2] },
      ],
      held: 0,
      nextAt: null,
    });
  });

  it('holds what is not urgent at night, and gives it together in the morning, also over a change of clocks', () => {
    for (const [evening, inQuiet, morning] of [
      ['2027-03-10T22:00:00Z', '2027-03-11T05:59:00Z', '2027-03-11T06:00:00Z'],
      ['2027-03-27T22:00:00Z', '2027-03-28T04:59:00Z', '2027-03-28T05:00:00Z'],
      ['2027-10-30T21:00:00Z', '2027-10-31T05:59:00Z', '2027-10-31T06:00:00Z'],
    ] as const) {
      const noticed = Date.parse(evening);
      const alerts = [pending(1, { noticed }), pending(2, { noticed, isUrgent: true }), pending(3, { noticed })];
      expect(planMessages(alerts, rules, Date.parse(inQuiet))).toMatchObject({
        messages: [{ alerts: [2] }],
        held: 2,
        nextAt: Date.parse(inQuiet) + 60_000,
      });
      const after = planMessages([alerts[0]!, alerts[2]!], rules, Date.parse(morning));
      expect(after.messages.map((one) => one.alerts)).toEqual([[1, 3]]);
      expect(after.messages[0]!.id).toMatch(/^digest-[0-9a-f]{32}$/);
    }
  });

  it('sends a message again as it was, under its id, when its time has come', () => {
    const tried = { messageId: 'digest-x', nextAttempt: noon + 5_000 };
    const alerts = [pending(1, tried), pending(2, tried), pending(3)];
    expect(planMessages(alerts, rules, noon)).toEqual({
      messages: [{ id: 'alert-id3', alerts: [3] }],
      held: 0,
      nextAt: noon + 5_000,
    });
    expect(planMessages(alerts, rules, noon + 5_000).messages).toContainEqual({ id: 'digest-x', alerts: [1, 2] });
  });

  it('puts what is above the hourly limit into one message, never an urgent one, and waits where the hour is full', () => {
    const flood = [...many(30), pending(31, { isUrgent: true })];
    const plan = planMessages(flood, { ...rules, messagesPerHour: 10, sentLastHour: 5 }, noon);
    expect(plan.messages.map((one) => one.alerts.length)).toEqual([1, 1, 1, 1, 27]);
    expect(plan.messages[0]!.alerts).toEqual([31]);
    expect(plan.held).toBe(0);
    const full = planMessages(flood, { ...rules, messagesPerHour: 10, sentLastHour: 10 }, noon);
    expect(full).toMatchObject({ messages: [{ alerts: [31] }], held: 30, nextAt: noon + 60_000 });
  });

  it('loses and repeats nothing, whatever the hour and the limit', () => {
    for (let hour = 0; hour < 48; hour++) {
      for (const sentLastHour of [0, 3, 4, 20]) {
        const now = noon + hour * 3_600_000;
        const alerts = many(250).map((one) => ({
          ...one,
          isUrgent: one.alert % 50 === 0,
          noticed: noon + ((one.alert * 7) % 24) * 3_600_000,
        }));
        const { messages, held } = planMessages(alerts, { ...rules, messagesPerHour: 5, sentLastHour }, now);
        const sent = messages.flatMap((one) => one.alerts);
        expect(new Set(sent).size).toBe(sent.length);
        expect(sent.length + held).toBe(250);
        expect(sent.filter((one) => one % 50 === 0)).toHaveLength(5);
      }
    }
  });

  it('gives a list everything at once, at any hour', () => {
    const plan = planMessages(
      many(3),
      { ...rules, isList: true, messagesPerHour: 1 },
      Date.parse('2027-03-10T23:00:00Z'),
    );
    expect(plan.messages.map((one) => one.alerts)).toEqual([[1, 2, 3]]);
  });
});
