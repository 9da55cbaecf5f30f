import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { endpointAddress } from '../../api/call.ts';
import { request } from '../../api/request.ts';
import { Loading } from '../../parts/state.tsx';

interface TimelineDocument {
  title?: Slide;
  events: Slide[];
}
interface Slide {
  media?: unknown;
  background?: unknown;
  text?: { headline?: string; text?: string };
}

/** The timeline as TimelineJS shows it, from this machine: no fonts, scripts or media from elsewhere. The list beneath is its equal for keyboards and screen readers. */
export function TimelinePreview({ story, changed }: { story: string; changed: number }) {
  const box = useRef<HTMLDivElement>(null);
  const [error, setError] = useState<string | null>(null);
  const document = useQuery({
    queryKey: ['timeline', story, 'document', changed],
    queryFn: ({ signal }) =>
      request<TimelineDocument>(endpointAddress('GET /api/stories/{story}/timeline.json', { params: { story } }), {
        signal,
      }),
  });
  useEffect(() => {
    if (!document.data || !box.current) return;
    let gone = false;
    const element = box.current;
    Promise.all([
      import('@knight-lab/timelinejs/src/js/timeline/Timeline.js'),
      import('@knight-lab/timelinejs/src/js/language/Language.js'),
    ])
      .then(([{ Timeline }, { fallback }]) => {
        if (gone) return;
        Object.assign(fallback.dateformats, clockOf24Hours);
        new Timeline(element, withoutMedia(document.data), {
          font: null,
          script_path: `${location.origin}/assets/`,
          language: 'en',
          hash_bookmark: false,
          timenav_position: 'bottom',
          scale_factor: wholeStory,
        });
      })
      .catch((failed: Error) => setError(failed.message));
    return () => {
      gone = true;
      element.replaceChildren();
    };
  }, [document.data]);
  if (document.error ?? error) return <p className="tag warn">{document.error?.message ?? error}</p>;
  return (
    <section className="timeline-preview" aria-label="Preview">
      <div className="timeline-frame">
        {!document.data && <Loading height={540} />}
        <div ref={box} className="timeline-box" hidden={!document.data} />
      </div>
    </section>
  );
}

/** Screens that the story is wide at first: its first moment stands in the middle, so half a screen shows all of it. */
const wholeStory = 0.5;

/** TimelineJS knows no 24-hour English; as everywhere in the workbench, a time of day is read without AM and PM. */
const clockOf24Hours = {
  time: "HH:MM:ss' <small>'d mmmm yyyy'</small>'",
  time_short: 'HH:MM:ss',
  time_no_seconds_short: 'HH:MM',
  time_no_minutes_short: 'HH:00',
  time_no_seconds_small_date: "HH:MM' <small>'d mmmm yyyy'</small>'",
  full: 'd mmmm yyyy',
  full_short: 'd mmm',
  full_long: "d mmm yyyy', 'HH:MM",
  full_long_small_date: "HH:MM' <small>'d mmm yyyy'</small>'",
};

/** Pictures and embeds of live pages would call other machines: the preview leaves them out. */
function withoutMedia(document: TimelineDocument): TimelineDocument {
  const bare = ({ media: _, background: __, ...slide }: Slide): Slide => slide;
  return { ...document, ...(document.title ? { title: bare(document.title) } : {}), events: document.events.map(bare) };
}
