import type { Answer } from '../../src/server/api-types.ts';

/** Turns pseudonyms on and off for this browser. The page begins anew, so that nothing that was shown before stays in it. */
export function MaskButton({ masked }: { masked: Answer<'session'>['masked'] }) {
  const turn = () => {
    const wanted = masked === 'no' ? 'on' : 'off';
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in all browsers yet
    document.cookie = `spillover-mask-${location.port}=${wanted}; path=/; SameSite=Strict`;
    location.reload();
  };
  if (masked === 'always') return <span className="tag">Names masked</span>;
  return (
    <button
      type="button"
      className="plain tool"
      aria-pressed={masked === 'yes'}
      onClick={turn}
      title="Pseudonyms for accounts that are no public figures; nothing can be changed meanwhile"
    >
      {masked === 'yes' ? (
        <>
          <span className="wide-only">Names </span>masked
        </>
      ) : (
        <>
          Mask<span className="wide-only"> names</span>
        </>
      )}
    </button>
  );
}
