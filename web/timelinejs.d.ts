declare module '@knight-lab/timelinejs/src/js/language/Language.js' {
  /** The language that is built in: English, with formats of dates by name. */
  export const fallback: { dateformats: Record<string, string> };
}
declare module '@knight-lab/timelinejs/src/js/timeline/Timeline.js' {
  /** TimelineJS 3.9; draws itself into the element. */
  export class Timeline {
    constructor(element: HTMLElement, document: unknown, options: Record<string, unknown>);
  }
}
