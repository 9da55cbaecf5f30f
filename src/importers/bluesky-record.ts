/** DuckDB type of the records that make posts and reposts. `subject` is JSON because follows and blocks hold a text there. */
export const blueskyRecordType = `struct(
  createdAt varchar, text varchar, langs varchar[], tags varchar[],
  facets struct(features struct("$type" varchar, uri varchar, tag varchar, hashtag varchar, did varchar)[])[],
  reply struct(root struct(uri varchar), parent struct(uri varchar)),
  embed struct(
    external struct(uri varchar),
    images struct(image struct(ref struct("$link" varchar), cid varchar))[],
    video struct(ref struct("$link" varchar)),
    record struct(uri varchar, record struct(uri varchar)),
    media struct(
      external struct(uri varchar),
      images struct(image struct(ref struct("$link" varchar), cid varchar))[],
      video struct(ref struct("$link" varchar)))),
  subject json)`;

/** Features are told by what they hold: programs misspell their types (`FACETTAG`, `facet#Tag`, `facet.link`). */
const featureTags = `list_filter(list_transform(features, lambda f: ltrim(trim(coalesce(f.tag, f.hashtag)), '#')), lambda t: t <> '')`;
const featureLinks = `list_transform(list_filter(features, lambda f: f.uri is not null and f."$type" ilike '%link%'), lambda f: f.uri)`;
const isGif = (url: string) => `coalesce(${url} like 'https://media.tenor.com/%', false)`;

/** Time in a record key or revision (a TID, see atproto.com/specs/tid); NULL where the text is none. */
export const tidTime = (
  text: string,
) => `case when regexp_matches(${text}, '^[2-7a-j][2-7a-z]{12}$') then make_timestamp(list_reduce(
      [strpos('234567abcdefghijklmnopqrstuvwxyz', c) - 1 for c in string_split(left(${text}, 11), '')]::bigint[], lambda a, b: a * 32 + b)) end`;

/**
 * CTEs up to `post` over a relation with the columns `r` (record), `did`, `rkey`, `seen` (when a server noticed it) and
 * `seen_decides` (the server saw it live, so its clock outranks the author's). `post` adds content, parents and time.
 *
 * `createdAt` is what the author's program claims. It is replaced, with the warning `time-conflict`, when it cannot be read, lies
 * before the network existed, is more than five minutes after `seen`, or more than a day before it although the record key (a
 * time of its own) disagrees with it or `seen` decides. The record key, where it agrees with `seen`, then gives the time, else `seen`.
 */
export const blueskyContent = (source: string) => `drawn as (
  select *,
    flatten(list_transform(r.facets, lambda f: coalesce(f.features, []))) as features,
    coalesce(r.embed.record.record.uri, r.embed.record.uri) as embedded_uri,
    coalesce(r.embed.images, r.embed.media.images) as images,
    coalesce(r.embed.video.ref."$link", r.embed.media.video.ref."$link") as video,
    coalesce(r.embed.external.uri, r.embed.media.external.uri) as card,
    iso_time(r.createdAt) as claimed,
    ${tidTime('rkey')} as keyed
  from ${source}
), clocked as (
  select *,
    coalesce(seen >= timestamp '2022-11-01', false) as seen_holds,
    claimed < seen - interval 1 day as claimed_long_before,
    abs(epoch(claimed) - epoch(keyed)) < 86400 as key_agrees
  from drawn
), judged as (
  select *,
    claimed is null or claimed < timestamp '2022-11-01' or claimed > coalesce(case when seen_holds then seen end, keyed, claimed) + interval 5 minute
      or (seen_holds and claimed_long_before and (seen_decides or key_agrees is not true)) as absurd,
    seen_holds and claimed_long_before as doubtful,
    case when keyed >= timestamp '2022-11-01' and (not seen_holds or keyed between seen - interval 1 day and seen + interval 5 minute) then keyed end as key_time
  from clocked
), post as (
  select *,
    case when absurd then coalesce(key_time, case when seen_holds then seen end) else claimed end as time,
    case when absurd or r.createdAt like '%.%' then 1 else 1000 end as time_precision_ms,
    case when absurd or doubtful then ['time-conflict'] end as clock_warnings,
    case when embedded_uri like '%/app.bsky.feed.post/%' then embedded_uri end as quoted,
    list_filter(list_concat(
      case when len(${featureLinks}) > 0 then ${featureLinks} else urls_in(r.text) end,
      case when not ${isGif('card')} then [card] end),
      lambda u: (u ilike 'http://%' or u ilike 'https://%') and not coalesce(ends_with(u, '/post/' || regexp_extract(embedded_uri, '[^/]+$')), false)) as urls,
    list_concat(
      case when len(${featureTags}) > 0 then ${featureTags} else hashtags_in(r.text) end,
      list_transform(r.tags, lambda t: ltrim(trim(t), '#'))) as hashtags,
    case when len(list_filter(features, lambda f: f.did is not null)) > 0
      then regexp_extract_all(r.text, '@([a-zA-Z0-9][a-zA-Z0-9-]*(?:\\.[a-zA-Z0-9-]+)+)', 1) end as mentions,
    list_filter(list_concat(
      list_transform(images, lambda i: coalesce(i.image.ref."$link", i.image.cid)),
      [video, case when ${isGif('card')} then split_part(card, '?', 1) end]), lambda c: c is not null) as media
  from judged
)`;

/** Kind and parents of a post of the CTE `post` that is no repost. */
export const blueskyParents = `
  case when r.reply.parent.uri is not null then 'reply' when quoted is not null then 'quote' else 'original' end as kind,
  coalesce(r.reply.parent.uri, quoted) as parent_id,
  case when r.reply.parent.uri is not null and quoted is not null then [{'kind': 'quote', 'id': quoted}] end as other_parents,
  coalesce(r.reply.root.uri, r.reply.parent.uri) as root_id`;

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTextList = (value: unknown) => Array.isArray(value) && value.every((one) => typeof one === 'string');

/** A post record without those optional fields whose shape is not the one of the lexicon. */
export function withoutMalformedFields(record: unknown): unknown {
  if (!isObject(record)) return null;
  const { createdAt, text, langs, tags, facets, reply, embed, subject } = record;
  return {
    createdAt: typeof createdAt === 'string' ? createdAt : null,
    text: typeof text === 'string' ? text : null,
    langs: isTextList(langs) ? langs : null,
    tags: isTextList(tags) ? tags : null,
    facets: Array.isArray(facets)
      ? facets.filter((one) => isObject(one) && Array.isArray(one.features) && one.features.every(isObject))
      : null,
    reply:
      isObject(reply) && isObject(reply.parent)
        ? { parent: reply.parent, root: isObject(reply.root) ? reply.root : null }
        : null,
    embed: isObject(embed) ? embedOf(embed) : null,
    subject,
  };
}

function embedOf(embed: Json): Json {
  const { record, external, media } = embed;
  return {
    external: isObject(external) && typeof external.uri === 'string' ? { uri: external.uri } : null,
    record: isObject(record)
      ? { uri: textOf(record.uri), record: isObject(record.record) ? { uri: textOf(record.record.uri) } : null }
      : null,
    media: isObject(media) ? { external: isObject(media.external) ? { uri: textOf(media.external.uri) } : null } : null,
  };
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : null);
