/** A story to compare; `case` names a case beside the open one, null this one. */
export interface ComparedStory {
  case: string | null;
  story: string;
}

/** As the address holds it: `story` or `case:story`. */
export const writeCompared = ({ case: name, story }: ComparedStory) =>
  name === null ? story : `${encodeURIComponent(name)}:${story}`;

export function readCompared(text: string): ComparedStory {
  const at = text.lastIndexOf(':');
  if (at < 0) return { case: null, story: text };
  try {
    return { case: decodeURIComponent(text.slice(0, at)), story: text.slice(at + 1) };
  } catch {
    return { case: null, story: text };
  }
}
