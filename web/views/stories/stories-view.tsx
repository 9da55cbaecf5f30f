import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import { sessionQuery, storiesQuery } from '../../api/queries.ts';
import { usePreferences } from '../../app/preferences.tsx';
import { moment } from '../../format/reader-locale.ts';
import { ErrorState, Loading, State } from '../../parts/state.tsx';
import { UndoButtons } from '../../parts/undo-buttons.tsx';
import { QueryBuilder } from './query-builder.tsx';

/** The stories of the case and a form for a new one. */
export function StoriesView() {
  const stories = useQuery(storiesQuery);
  const session = useQuery(sessionQuery);
  const navigate = useNavigate();
  const { zone } = usePreferences();
  const [error, setError] = useState<unknown>(null);
  if (stories.error) return <ErrorState error={stories.error} onRetry={() => stories.refetch()} />;
  if (!stories.data || !session.data)
    return (
      <div className="page">
        <Loading height={400} />
      </div>
    );
  const { readOnly, posts } = session.data;
  if (posts === 0)
    return (
      <State title="There are no posts to look for a story in">
        <p>
          <Link to={'/sources' as never}>Add files</Link> first.
        </p>
      </State>
    );
  return (
    <div className="page">
      <header className="page-head">
        <h1>Stories</h1>
        <p className="lead">A story is a query that says which posts belong. Tracing it finds how it spread.</p>
        {!readOnly && <UndoButtons subject="stories" />}
      </header>
      {stories.data.stories.length > 0 && (
        <div
          className="scroll-table plain-scroll"
          style={{ marginBottom: 22 }}
          tabIndex={0}
          role="region"
          aria-label="Stories of the case"
        >
          <table className="plain-table wide-table">
            <thead>
              <tr>
                <th scope="col">Story</th>
                <th scope="col">Query</th>
                <th scope="col">Trace</th>
                <th scope="col">
                  <span className="sr-only">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {stories.data.stories.map((story) => (
                <tr key={story.name}>
                  <th scope="row">
                    <Link to={'/story/$story' as never} params={{ story: story.name } as never}>
                      {story.name}
                    </Link>
                  </th>
                  <td>
                    <code>{story.query}</code>
                  </td>
                  <td className="dim">
                    {story.traced
                      ? `${moment(story.traced.created, zone)}${story.traced.stale ? ' (the case has changed since)' : ''}`
                      : 'not yet'}
                  </td>
                  <td className="n">
                    <Link to={'/story/$story/query' as never} params={{ story: story.name } as never}>
                      Edit
                    </Link>{' '}
                    {!readOnly && (
                      <Button
                        size="compact-xs"
                        variant="subtle"
                        color="red"
                        onClick={() =>
                          call('DELETE /api/stories/{story}', { params: { story: story.name } }).then(
                            () => stories.refetch(),
                            setError,
                          )
                        }
                      >
                        Remove<span className="sr-only"> {story.name}</span>
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {error !== null && <ErrorState error={error} />}
      {!readOnly && (
        <>
          <h2 style={{ marginBottom: 10 }}>A new story</h2>
          <QueryBuilder
            story={null}
            readOnly={false}
            onSaved={(name, traced) =>
              navigate({ to: traced ? '/story/$story' : '/story/$story/query', params: { story: name } } as never)
            }
          />
        </>
      )}
    </div>
  );
}
