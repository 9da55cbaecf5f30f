import { describe, expect, it } from 'vitest';
import { emptyCase } from '../../test/support/collecting.ts';
import { signal } from '../../test/support/watching.ts';
import { alertText } from '../outputs/alert-text.ts';
import { alertContents } from './alert-contents.ts';
import { noteOutcome, type OutboxOutput, type OutboxRules, reviveRefused, takeOutgoing } from './alert-outbox.ts';
import { acknowledgeAlerts, getAlert, listAlerts, storeAlerts } from './alerts.ts';
import { caseMask } from './case-mask.ts';

const hook: OutboxOutput = { name: 'hook', shows: 0, quietHours: null };
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const night = { fromMinute: 22 * 60, toMinute: 7 * 60, timeZone: 'Europe/Paris', days };
const rules: OutboxRules = {
  caseName: 'a',
  messagesPerHour: 20,
  giveUpAfterMs: 3 * 86_400_000,
  mask: async () => null,
};
const at = (iso: string) => Date.parse(iso);
const noon = at('2027-03-27T11:00:00Z');
const alert = (key: string, more: object = {}) => ({ ...signal(key), isUrgent: false, blind: [], ...more });
const failed = { arrived: false, trouble: 'no', retryable: true, retryAfterMs: null } as const;
const half = () => 0.5;

describe('the outbox', () => {
  it('keeps a signal once, whatever comes with its key, and asks for one delivery of each output', async () => {
    const spilloverCase = await emptyCase();
    expect(await storeAlerts(spilloverCase, [alert('a'), alert('b'), alert('a')], ['x', 'y'], noon)).toEqual([1, 2]);
    expect(await storeAlerts(spilloverCase, [alert('b', { headline: 'later' }), alert('c')], ['x'], noon)).toEqual([3]);
    const alerts = await listAlerts(spilloverCase);
    expect(alerts.map((one) => [one.number, one.headline, one.deliveries.length])).toEqual([
      [3, 'headline of c', 1],
      [2, 'headline of b', 2],
      [1, 'headline of a', 2],
    ]);
    expect(alerts[2]).toMatchObject({ at: '2027-03-10T11:00:00.000Z', noticed: '2027-03-27T11:00:00.000Z' });
  });

  it('gives different cases different ids for the same signal', async () => {
    const [one, two] = [await emptyCase(), await emptyCase()];
    for (const each of [one, two]) await storeAlerts(each, [alert('a')], ['hook'], noon);
    expect((await getAlert(one, 1)).id).not.toBe((await getAlert(two, 1)).id);
  });

  it('holds the night of a change of clocks back and sends it as one digest, which keeps its id when it goes out again', async () => {
    const spilloverCase = await emptyCase();
    const output = { ...hook, quietHours: night };
    const evening = at('2027-03-27T22:30:00Z');
    await storeAlerts(spilloverCase, [alert('a'), alert('b'), alert('u', { isUrgent: true })], ['hook'], evening);
    const first = await takeOutgoing(spilloverCase, [output], rules, evening);
    expect(first.outgoing.map(({ message }) => message.alerts.map(({ number }) => number))).toEqual([[3]]);
    expect(first.held).toEqual({ hook: 2 });
    await noteOutcome(spilloverCase, first.outgoing[0]!, { arrived: true, remark: null }, evening, half);
    expect((await takeOutgoing(spilloverCase, [output], rules, at('2027-03-28T04:59:00Z'))).outgoing).toEqual([]);
    const morning = at('2027-03-28T05:00:00Z');
    const digest = await takeOutgoing(spilloverCase, [output], rules, morning);
    expect(digest.outgoing.map(({ message }) => [message.kind, message.alerts.length])).toEqual([['digest', 2]]);
    await storeAlerts(spilloverCase, [alert('c')], ['hook'], morning);
    const again = await takeOutgoing(spilloverCase, [output], rules, morning);
    expect(again.outgoing[0]!.message).toEqual(digest.outgoing[0]!.message);
    expect(again.outgoing[1]!.message.alerts.map(({ headline }) => headline)).toEqual(['headline of c']);
  });

  it('tries again after 15 s, 30 s, 1 min … up to an hour, heeds Retry-After, and gives up after its time', async () => {
    const spilloverCase = await emptyCase();
    await storeAlerts(spilloverCase, [alert('a')], ['hook'], noon);
    const waits: number[] = [];
    let now = noon;
    for (let attempt = 0; attempt < 12; attempt++) {
      const { outgoing } = await takeOutgoing(spilloverCase, [hook], rules, now);
      const asked = attempt === 3 ? { ...failed, retryAfterMs: 500_000 } : failed;
      await noteOutcome(spilloverCase, outgoing[0]!, asked, now, () => 1);
      const { deliveries } = await getAlert(spilloverCase, 1);
      const next = Date.parse(deliveries[0]!.nextAttempt!);
      expect((await takeOutgoing(spilloverCase, [hook], rules, next - 1)).outgoing).toEqual([]);
      waits.push((next - now) / 1000);
      now = next;
    }
    expect(waits).toEqual([15, 30, 60, 500, 240, 480, 960, 1920, 3600, 3600, 3600, 3600]);
    const late = noon + rules.giveUpAfterMs + 1;
    expect((await takeOutgoing(spilloverCase, [hook], rules, late)).outgoing).toEqual([]);
    expect((await getAlert(spilloverCase, 1)).deliveries[0]).toMatchObject({ state: 'given-up', attempts: 12 });
  });

  it('does not try again what was refused, until it is revived', async () => {
    const spilloverCase = await emptyCase();
    await storeAlerts(spilloverCase, [alert('a')], ['hook'], noon);
    const [one] = (await takeOutgoing(spilloverCase, [hook], rules, noon)).outgoing;
    await noteOutcome(spilloverCase, one!, { ...failed, retryable: false }, noon, half);
    expect((await takeOutgoing(spilloverCase, [hook], rules, noon + 86_400_000)).outgoing).toEqual([]);
    expect(await reviveRefused(spilloverCase)).toBe(1);
    expect((await takeOutgoing(spilloverCase, [hook], rules, noon)).outgoing[0]!.message.id).toBe(one!.message.id);
  });

  it('counts what arrived in the last hour', async () => {
    const spilloverCase = await emptyCase();
    const few = { ...rules, messagesPerHour: 3 };
    await storeAlerts(spilloverCase, [alert('a'), alert('b')], ['hook'], noon);
    for (const one of (await takeOutgoing(spilloverCase, [hook], few, noon)).outgoing)
      await noteOutcome(spilloverCase, one, { arrived: true, remark: null }, noon, half);
    await storeAlerts(
      spilloverCase,
      [...'cdefg'].map((key) => alert(key)),
      ['hook'],
      noon,
    );
    const sizes = async (now: number) =>
      (await takeOutgoing(spilloverCase, [hook], few, now)).outgoing.map(({ message }) => message.alerts.length);
    expect(await sizes(noon + 1)).toEqual([5]);
  });

  it('keeps who acknowledged nothing apart from what was', async () => {
    const spilloverCase = await emptyCase();
    await storeAlerts(spilloverCase, [alert('a'), alert('b')], [], noon);
    await acknowledgeAlerts(spilloverCase, [1], 'a parody', noon + 60_000);
    expect((await listAlerts(spilloverCase, { open: true })).map(({ number }) => number)).toEqual([2]);
    expect(await getAlert(spilloverCase, 1)).toMatchObject({
      note: 'a parody',
      acknowledged: '2027-03-27T11:01:00.000Z',
    });
    await expect(acknowledgeAlerts(spilloverCase, [7], null, noon)).rejects.toThrow('There is no alert 7.');
  });
});

