import { Button, CloseButton } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Post } from '../../src/server/api-types.ts';
import { call } from '../api/call.ts';
import { traceQuery } from '../api/queries.ts';
import { useStory } from '../app/use-story.ts';
import { useViewState } from '../app/use-view-state.ts';
import { count } from '../format/reader-locale.ts';
import { showForeign } from '../parts/foreign-text.ts';
import { ErrorState, Loading } from '../parts/state.tsx';
import { type EvidenceSource, evidenceSource } from './evidence-source.ts';
import { PostCard } from './post-card.tsx';

const pageSize = 40;

/** The posts behind whatever was clicked, beside the view. Escape closes it and gives the focus back. */
export function EvidenceDrawer() {
  const [state, change] = useViewState();
  const story = useStory();
  const trace = useQuery({ ...traceQuery(story ?? ''), enabled: story !== null && state.evidence !== undefined });
  const value = state.evidence;
  if (!value) return null;
  const waiting = story !== null && trace.isPending && !/^(posts|account|artifact|platform|window):?/.test(value);
  const window = { ...(state.from ? { from: state.from } : {}), ...(state.to ? { to: state.to } : {}) };
  return (
    <Drawer
      key={value}
      waiting={waiting}
      source={evidenceSource(value, trace.data?.result, story, window)}
      onClose={() => change({ evidence: null }, true)}
    />
  );
}

function Drawer({
  source,
  waiting,
  onClose,
}: {
  source: EvidenceSource | null;
  waiting: boolean;
  onClose: () => void;
}) {
  const aside = useRef<HTMLElement>(null);
  const opener = useRef(document.activeElement);
  useEffect(() => {
    aside.current?.focus({ preventScroll: true });
    const from = opener.current;
    return () => {
      if (from instanceof HTMLElement && from.isConnected) from.focus({ preventScroll: true });
    };
  }, []);
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) onClose();
    };
    window.addEventListener('keydown', close);
    return () => window.removeEventListener('keydown', close);
  }, [onClose]);
  return (
    <aside className="evidence" ref={aside} tabIndex={-1} aria-label="Evidence">
      <header className="evidence-head">
        <div>
          <div className="kicker">Evidence</div>
          <h2 dir="auto">{source ? showForeign(source.title, 240).text : 'Nothing here'}</h2>
          {source?.about && <p className="dim small">{showForeign(source.about, 400).text}</p>}
        </div>
        <CloseButton onClick={onClose} aria-label="Close the evidence" />
      </header>
      {waiting ? (
        <Loading height={240} />
      ) : source === null ? (
        <p className="evidence-note">
          This address names evidence that the present result does not have. It may come from an earlier trace; close
          this and choose again.
        </p>
      ) : source.posts !== null ? (
        <PostsById posts={source.posts} />
      ) : (
        <PostsByFilter filter={source.filter!} />
      )}
    </aside>
  );
}

function PostsById({ posts }: { posts: string[] }) {
  const pages = useInfiniteQuery({
    queryKey: ['posts', 'by-id', posts],
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) =>
      call('POST /api/posts/by-id', { body: { posts: posts.slice(pageParam, pageParam + pageSize) }, signal }),
    getNextPageParam: (_, all) => (all.length * pageSize < posts.length ? all.length * pageSize : undefined),
    enabled: posts.length > 0,
  });
  if (posts.length === 0) return <p className="evidence-note">This statement rests on counts, not on single posts.</p>;
  const missing = pages.data?.pages.flatMap((one) => one.missing) ?? [];
  return (
    <>
      <PostList pages={pages} posts={pages.data?.pages.flatMap((one) => one.posts) ?? []} total={posts.length} />
      {missing.length > 0 && (
        <p className="evidence-note">
          {count(missing.length)} of these posts are no longer in the case: {missing.slice(0, 3).join(', ')}
        </p>
      )}
    </>
  );
}

function PostsByFilter({ filter }: { filter: NonNullable<EvidenceSource['filter']> }) {
  const pages = useInfiniteQuery({
    queryKey: ['posts', 'filter', filter],
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) =>
      call('GET /api/posts', { query: { ...filter, limit: pageSize, offset: pageParam }, signal }),
    getNextPageParam: (last, all) => (all.length * pageSize < last.total ? all.length * pageSize : undefined),
  });
  return (
    <PostList
      pages={pages}
      posts={pages.data?.pages.flatMap((one) => one.posts) ?? []}
      total={pages.data?.pages[0]?.total ?? 0}
    />
  );
}

interface Pages {
  isPending: boolean;
  error: Error | null;
  refetch: () => unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

function PostList({ pages, posts, total }: { pages: Pages; posts: Post[]; total: number }) {
  if (pages.error) return <ErrorState error={pages.error} onRetry={() => pages.refetch()} />;
  if (pages.isPending) return <Loading height={320} label="Loading posts" />;
  if (posts.length === 0) return <p className="evidence-note">No post fits. Widen the selected window, or clear it.</p>;
  return (
    <>
      <ol className="evidence-posts">
        {posts.map((post) => (
          <li key={post.post}>
            <PostCard post={post} />
          </li>
        ))}
      </ol>
      <p className="evidence-note">
        {count(posts.length)} of {count(total)} shown{' '}
        {pages.hasNextPage && (
          <Button
            size="compact-xs"
            variant="default"
            loading={pages.isFetchingNextPage}
            onClick={() => pages.fetchNextPage()}
          >
            Show more
          </Button>
        )}
      </p>
    </>
  );
}
