/** Characters that turn the direction of what follows; they are taken out of what is shown and reported. */
const turns = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufff9-\ufffb]/g;
const piled = /(\p{M}{3})\p{M}+/gu;

export interface ShownText {
  text: string;
  /** Characters of the whole text. */
  length: number;
  cut: boolean;
  /** What was taken out of the display, in words. */
  removed: string[];
}

/** Makes text of strangers safe to look at: cut to `most` characters, without direction overrides, control characters and piles of marks. The original record keeps them. */
export function showForeign(text: string, most: number): ShownText {
  const head = text.slice(0, most);
  const end = /[\ud800-\udbff]$/.test(head) ? head.slice(0, -1) : head;
  const removed: string[] = [];
  let shown = end.replace(controls, () => note(removed, 'control characters'));
  shown = shown.replace(turns, () => note(removed, 'direction marks'));
  shown = shown.replace(piled, (_, kept: string) => kept + note(removed, 'piled-up accents'));
  return { text: shown, length: text.length, cut: text.length > end.length, removed };
}

function note(removed: string[], what: string): '' {
  if (!removed.includes(what)) removed.push(what);
  return '';
}
