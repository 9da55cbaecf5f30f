import type { Answer } from '../../../src/server/api-types.ts';

type Figure = Answer<'analysisResult'>['figures'][number];

/** The pictures that the report of an analysis shows, as images: nothing in them can run, and their numbers stand in the tables beneath. */
export function ResultFigures({ figures }: { figures: Figure[] }) {
  if (figures.length === 0) return null;
  const [large, small] = [figures.filter((one) => !one.small), figures.filter((one) => one.small)];
  return (
    <section className="panel drawn-figures" aria-label="Pictures of the result">
      {large.map((one) => (
        <DrawnFigure key={one.caption} figure={one} />
      ))}
      {small.length > 0 && (
        <div className="small-figures">
          {small.map((one) => (
            <DrawnFigure key={one.caption} figure={one} />
          ))}
        </div>
      )}
    </section>
  );
}

function DrawnFigure({ figure: { svg, caption } }: { figure: Figure }) {
  const [, width = '720', height = '360'] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  const words = new DOMParser().parseFromString(svg, 'image/svg+xml').querySelector('desc')?.textContent ?? caption;
  return (
    <figure>
      <img
        src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`}
        alt={words}
        width={width}
        height={height}
      />
      <figcaption className="small dim">{caption}</figcaption>
    </figure>
  );
}
