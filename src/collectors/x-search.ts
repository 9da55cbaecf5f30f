import { UserError } from '../base/errors.ts';
import type { Batch, CollectorInput, Gap } from './collector.ts';
import { numberOption, textOption } from './read-collector-options.ts';
import type { XApi } from './x-api.ts';

const searchLagMs = 15_000;
const searchReachMs = 7 * 86_400_000 - 3_600_000;

interface RecentCursor {
  /** Everything before this time was asked for; milliseconds since 1970. */
  recent: number;
}

interface ArchiveCursor {
  archive: { next: string | null; done: boolean };
}

const iso = (time: number) => new Date(Math.floor(time / 1000) * 1000).toISOString();

const cappedAt = (from: number, to: number, most: number): Gap => ({
  from,
  to,
  cause: `stopped at the maximum of ${most} posts`,
  missed: null,
  flag: 'capped',
});

/** Asks the recent search again and again for what came since the last look; ends at `most` posts. */
export async function* readXRecent(
  input: CollectorInput,
  api: XApi,
  query: string,
  most: number,
): AsyncGenerator<Batch> {
  const { world, signal } = input;
  const everyMs = numberOption(input.options, 'everySeconds') * 1000;
  let since = (input.cursor as RecentCursor | null)?.recent ?? null;
  let left = most;
  for (;;) {
    const until = world.now() - searchLagMs;
    const reach = world.now() - searchReachMs;
    const start = Math.max(since ?? reach, reach);
    const cause = 'the recent search reaches back seven days only';
    if (since !== null && since < reach) yield { gaps: [{ from: since, to: reach, cause, missed: null, flag: 'gap' }] };
    let next: string | null = null;
    do {
      const page = await api.search('recent', {
        query,
        start_time: iso(start),
        end_time: iso(until),
        max_results: String(Math.max(10, Math.min(100, left))),
        ...(next === null ? {} : { next_token: next }),
      });
      left -= page.posts;
      next = page.next;
      if (page.posts > 0) yield { records: [page.line], posts: page.posts };
      if (left <= 0 && next !== null) {
        yield { gaps: [cappedAt(start, Number.isFinite(page.oldest) ? page.oldest : until, most)] };
        return;
      }
    } while (next !== null);
    yield {
      cursor: { recent: until } satisfies RecentCursor,
      ...(since === null ? { collectedFrom: start } : {}),
      collectedThrough: until,
    };
    if (left <= 0) return;
    since = until;
    await world.sleep(everyMs, signal);
  }
}

/** Reads the full archive between two times, newest first, once; goes on where it stopped. */
export async function* readXArchive(
  input: CollectorInput,
  api: XApi,
  query: string,
  most: number,
): AsyncGenerator<Batch> {
  const [from, to] = ['from', 'to'].map((name) => Date.parse(textOption(input.options, name) ?? ''));
  if (!Number.isFinite(from) || !Number.isFinite(to) || from! >= to!) {
    throw new UserError(
      'The archive is read from one time to a later one.',
      'Give --from and --to as 2017-05-01T00:00:00Z.',
    );
  }
  const cursor = (input.cursor as ArchiveCursor | null)?.archive ?? { next: null, done: false };
  if (cursor.done) {
    input.note('This span of the archive is collected already.');
    return;
  }
  let left = most;
  let next = cursor.next;
  for (;;) {
    const page = await api.search('all', {
      query,
      start_time: iso(from!),
      end_time: iso(to!),
      max_results: String(Math.max(10, Math.min(500, left))),
      ...(next === null ? {} : { next_token: next }),
    });
    left -= page.posts;
    next = page.next;
    const isDone = next === null;
    const isCapped = left <= 0 && !isDone;
    yield {
      records: page.posts > 0 ? [page.line] : [],
      posts: page.posts,
      gaps: isCapped ? [cappedAt(from!, Number.isFinite(page.oldest) ? page.oldest : to!, most)] : [],
      cursor: { archive: { next, done: isDone } } satisfies ArchiveCursor,
      ...(isDone ? { collectedFrom: from!, collectedThrough: to! } : {}),
    };
    if (isDone || isCapped) return;
  }
}
