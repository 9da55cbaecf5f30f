import { UserError } from '../../base/errors.ts';
import type { Database } from '../../store/database.ts';
import { viewNearTexts } from '../../store/near-texts.ts';
import { type DerivedKind, derivedKinds, isStored } from './artifact-kinds.ts';
import { emptyShares, orderShares, type ShareColumns } from './share-columns-kernel.ts';

export interface ShareRequest {
  kinds: readonly string[];
  /** Only the posts in `story_post`. */
  story: boolean;
  minTags: number;
  rapidSeconds: number;
  /** Leave out what reshares carry, except for the kind reshared. */
  withoutReshares?: boolean;
  /** Count the reshared post, where it is in the case, as a share of itself (CooRTweet's reshape_tweets). */
  withOriginals?: boolean;
  /** Count a row that its file gave twice as two shares. */
  withRepeats?: boolean;
}

export interface LoadedShares {
  /** By artifact, time, account that appeared first, post. */
  shares: ShareColumns;
  /** Posts that are the very artifact they share: `post_key` by row; null where there are none. */
  isItself: ((artifact: number, content: number) => boolean) | null;
  /** Place in `kinds` of an artifact's kind. */
  kindOf: Uint8Array;
  withoutAccount: number;
  withoutTime: number;
  repeats: number;
  artifactCount: number;
}

/** Reads the shares of some kinds of artifact into columns, in the order in which the case holds them. */
export async function loadShares(database: Database, request: ShareRequest): Promise<LoadedShares> {
  await deriveShares(database, request);
  const kinds = await readKinds(database, request.kinds);
  const skipped = await skippedPosts(database, request);
  const capacity = await countRows(database, request, kinds);
  let shares = emptyShares(capacity);
  let rows = 0;
  let withoutAccount = 0;
  let withoutTime = 0;
  const take = ([artifacts, times, accounts, posts]: readonly (Int32Array | Float64Array)[], count: number) => {
    for (let row = 0; row < count; row++) {
      const artifact = artifacts![row]!;
      if (kinds.of[artifact] === 0 || (skipped && skipped[posts![row]!] === 1)) continue;
      if (accounts![row]! < 0) withoutAccount++;
      else if (times![row]! < 0) withoutTime++;
      else {
        shares.artifact[rows] = artifact;
        shares.time[rows] = times![row]!;
        shares.account[rows] = accounts![row]!;
        shares.content[rows] = posts![row]!;
        rows++;
      }
    }
  };
  const columns = `artifact_key, coalesce(epoch_us(time)::double, -1), coalesce(account_key, -1), post_key`;
  if (request.kinds.some(isStored))
    await database.blocks(
      `select ${columns} from share where artifact_key between $low::integer and $high::integer`,
      { low: kinds.low, high: kinds.high },
      take,
    );
  if (!request.kinds.every(isStored))
    await database.blocks(
      `select ${columns} from derived_share join derived_artifact using (kind, value) order by artifact_key, time, post_key`,
      {},
      take,
    );
  if (request.withOriginals)
    await database.blocks(
      `select ${columns} from artifact join post on post.platform || '/' || post.post_id = artifact.value
       where artifact.kind = 'reshared' order by artifact_key`,
      {},
      take,
    );
  const before = rows;
  if (request.withRepeats)
    await database.blocks(`select ${columns} from repeated_share join share using (post_key, artifact_key)`, {}, take);
  if (rows > capacity) throw new RangeError(`${rows} shares where ${capacity} were counted`);
  shares = {
    artifact: shares.artifact.subarray(0, rows),
    time: shares.time.subarray(0, rows),
    account: shares.account.subarray(0, rows),
    content: shares.content.subarray(0, rows),
  };
  return {
    shares: orderShares(shares),
    isItself: await selfShares(database, request),
    kindOf: kinds.of,
    withoutAccount,
    withoutTime,
    repeats: rows - before,
    artifactCount: kinds.of.length,
  };
}