describe('a masked alert', () => {
  it('names nobody who is no public figure, in no part', async () => {
    const spilloverCase = await emptyCase();
    const { database } = spilloverCase;
    await database.run(
      `insert into account by name select 1 as account_key, 'x' as platform, '4711' as account_id, 'little_joe' as handle, 'Joe Little' as name`,
    );
    await database.run(`insert into source by name select 1 as source_key, 'f' as file, 'f' as path, '' as sha256, 1 as bytes, 'f' as format, '' as options,
      now()::timestamp as started, 1 as records_read, 1 as posts_added, 0 as duplicates, 0 as problems, 0 as embedded, []::varchar[] as notes, '' as software_version`);
    await database.run(`insert into post by name select 1 as post_key, 'x' as platform, '1234567890123456789' as post_id, 1 as account_key,
      timestamp '2027-03-27 10:00:00' as time, 'original' as kind, 'I, Joe Little, @little_joe, say so' as text,
      'https://x.com/little_joe/status/1234567890123456789' as permalink, false as embedded, 1 as source_key`);
    const about = {
      subject: 'x/4711',
      headline: '@little_joe (x/4711) takes part again',
      reasons: ['little_joe was a catalyst, Joe Little says'],
      posts: ['x/1234567890123456789'],
      score: { probability: 0.7, withinHours: 6, reasons: ['carried by little_joe'] },
    };
    await storeAlerts(spilloverCase, [alert('a', about)], ['hook'], noon);
    const text = async (mask: Parameters<typeof alertContents>[2]) => {
      const alerts = await alertContents(spilloverCase, [1], mask);
      return `${JSON.stringify(alerts)}${alertText({ id: '1', kind: 'alert', case: 'a', alerts })}`;
    };
    const traces = /little_joe|Joe Little|4711|1234567890123456789/;
    expect(await text(null)).toMatch(traces);
    const masked = await text(await caseMask(spilloverCase));
    expect(masked).not.toMatch(traces);
    expect(masked).toMatch(/x\/account-[0-9a-f]{12}/);
  });
});
