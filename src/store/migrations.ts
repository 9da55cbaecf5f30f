/** Numbered changes of the schema, applied once each and in order. Never edit one that was released: append. */
export const migrations: readonly string[] = [
  `
create table source (
  source_key integer not null, file varchar not null, path varchar not null, sha256 varchar not null, bytes bigint not null,
  format varchar not null, options varchar not null, started timestamp not null, finished timestamp,
  records_read bigint not null, posts_added bigint not null, duplicates bigint not null, problems bigint not null,
  embedded bigint not null, notes varchar[] not null, software_version varchar not null
);
create table problem (
  source_key integer not null, line bigint, place varchar, reason varchar not null, detail varchar, sample varchar
);
create table account (
  account_key integer not null, platform varchar not null, account_id varchar not null, handle varchar, name varchar,
  created_at timestamp, followers bigint, following bigint, posts bigint, likes_given bigint, listed bigint,
  verified boolean, default_profile boolean, default_image boolean, description varchar, seen_at timestamp
);
create table post (
  post_key integer not null, platform varchar not null, post_id varchar not null, account_key integer,
  time timestamp, time_precision_ms bigint, time_local timestamp, kind varchar not null,
  parent_id varchar, parent_handle varchar, root_id varchar, other_parents struct(kind varchar, id varchar)[],
  text varchar, text_hash varchar, lang varchar, permalink varchar,
  reach bigint, likes bigint, reshares bigint, replies bigint, views bigint,
  urls varchar[], hashtags varchar[], mentions varchar[],
  collected_at timestamp, edited_at timestamp, deleted_at timestamp, warnings varchar[],
  embedded boolean not null, source_key integer not null, line bigint, place varchar
);
create table artifact (artifact_key integer not null, kind varchar not null, value varchar not null, display varchar);
create table share (post_key integer not null, artifact_key integer not null, account_key integer, time timestamp);
create table raw_url (raw varchar not null, url_key integer not null, domain_key integer, thread_values varchar[]);
create table story (name varchar not null, query varchar not null, from_time timestamp, to_time timestamp, created timestamp not null);
create table result (
  story varchar, analysis varchar not null, version varchar not null, options varchar not null, seed bigint,
  case_revision bigint not null, created timestamp not null, json varchar not null
);
create table coverage (
  platform varchar not null, source_key integer not null, from_time timestamp, to_time timestamp, posts bigint not null,
  missed bigint, flag varchar
);
create table text_cluster (text_hash varchar not null, cluster_hash varchar not null);
create table setting (name varchar not null, value varchar not null);
`,
  `
create table repeated_share (post_key integer not null, artifact_key integer not null);
`,
  `
create table edit (
  edit_key integer not null, subject varchar not null, item varchar not null, label varchar not null, before varchar, after varchar,
  made timestamp not null, undone boolean not null
);
`,
  `
alter table coverage alter column source_key drop not null;
alter table coverage add column collection varchar;
alter table coverage add column scope varchar;
alter table coverage add column cause varchar;
create table deletion (platform varchar not null, post_id varchar, account_id varchar, time timestamp not null);
`,
  `
alter table account add column first_source_key integer;
create table sighting (post_key integer not null, source_key integer not null, embedded boolean not null, line bigint, place varchar);
`,
  `
create table network_piece (story varchar not null, network varchar not null, community integer, json varchar not null);
delete from result where analysis in ('network-reshare', 'network-coordination');
`,
  `
create table alert (
  alert_number integer not null, signal_key varchar not null, alert_id varchar not null, rule varchar not null, story varchar,
  subject varchar not null, happened timestamp not null, headline varchar not null, reasons varchar[] not null, posts varchar[] not null,
  score varchar, blind varchar[] not null, urgent boolean not null, noticed timestamp not null, acknowledged timestamp, note varchar
);
create table delivery (
  alert_number integer not null, output varchar not null, state varchar not null, message_id varchar, attempts integer not null,
  next_attempt timestamp, last_attempt timestamp, delivered timestamp, trouble varchar
);
`,
  `
create schema kept;
`,
];
