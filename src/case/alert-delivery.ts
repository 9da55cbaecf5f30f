import type { Mask } from '../domain/mask.ts';
import { DeliveryError, type Output } from '../outputs/output.ts';
import { newestContents, noteOutcome, type Outbox, type Outcome, type Outgoing, takeOutgoing } from './alert-outbox.ts';
import type { Case } from './case.ts';
import { caseMask } from './case-mask.ts';
import type { CaseLender } from './lend-case.ts';
import type { WatchPlan } from './plan-watch.ts';

export interface DeliveryCount {
  delivered: number;
  lastDelivered: string | null;
  held: number;
  trouble: string | null;
}

export interface DeliveryEffects {
  now: () => number;
  random: () => number;
  sleep: (ms: number) => Promise<void>;
  note: (text: string) => void;
}

const noteAgainMs = 1_000;
const noteAttempts = 60;

/** Sends what waits in the case's outbox to the outputs of a watch, output beside output. */
export class AlertDelivery {
  readonly #plan: WatchPlan;
  readonly #outputs: ReadonlyMap<string, Output>;
  readonly #lend: CaseLender;
  readonly #effects: DeliveryEffects;
  readonly #caseName: string;
  readonly counts: Map<string, DeliveryCount>;
  #running: Promise<void> | null = null;
  #isAskedAgain = false;
  /** When something waits again; null where nothing does. */
  nextAt: number | null = null;

  constructor(
    plan: WatchPlan,
    caseName: string,
    outputs: readonly Output[],
    lend: CaseLender,
    effects: DeliveryEffects,
  ) {
    this.#plan = plan;
    this.#caseName = caseName;
    this.#outputs = new Map(outputs.map((one) => [one.name, one]));
    this.#lend = lend;
    this.#effects = effects;
    this.counts = new Map(
      outputs.map(({ name }) => [name, { delivered: 0, lastDelivered: null, held: 0, trouble: null }]),
    );
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /** One round of deliveries, after the one that is under way; resolves when they are over. Rejects only where the case cannot be opened. */
  run(): Promise<void> {
    this.#isAskedAgain = true;
    this.#running ??= this.#rounds().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #rounds(): Promise<void> {
    while (this.#isAskedAgain) {
      this.#isAskedAgain = false;
      await this.#round();
    }
  }

  /** Writes lists such as feeds as they stand, also before the first alert. */
  async writeLists(): Promise<void> {
    for (const output of this.#outputs.values()) {
      if (output.shows === 0) continue;
      const newest = await this.#lend(async (spilloverCase) =>
        newestContents(spilloverCase, output.name, output.shows, await this.#mask(spilloverCase)),
      );
      const message = { id: 'list', kind: 'digest' as const, case: this.#caseName, alerts: [] };
      const outcome = await this.#send({ output: output.name, message, newest });
      if (!outcome.arrived) this.#trouble(output.name, outcome.trouble);
    }
  }

  async #round(): Promise<void> {
    const { messagesPerHour, giveUpAfterMs } = this.#plan;
    const box: Outbox = await this.#lend(async (spilloverCase) =>
      takeOutgoing(
        spilloverCase,
        this.#plan.outputs.map(({ name, heedsQuiet }) => ({
          name,
          shows: this.#outputs.get(name)!.shows,
          quietHours: heedsQuiet ? this.#plan.quietHours : null,
        })),
        { caseName: this.#caseName, messagesPerHour, giveUpAfterMs, mask: () => this.#mask(spilloverCase) },
        this.#effects.now(),
      ),
    );
    for (const [name, count] of this.counts) count.held = box.held[name] ?? 0;
    const byOutput = new Map<string, Outgoing[]>();
    for (const one of box.outgoing) byOutput.set(one.output, [...(byOutput.get(one.output) ?? []), one]);
    await Promise.all([...byOutput.values()].map((outgoing) => this.#sendAll(outgoing)));
    this.nextAt = await this.#lend(async (spilloverCase) => soonestAttempt(spilloverCase));
    if (box.nextAt !== null) this.nextAt = Math.min(this.nextAt ?? box.nextAt, box.nextAt);
  }

  async #sendAll(outgoing: readonly Outgoing[]): Promise<void> {
    for (const one of outgoing) {
      const outcome = await this.#send(one);
      const count = this.counts.get(one.output)!;
      if (outcome.arrived) {
        count.delivered++;
        count.lastDelivered = new Date(this.#effects.now()).toISOString();
        count.trouble = outcome.remark;
        if (outcome.remark !== null) this.#effects.note(`${one.output}: ${outcome.remark}`);
      } else {
        this.#trouble(
          one.output,
          `${outcome.trouble}; ${outcome.retryable ? 'trying again later' : 'refused: it is tried again when the watch starts again'}`,
        );
      }
      await this.#keep(one, outcome);
    }
  }

  async #send({ output, message, newest }: Outgoing): Promise<Outcome> {
    try {
      const remark = await this.#outputs.get(output)!.deliver(message, newest);
      return { arrived: true, remark };
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      const { message: trouble, retryable, retryAfterMs } = error;
      return { arrived: false, trouble, retryable, retryAfterMs };
    }
  }

  /** Notes an outcome; where another process holds the case, again and again for a minute. Then the message goes out once more, under its old id. */
  async #keep(one: Outgoing, outcome: Outcome): Promise<void> {
    const { now, random, sleep, note } = this.#effects;
    const at = now();
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#lend((spilloverCase) => noteOutcome(spilloverCase, one, outcome, at, random));
      } catch (error) {
        if (attempt === noteAttempts) {
          note(`${one.output}: what became of ${one.message.id} could not be noted (${(error as Error).message})`);
          return;
        }
        await sleep(noteAgainMs);
      }
    }
  }

  #trouble(output: string, trouble: string): void {
    const count = this.counts.get(output)!;
    if (count.trouble !== trouble) this.#effects.note(trouble);
    count.trouble = trouble;
  }

  async #mask(spilloverCase: Case): Promise<Mask | null> {
    return this.#plan.mask ? caseMask(spilloverCase) : null;
  }
}

async function soonestAttempt({ database }: Case): Promise<number | null> {
  const row = await database.first<{ at: number | null }>(
    `select epoch_ms(min(next_attempt))::double as at from delivery where state = 'waiting' and next_attempt is not null`,
  );
  return row?.at ?? null;
}
