import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Post } from '../../src/server/api-types.ts';
import { call } from '../api/call.ts';
import { useStory } from '../app/use-story.ts';
import { accountName } from '../format/account-name.ts';
import { count, moment, zoneName } from '../format/reader-locale.ts';
import { showForeign } from '../parts/foreign-text.ts';
import { Foreign, PostText } from '../parts/post-text.tsx';

/** One post as evidence: who, where, when in UTC and local time, text, counts, where it comes from, the original record on demand. */
export function PostCard({ post }: { post: Post }) {
  const story = useStory();
  const [original, setOriginal] = useState(false);
  const precise = (post.precisionMs ?? 1000) < 1000;
  const counts = [
    ['reshares', post.reshares],
    ['likes', post.likes],
    ['replies', post.replies],
    ['views', post.views],
    ['followers then', post.reach],
  ].filter((one): one is [string, number] => one[1] !== null);
  return (
    <article className={`post-card ${post.tier}`} aria-label={`Post on ${post.platform}`}>
      <header>
        <strong>
          {post.account === null ? (
            'anonymous poster'
          ) : (
            <Link
              to={story ? '/story/$story/account/$' : '/account/$'}
              params={{ ...(story ? { story } : {}), _splat: post.account } as never}
              search={true as never}
            >
              <Foreign text={accountName(post.account, post)} most={40} />
            </Link>
          )}
        </strong>
        <span className="dim">
          {' '}
          on {post.platform}
          {post.kind !== 'original' && <> · {post.kind}</>}
        </span>
      </header>
      <p className="post-times">
        {post.time === null ? (
          'Time unknown: the file gives a clock without a zone.'
        ) : (
          <>
            <time dateTime={post.time}>{moment(post.time, 'utc', precise)} UTC</time>
            <span className="dim">
              {' · '}
              {moment(post.time, 'local')} {zoneName('local')}
            </span>
          </>
        )}
      </p>
      {post.cut && <WholeText post={post} />}
      {!post.cut && <PostText text={post.text} />}
      {counts.length > 0 && (
        <p className="post-counts">
          {counts.map(([name, value]) => (
            <span key={name}>
              <b>{count(value)}</b> {name}
            </span>
          ))}
        </p>
      )}
      {post.deletedAt && <p className="tag warn">deleted {moment(post.deletedAt, 'utc')} UTC</p>}
      {post.warnings.map((warning) => (
        <span key={warning} className="tag warn">
          {warning}
        </span>
      ))}
      <footer>
        {post.permalink && /^https?:/i.test(post.permalink) && (
          <a
            href={post.permalink}
            target="_blank"
            rel="noopener noreferrer nofollow"
            title="Opens the live page outside this machine"
          >
            Live page ↗
          </a>
        )}
        <button type="button" className="link" aria-expanded={original} onClick={() => setOriginal(!original)}>
          Original record
        </button>
        <span className="dim post-source">
          <Foreign text={post.source.file} most={48} />
          {post.source.line === null ? '' : `, line ${count(post.source.line)}`}
          {post.source.line === null && post.source.place ? `, ${showForeign(post.source.place, 60).text}` : ''}
        </span>
      </footer>
      {original && <Original post={post.post} />}
    </article>
  );
}

function WholeText({ post }: { post: Post }) {
  const [wanted, setWanted] = useState(false);
  const whole = useQuery({
    queryKey: ['posts', 'whole', post.post],
    queryFn: ({ signal }) => call('GET /api/post', { query: { id: post.post }, signal }),
    enabled: wanted,
  });
  if (whole.data) return <PostText text={whole.data.text} most={4000} />;
  return (
    <>
      <PostText text={post.text} whole={false} />
      <button type="button" className="link small" onClick={() => setWanted(true)}>
        {whole.isFetching ? 'Loading…' : 'This post is long: load all of it'}
      </button>
    </>
  );
}

function Original({ post }: { post: string }) {
  const record = useQuery({
    queryKey: ['posts', 'original', post],
    queryFn: ({ signal }) => call('GET /api/post/original', { query: { id: post }, signal }),
  });
  if (record.error) return <p className="small dim">{record.error.message}</p>;
  if (!record.data) return <p className="small dim">Looking it up in the file…</p>;
  const { data } = record;
  return (
    <div className="post-original">
      <p className="small dim">
        <Foreign text={data.file} /> · {data.format} · SHA-256 {data.sha256.slice(0, 16)}…
      </p>
      {data.record === null ? (
        <p className="small">{data.missing}</p>
      ) : (
        <pre tabIndex={0}>{showForeign(data.record, 20_000).text}</pre>
      )}
    </div>
  );
}
