/** A post behind an alert. Everything in it may be hostile. */
export interface AlertPost {
  /** `platform/post_id`. */
  post: string;
  platform: string;
  /** ISO, UTC; null where unknown. */
  time: string | null;
  author: string | null;
  text: string;
  permalink: string | null;
}

/** One alert as outputs see it; masked where the watch masks. */
export interface AlertContent {
  /** Number of the alert in the case. */
  number: number;
  /** The same in every delivery, and different in every case. */
  id: string;
  rule: string;
  ruleTitle: string;
  story: string | null;
  subject: string;
  /** Time of the happening in the data, and when the watch noticed it; ISO, UTC. */
  at: string;
  noticed: string;
  headline: string;
  reasons: readonly string[];
  score: { probability: number; withinHours: number; reasons: readonly string[] } | null;
  /** The first few posts, and how many there are. */
  posts: readonly AlertPost[];
  postsInAll: number;
  /** What the rule does not say. */
  caveats: readonly string[];
  /** What the watch could not see when it noticed this. */
  blind: readonly string[];
  isUrgent: boolean;
}

/** What goes out at once: one alert, or several that waited together. */
export interface AlertMessage {
  /** The same when it is sent again: receivers drop repetitions by it. */
  id: string;
  kind: 'alert' | 'digest' | 'test';
  /** Name of the case. */
  case: string;
  alerts: readonly AlertContent[];
}

/** A text on one line without control characters, at most so many characters long. */
export function oneLine(text: string, most: number): string {
  const line = text
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  const characters = Array.from(line);
  return characters.length <= most ? line : `${characters.slice(0, most - 1).join('')}…`;
}

/** The message in one line: subject of a mail, title of an entry. */
export function messageTitle({ kind, alerts, case: name }: AlertMessage): string {
  const [first] = alerts;
  if (kind === 'test') return `Spillover test message (${oneLine(name, 60)})`;
  if (alerts.length === 1 && first) return oneLine(`${first.isUrgent ? 'Urgent: ' : ''}${first.headline}`, 180);
  return `${alerts.length} alerts of ${oneLine(name, 60)}`;
}
