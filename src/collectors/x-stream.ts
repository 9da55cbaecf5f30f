import { SourceError, UserError } from '../base/errors.ts';
import type { Batch, CollectorInput, Gap } from './collector.ts';
import { Reconnection } from './reconnection.ts';
import type { XApi } from './x-api.ts';

const idleMs = 45_000;
const reconnect = { baseMs: 5_000, capMs: 320_000 };
const refusalHint = 'Check SPILLOVER_X_BEARER and the access you pay for.';
/** Rules of this program are told from those of others by their tag. */
const tagPrefix = 'spillover';
/** The search knows nothing of the last seconds. */
const searchLagMs = 15_000;
const searchReachMs = 7 * 86_400_000 - 3_600_000;

interface StreamLine {
  data?: { id?: unknown };
  matching_rules?: { id?: unknown }[];
  errors?: { title?: unknown; detail?: unknown }[];
}

/** Makes the rules at X those that are wanted; returns their ids. Rules of others stay. */
async function syncRules(api: XApi, wanted: readonly string[]): Promise<Set<string>> {
  const own = (await api.rules()).filter(({ tag }) => tag.startsWith(tagPrefix));
  const stale = own.filter(({ value }) => !wanted.includes(value)).map(({ id }) => id);
  const missing = wanted.filter((value) => !own.some((rule) => rule.value === value));
  if (stale.length > 0) await api.changeRules({ delete: { ids: stale } });
  if (missing.length > 0) await api.changeRules({ add: missing.map((value) => ({ value, tag: tagPrefix })) });
  const now = await api.rules();
  return new Set(
    now.filter(({ tag, value }) => tag.startsWith(tagPrefix) && wanted.includes(value)).map(({ id }) => id),
  );
}

/** Follows the filtered stream; after a break the recent search gives what came meanwhile. Ends at `most` posts. */
export async function* readXStream(
  input: CollectorInput,
  api: XApi,
  wanted: readonly string[],
  most: number,
): AsyncGenerator<Batch> {
  const { world } = input;
  const ids = await syncRules(api, wanted);
  let through = (input.cursor as { stream?: number } | null)?.stream ?? null;
  let left = most;
  /** A break that is still to be mended: the search must know its end first. Until then nothing counts as received since. */
  let owed = null as { from: number; to: number } | null;
  const reconnection = new Reconnection(input, reconnect, refusalHint);
  while (left > 0) {
    reconnection.opening();
    try {
      let isFirst = true;
      let rest = '';
      for await (const piece of api.stream(idleMs)) {
        reconnection.heard(piece.trim() !== '');
        const now = world.now();
        if (isFirst && through !== null) owed = { from: owed?.from ?? through, to: now };
        if (owed !== null && now - owed.to > searchLagMs) {
          for await (const batch of backfill(api, wanted, owed, left)) {
            left -= batch.posts ?? 0;
            yield batch;
          }
          owed = null;
        }
        const lines = (rest + piece).split(/\r?\n/);
        rest = lines.pop() ?? '';
        const { batch, drop } = sorted(lines, ids, left);
        left -= batch.posts ?? 0;
        through = now;
        const cap: Gap[] =
          left <= 0
            ? [{ from: now, to: now, cause: `stopped at the maximum of ${most} posts`, missed: null, flag: 'capped' }]
            : [];
        yield {
          ...batch,
          gaps: cap,
          cursor: { stream: owed?.from ?? now },
          ...(isFirst ? { collectedFrom: now } : {}),
          collectedThrough: owed?.from ?? now,
        };
        isFirst = false;
        if (left <= 0) return;
        if (drop !== null) throw new SourceError('x', `the stream ends: ${drop}`, true);
      }
    } catch (error) {
      await reconnection.waitAfter(error);
    }
  }
}

function sorted(
  lines: readonly string[],
  ids: ReadonlySet<string>,
  left: number,
): { batch: Batch; drop: string | null } {
  const records: string[] = [];
  let passedOver = 0;
  let drop: string | null = null;
  for (const line of lines) {
    if (line.trim() === '' || records.length >= left) continue;
    const message = parsed(line);
    if (message?.errors && message.data === undefined)
      drop = String(message.errors[0]?.title ?? message.errors[0]?.detail ?? 'no reason given');
    else if (message?.matching_rules && !message.matching_rules.some(({ id }) => ids.has(String(id)))) passedOver++;
    else records.push(line);
  }
  return { batch: { records, passedOver, posts: records.length }, drop };
}

function parsed(line: string): StreamLine | null {
  try {
    return JSON.parse(line) as StreamLine | null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Asks the recent search for the posts of a break, rule by rule, as stream lines. */
async function* backfill(
  api: XApi,
  wanted: readonly string[],
  { from, to }: { from: number; to: number },
  most: number,
): AsyncGenerator<Batch> {
  const start = Math.max(from, to - searchReachMs);
  let left = most;
  let trouble: string | null = start > from ? 'the recent search reaches back seven days only' : null;
  for (const query of wanted) {
    let next: string | null = null;
    do {
      if (left <= 0) {
        trouble = 'the stated maximum of posts was reached';
        break;
      }
      try {
        const page = await api.search('recent', {
          query,
          start_time: new Date(Math.floor(start / 1000) * 1000).toISOString(),
          end_time: new Date(Math.ceil(to / 1000) * 1000).toISOString(),
          max_results: String(Math.max(10, Math.min(100, left))),
          ...(next === null ? {} : { next_token: next }),
        });
        left -= page.posts;
        next = page.next;
        if (page.posts > 0) yield { records: [page.line], posts: page.posts };
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        trouble = `the search does not take the rule ${query}`;
        next = null;
      }
    } while (next !== null);
  }
  yield {
    gaps: [
      trouble === null
        ? {
            from,
            to,
            missed: null,
            flag: 'late',
            cause: 'the stream broke; read afterwards from the recent search, without posts deleted meanwhile',
          }
        : { from, to, missed: null, flag: 'gap', cause: `the stream broke, and ${trouble}` },
    ],
  };
}
