import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { sessionQuery, statusQuery, storiesQuery } from '../../api/queries.ts';
import { usePreferences } from '../../app/preferences.tsx';
import { count, dayOf } from '../../format/reader-locale.ts';
import { ErrorState, Loading } from '../../parts/state.tsx';
import { useTour } from '../../tour/use-tour.ts';
import { DemoOffer } from './demo-offer.tsx';
import { StorySparkline } from './story-sparkline.tsx';

/** Where one begins: an empty case says what to do, a filled one says what is in it and where the stories are. */
export function StartView() {
  const session = useQuery(sessionQuery);
  const status = useQuery(statusQuery);
  const stories = useQuery(storiesQuery);
  const navigate = useNavigate();
  const { zone } = usePreferences();
  const tour = useTour();
  const error = session.error ?? status.error ?? stories.error;
  if (error) return <ErrorState error={error} onRetry={() => session.refetch()} />;
  if (!session.data || !status.data || !stories.data)
    return (
      <div className="page">
        <Loading height={420} />
      </div>
    );
  const empty = session.data.posts === 0;
  const isNext = !empty && stories.data.stories.length === 0;
  return (
    <div className="page start">
      <header className="start-head">
        <div className="kicker">Case {session.data.name}</div>
        <h1>
          {empty ? 'How did this story get here?' : isNext ? 'The posts are in: which story?' : 'Stories of this case'}
        </h1>
        <p className="lead">
          {empty
            ? 'Spillover follows a story from the fringe to the mainstream: who had it first, how it crossed from platform to platform, who carried it and who boosted it. Every statement opens the posts behind it.'
            : `${count(status.data.platforms.reduce((sum, one) => sum + one.posts, 0))} posts on ${count(status.data.platforms.length)} platforms.`}
        </p>
      </header>
      {tour.story && (
        <p>
          <Button size="sm" variant="default" onClick={() => tour.go(0)}>
            Take the tour
          </Button>
        </p>
      )}
      {!empty && (
        <ul className="story-list">
          {stories.data.stories.map((story) => (
            <li key={story.name}>
              <Link to={'/story/$story' as never} params={{ story: story.name } as never} className="story-card">
                <h2>{story.name}</h2>
                <StorySparkline story={story.name} />
                <code>{story.query}</code>
                <span className="dim small">
                  {story.traced
                    ? `Traced ${dayOf(story.traced.created, zone)}${story.traced.stale ? ', the case has changed since' : ''}`
                    : 'Not traced yet'}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {empty && !session.data.readOnly && <DemoOffer />}
      <ol className="steps">
        <li className={empty ? 'now' : ''}>
          <h2>Bring the posts</h2>
          <p>
            Drop files as you have them: exports of Telegram, X, Bluesky, 4chan archives, feeds, tables. The format is
            recognised by its content.
          </p>
          <Button
            variant={empty ? 'filled' : 'default'}
            size="sm"
            onClick={() => navigate({ to: '/sources' } as never)}
          >
            {empty && !session.data.readOnly ? 'Add files' : 'Sources'}
          </Button>
        </li>
        <li>
          <h2>Say what you know</h2>
          <p>
            When which platform was collected, which outlets count as mainstream, whose silence would say something.
          </p>
          <Button variant="default" size="sm" onClick={() => navigate({ to: '/context' } as never)}>
            Context
          </Button>
        </li>
        <li className={isNext ? 'now' : ''}>
          <h2>Define the story, trace it</h2>
          <p>Hashtags, phrases, links. The counts move while you type; the trace takes seconds to minutes.</p>
          <Button
            variant={isNext ? 'filled' : 'default'}
            size="sm"
            disabled={empty}
            onClick={() => navigate({ to: '/stories' } as never)}
          >
            Stories
          </Button>
        </li>
      </ol>
      <p className="dim small">
        Nothing is sent anywhere: files, database and pages stay on this machine.{' '}
        {session.data.version && `Version ${session.data.version}.`}
      </p>
    </div>
  );
}
