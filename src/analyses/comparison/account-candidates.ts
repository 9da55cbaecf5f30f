import { isAnonymousPlatform } from '../../domain/anonymous-platforms.ts';
import type { CampaignProfile, ProfileAccount } from './campaign-profile.ts';
import type { AccountCandidate } from './comparison-result.ts';

const fewestPostsForHabits = 20;
const alikeHabits = 0.9;
const leastScore = 3;
const mostCandidates = 200;
/** A key that more accounts than this share tells nothing. */
const mostForKey = 5;

/**
 * Accounts of two stories that are not the same account and may be one hand: the same handle (3), the same handle but for digits and
 * signs (2), a profile that links or names the other (3), the same full name (2), the same hours of posting (1). Listed from 3 on.
 */
export function matchAccounts(
  profiles: readonly CampaignProfile[],
  [first, second]: [number, number],
): AccountCandidate[] {
  const a = profiles[first]!.accounts.filter((one) => !isAnonymousPlatform(one.platform));
  const b = profiles[second]!.accounts.filter((one) => !isAnonymousPlatform(one.platform));
  const same = new Set(a.map((one) => one.account));
  const index = new Map<string, ProfileAccount[]>();
  for (const one of b) for (const key of keysOf(one)) index.set(key, [...(index.get(key) ?? []), one]);
  const found: AccountCandidate[] = [];
  for (const one of a) {
    const others = new Set(
      keysOf(one).flatMap((key) => {
        const list = index.get(key) ?? [];
        return list.length <= mostForKey ? list : [];
      }),
    );
    for (const other of others) {
      if (other.account === one.account || same.has(other.account)) continue;
      const reasons = reasonsOf(one, other);
      const score = reasons.reduce((sum, reason) => sum + reason.weight, 0);
      if (score < leastScore) continue;
      found.push({
        accounts: [one.account, other.account],
        handles: [one.handle, other.handle],
        campaigns: [first, second],
        reasons: reasons.map((reason) => reason.text),
        score,
      });
    }
  }
  return found.sort((x, y) => y.score - x.score || (x.accounts[0] < y.accounts[0] ? -1 : 1)).slice(0, mostCandidates);
}

function keysOf(one: ProfileAccount): string[] {
  const handle = plainHandle(one.handle);
  return [
    ...(handle.length >= 5 ? [`handle:${handle}`, `letters:${letters(handle)}`] : []),
    ...(fullName(one.name) === '' ? [] : [`name:${fullName(one.name)}`]),
    ...linkedHandles(one.description).map((linked) => `handle:${linked}`),
    ...(handle.length >= 5 ? [`linked:${handle}`] : []),
    ...linkedHandles(one.description).map((linked) => `linked:${linked}`),
  ];
}

function reasonsOf(a: ProfileAccount, b: ProfileAccount): { text: string; weight: number }[] {
  const [x, y] = [plainHandle(a.handle), plainHandle(b.handle)];
  const reasons: { text: string; weight: number }[] = [];
  if (x.length >= 5 && x === y) reasons.push({ text: `same handle "${x}"`, weight: 3 });
  else if (letters(x).length >= 5 && letters(x) === letters(y))
    reasons.push({ text: `handles "${x}" and "${y}" differ in digits and signs only`, weight: 2 });
  if (linkedHandles(a.description).includes(y) || linkedHandles(b.description).includes(x))
    reasons.push({ text: 'the profile of one links or names the other', weight: 3 });
  const name = fullName(a.name);
  if (name !== '' && name === fullName(b.name)) reasons.push({ text: `same name "${a.name}"`, weight: 2 });
  const habits = alike(a.hours, b.hours);
  if (habits !== null && habits >= alikeHabits)
    reasons.push({ text: `post at the same hours (cosine ${habits.toFixed(2)})`, weight: 1 });
  return reasons;
}

/** Lower case, without the server of a federated or domain handle. */
function plainHandle(handle: string | null): string {
  return (handle ?? '').normalize('NFKC').toLowerCase().replace(/^@/, '').split(/[@.]/)[0]!;
}

const letters = (text: string) => text.replace(/[^\p{L}]/gu, '');

/** A name of two words or more and seven letters or more; shorter ones are everybody's. */
function fullName(name: string | null): string {
  const plain = (name ?? '').normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ');
  return /\p{L}{2,} .*\p{L}{2,}/u.test(plain) && letters(plain).length >= 7 ? plain : '';
}

function linkedHandles(description: string | null): string[] {
  const text = (description ?? '').toLowerCase();
  return [
    ...text.matchAll(
      /(?:x|twitter|facebook|instagram|t|gab|gettr|truthsocial|threads)\.(?:com|me|net)\/@?([a-z0-9_]{5,})/g,
    ),
    ...text.matchAll(/@([a-z0-9_]{5,})/g),
    ...text.matchAll(/bsky\.app\/profile\/([a-z0-9-]{5,})/g),
  ].map((match) => match[1]!);
}

/** Cosine of two daily rhythms; null where one of them has too few posts to have one. */
function alike(a: readonly number[], b: readonly number[]): number | null {
  const sum = (hours: readonly number[]) => hours.reduce((total, n) => total + n, 0);
  if (sum(a) < fewestPostsForHabits || sum(b) < fewestPostsForHabits) return null;
  const dot = (x: readonly number[], y: readonly number[]) => x.reduce((total, n, at) => total + n * y[at]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
