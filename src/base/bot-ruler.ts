/** What BotRuler looks at; null where it is not known. Ages in days, counts of 0 or more. */
export interface BotRulerInput {
  friends: number | null;
  followers: number | null;
  statuses: number | null;
  ageDays: number | null;
  usesBackgroundImage: boolean | null;
  defaultProfile: boolean | null;
  verified: boolean | null;
}

/** Parts in the order of the formula, null where not known; the raw score is the mean of the known ones, null below 3. */
export interface BotRulerScore {
  raw: number | null;
  parts: (number | null)[];
  known: number;
}

const fewestParts = 3;
const logistic = (x: number) => 1 / (1 + Math.exp(-x));

/**
 * Rule-based score of BotSlayer (Hui, Yang, Torres-Lugo & Menczer 2020), before division by the largest of a batch: mean of s(friends/day
 * - 1), s(friends/followers - 7.4), s(statuses/day - 33), 1 - background image, default profile, 1 - verified; s is the logistic function.
 * Its authors report an AUC of .65 to .70: a sign, not a verdict. An account younger than a day counts as a day old.
 */
export function botRuler(account: BotRulerInput): BotRulerScore {
  const { friends, followers, statuses, ageDays, usesBackgroundImage, defaultProfile, verified } = account;
  const perDay = (value: number | null) => (value === null || ageDays === null ? null : value / Math.max(1, ageDays));
  const rule = (value: number | null, middle: number) => (value === null ? null : logistic(value - middle));
  const parts = [
    rule(perDay(friends), 1),
    rule(friends === null || followers === null ? null : friends / Math.max(1, followers), 7.4),
    rule(perDay(statuses), 33),
    usesBackgroundImage === null ? null : usesBackgroundImage ? 0 : 1,
    defaultProfile === null ? null : defaultProfile ? 1 : 0,
    verified === null ? null : verified ? 0 : 1,
  ];
  const known = parts.filter((part): part is number => part !== null);
  const raw = known.length < fewestParts ? null : known.reduce((sum, part) => sum + part, 0) / known.length;
  return { raw, parts, known: known.length };
}
