import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { sessionQuery, storyQuery } from '../../api/queries.ts';
import { useStory } from '../../app/use-story.ts';
import { ErrorState, Loading } from '../../parts/state.tsx';
import { QueryBuilder } from './query-builder.tsx';

/** The query of one story, to look at and to change. */
export function QueryView() {
  const name = useStory()!;
  const story = useQuery(storyQuery(name));
  const session = useQuery(sessionQuery);
  const navigate = useNavigate();
  if (story.error) return <ErrorState error={story.error} />;
  if (!story.data || !session.data)
    return (
      <div className="page">
        <Loading height={420} />
      </div>
    );
  return (
    <div className="page">
      <header className="page-head">
        <h1>Which posts belong to {name}</h1>
      </header>
      <QueryBuilder
        key={name}
        story={story.data}
        readOnly={session.data.readOnly}
        onSaved={(saved, traced) => {
          void story.refetch();
          if (traced) void navigate({ to: '/story/$story', params: { story: saved } } as never);
        }}
      />
    </div>
  );
}
