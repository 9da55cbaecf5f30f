import {
  blueskyContent,
  blueskyParents,
  blueskyRecordType,
  tidTime,
  withoutMalformedFields,
} from './bluesky-record.ts';
import type { FileHead, Importer } from './importer.ts';
import { jsonContainer, recordsInHead } from './json-container.ts';

const commit = `rev varchar, operation varchar, collection varchar, rkey varchar, record ${blueskyRecordType}`;

const columns: Record<string, string> = {
  did: 'varchar',
  time_us: 'bigint',
  kind: 'varchar',
  commit: `struct(${commit})`,
  identity: 'struct(did varchar, handle varchar)',
  account: 'struct(did varchar, status varchar)',
  $type: 'varchar',
  payload: `struct("$type" varchar, did varchar, time varchar, handle varchar, status varchar, ${commit})`,
  type: 'varchar',
  record: `struct(live boolean, rev varchar, did varchar, action varchar, collection varchar, rkey varchar, record ${blueskyRecordType})`,
};

const streamTime =
  'coalesce(make_timestamp(time_us), iso_time(payload.time), make_timestamp(try_cast(payload.time as bigint)))';

const posts = `
with event as (
  select _row, _line, _at,
    coalesce(line.did, payload.did, record.did, identity.did, account.did) as did,
    coalesce(commit.operation, payload.operation, record.action) as operation,
    coalesce(commit.collection, payload.collection, record.collection) as collection,
    coalesce(commit.rkey, payload.rkey, record.rkey) as rkey,
    coalesce(commit.record, payload.record, record.record) as r,
    ${streamTime} as stream_time,
    coalesce(line.kind, nullif(regexp_extract(payload."$type", '#(\\w+)$', 1), ''), nullif(type, 'record'), 'unknown') as event_kind,
    coalesce(commit.rev, payload.rev, record.rev) as rev,
    coalesce(account.status, payload.status) as status
  from record as line
), located as (
  select *,
    collection in ('app.bsky.feed.post', 'app.bsky.feed.repost') as is_post,
    collection = 'app.bsky.feed.repost' as is_repost,
    'at://' || did || '/' || collection || '/' || rkey as post_id,
    case when operation = 'create' then stream_time end as seen,
    true as seen_decides
  from event
), ${blueskyContent('located')}
select _row, _line, _at,
  case
    when collection is null then 'not-a-post'
    when not is_post then 'not-a-post'
    when post_id is null then 'missing-id'
    when operation is distinct from 'delete' and r is null then 'not-a-post'
    when operation is distinct from 'delete' and is_repost and (r.subject ->> 'uri') is null then 'missing-object'
  end as problem,
  case
    when collection is null then event_kind || ' event' || coalesce(': account ' || status, '')
    when not is_post then regexp_extract(collection, '[^.]+$') || case when operation = 'delete' then ' deletion' else '' end
    when post_id is null then 'the commit names no account or record key'
    when r is null then 'the commit carries no record'
    when is_repost then 'the repost does not say of what'
  end as detail,
  is_post and coalesce(operation = 'delete', false) as update_only,
  'bluesky' as platform, post_id, did as account_id,
  case when operation is distinct from 'delete' then time end as time, time_precision_ms,
  ${blueskyParents.replace('case when', `case when is_repost then 'reshare' when`).replace('coalesce(r.reply', `coalesce((r.subject ->> 'uri'), r.reply`)},
  r.text, r.langs[1] as lang,
  case when not is_repost then 'https://bsky.app/profile/' || did || '/post/' || rkey end as permalink,
  urls, hashtags, mentions, media, clock_warnings as warnings,
  case when operation = 'update' then stream_time end as edited_at,
  case when operation = 'delete' then coalesce(stream_time, ${tidTime('rev')}) end as deleted_at
from post`;

const accounts = `
select _row, 'bluesky' as platform, coalesce(identity.did, line.did, payload.did) as account_id,
  nullif(coalesce(identity.handle, payload.handle), 'handle.invalid') as handle,
  ${streamTime} as seen_at
from record as line
where coalesce(identity.handle, payload.handle) is not null`;

interface MaybeEvent {
  did?: unknown;
  time_us?: unknown;
  kind?: unknown;
  commit?: { collection?: unknown; record?: unknown };
  payload?: { $type?: unknown; collection?: unknown; record?: unknown };
  type?: unknown;
  record?: { collection?: unknown; record?: unknown; action?: unknown };
}

const streamKinds = new Set(['commit', 'identity', 'account']);

function likeness(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const event = value as MaybeEvent;
  if (typeof event.did === 'string' && 'time_us' in event && streamKinds.has(event.kind as string)) return 0.98;
  if (typeof event.payload?.$type === 'string' && event.payload.$type.includes('jetstream')) return 0.95;
  if (event.type === 'record' && typeof event.record?.collection === 'string' && 'action' in event.record) return 0.95;
  return 0;
}

const isPostCollection = (name: unknown) => name === 'app.bsky.feed.post' || name === 'app.bsky.feed.repost';

function mended<T extends { collection?: unknown; record?: unknown }>(commit: T): T {
  return { ...commit, record: isPostCollection(commit.collection) ? withoutMalformedFields(commit.record) : null };
}

/** Bluesky Jetstream events (both wire versions) and events of the Tap backfill tool: posts, reposts and deletions. */
export const blueskyJetstream: Importer = {
  id: 'bluesky-jetstream',
  title: 'Bluesky Jetstream and Tap events',
  about:
    'One event of the Bluesky network a line, or a JSON array of them. A createdAt that cannot be true gives way to the record key or the time of the stream; deletions mark posts that are there.',
  obtain:
    'spillover collect bluesky, or save the lines of a Jetstream server (websocat wss://jetstream2.us-east.bsky.network/subscribe > events.ndjson).',
  platforms: ['bluesky'],
  sniff: (head: FileHead) => Math.max(0, ...recordsInHead(head).map(likeness)),
  container: (head) => jsonContainer(head, columns, ['[]']),
  posts,
  accounts,
  reshape: (value) => {
    if (likeness(value) === 0) return null;
    const { did, time_us, kind, commit, payload, type, record } = value as MaybeEvent;
    return {
      did: typeof did === 'string' ? did : null,
      time_us: Number.isSafeInteger(time_us) ? time_us : null,
      kind: typeof kind === 'string' ? kind : null,
      type: typeof type === 'string' ? type : null,
      ...(commit ? { commit: mended(commit) } : {}),
      ...(payload ? { payload: mended(payload) } : {}),
      ...(record ? { record: mended(record) } : {}),
    };
  },
  notes: ['A stream carries no handles, except in identity events, and no counts.'],
};