/** Temporary tables `derived_artifact` and `derived_share` for the kinds that the import does not write. */
async function deriveShares(database: Database, request: ShareRequest): Promise<void> {
  await database.run(
    'create or replace temp table derived_share (post_key integer, kind varchar, value varchar, account_key integer, time timestamp)',
  );
  if (request.kinds.includes('near-text')) await viewNearTexts(database, request.story);
  for (const kind of request.kinds.filter((one) => !isStored(one))) {
    const { sql } = derivedKinds[kind as DerivedKind];
    await database.run(
      `insert into derived_share select post_key, $kind, value, account_key, time from (${sql}) where value <> ''`,
      {
        kind,
        ...(sql.includes('$minTags') ? { minTags: request.minTags } : {}),
        ...(sql.includes('$rapidSeconds') ? { rapidSeconds: request.rapidSeconds } : {}),
      },
    );
  }
  await database.run(`create or replace temp table derived_artifact as
    select ((select coalesce(max(artifact_key), 0) from artifact) + row_number() over (order by kind, value))::integer as artifact_key, kind, value
    from (select distinct kind, value from derived_share)`);
  await database.run(`create or replace temp view any_artifact as
    select artifact_key, kind, value from artifact union all select artifact_key, kind, value from derived_artifact`);
}

async function readKinds(database: Database, kinds: readonly string[]) {
  const top = await database.first<{ n: number }>('select coalesce(max(artifact_key), 0) as n from any_artifact');
  const of = new Uint8Array(top!.n + 1);
  let low = top!.n;
  let high = 0;
  for (const [place, kind] of kinds.entries()) {
    const table = isStored(kind) ? 'artifact' : 'derived_artifact';
    await database.blocks(`select artifact_key from ${table} where kind = $kind`, { kind }, ([keys], count) => {
      for (let row = 0; row < count; row++) {
        const key = keys![row]!;
        of[key] = place + 1;
        if (!isStored(kind)) continue;
        if (key < low) low = key;
        if (key > high) high = key;
      }
    });
  }
  return { of, low, high };
}

/** Posts outside the story, and reshares where they are not wanted; null where every post counts. */
async function skippedPosts(database: Database, request: ShareRequest): Promise<Uint8Array | null> {
  if (!request.story && !request.withoutReshares) return null;
  const top = await database.first<{ n: number }>('select coalesce(max(post_key), 0) as n from post');
  const skipped = new Uint8Array(top!.n + 1);
  const mark = (value: number) => (columns: readonly (Int32Array | Float64Array)[], count: number) => {
    for (let row = 0; row < count; row++) skipped[columns[0]![row]!] = value;
  };
  if (request.story) {
    skipped.fill(1);
    await database.blocks('select post_key from story_post', {}, mark(0));
  }
  if (request.withoutReshares) await database.blocks(`select post_key from post where kind = 'reshare'`, {}, mark(1));
  return skipped;
}

async function countRows(
  database: Database,
  request: ShareRequest,
  kinds: { low: number; high: number },
): Promise<number> {
  const stored = request.kinds.some(isStored)
    ? await database.first<{ n: number }>(
        'select count(*) as n from share where artifact_key between $low::integer and $high::integer',
        { low: kinds.low, high: kinds.high },
      )
    : { n: 0 };
  const derived = await database.first<{ n: number }>('select count(*) as n from derived_share');
  const originals = request.withOriginals
    ? await database.first<{ n: number }>('select count(*) as n from post')
    : { n: 0 };
  const repeats = request.withRepeats
    ? await database.first<{ n: number }>('select count(*) as n from repeated_share')
    : { n: 0 };
  const rows = stored!.n + derived!.n + originals!.n + repeats!.n;
  if (rows > 400_000_000)
    throw new UserError(
      `${rows.toLocaleString('en')} shares are more than this program holds in memory (400 million).`,
      'Look at one story (--story NAME) or at fewer kinds (--on).',
    );
  return rows;
}

/** Shares whose artifact is the post itself: only opaque objects and reshared posts can be that. */
async function selfShares(database: Database, request: ShareRequest): Promise<LoadedShares['isItself']> {
  const found = new Set<number>();
  const take = ([artifacts, posts]: readonly (Int32Array | Float64Array)[], count: number) => {
    for (let row = 0; row < count; row++) found.add(artifacts![row]! * 4294967296 + posts![row]!);
  };
  if (request.kinds.includes('object'))
    await database.blocks(
      `select artifact_key, post_key from artifact join post on post.post_id = artifact.value where artifact.kind = 'object'`,
      {},
      take,
    );
  if (request.withOriginals)
    await database.blocks(
      `select artifact_key, post_key from artifact join post on post.platform || '/' || post.post_id = artifact.value where artifact.kind = 'reshared'`,
      {},
      take,
    );
  return found.size === 0 ? null : (artifact, content) => found.has(artifact * 4294967296 + content);
}
