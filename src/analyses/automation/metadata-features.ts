import { finite } from '../../base/finite.ts';
import type { MetadataFeatures } from './automation-result.ts';
import type { AccountRow } from './load-accounts.ts';

const day = 86_400_000;
const digits = (text: string | null) => (text === null ? null : text.replace(/\D/g, '').length);
const letters = (text: string | null) => (text === null ? null : [...text].length);

/** Days between an account's creation and the moment it was seen; null where unknown, at least one. */
export function ageInDays({ created, seen }: AccountRow): number | null {
  return created === null ? null : Math.max(1, (seen - created) / day);
}

/** Features of one account; `likelihood` comes from `handleLikelihoods`. */
export function metadataFeatures(row: AccountRow, likelihood: number | null): MetadataFeatures {
  const age = ageInDays(row);
  const perDay = (value: number | null) => (value === null || age === null ? null : finite(value / age));
  return {
    statuses: row.posts,
    followers: row.followers,
    friends: row.following,
    favourites: row.likes,
    listed: row.listed,
    defaultProfile: row.defaultProfile,
    verified: row.verified,
    statusesPerDay: perDay(row.posts),
    followersPerDay: perDay(row.followers),
    friendsPerDay: perDay(row.following),
    favouritesPerDay: perDay(row.likes),
    listedPerDay: perDay(row.listed),
    followersFriendsRatio:
      row.followers === null || row.following === null ? null : finite(row.followers / Math.max(1, row.following)),
    nameLength: letters(row.name),
    nameDigits: digits(row.name),
    handleLength: letters(row.handle),
    handleDigits: digits(row.handle),
    descriptionLength: row.description,
    handleLikelihood: likelihood === null ? null : finite(likelihood),
  };
}

/** Geometric mean of the frequencies of a handle's letter pairs among all handles given; null for handles of one letter or none. */
export function handleLikelihoods(handles: readonly (string | null)[]): (number | null)[] {
  const counts = new Map<string, number>();
  let total = 0;
  const pairsOf = (handle: string) =>
    Array.from({ length: Math.max(0, handle.length - 1) }, (_, i) => handle.slice(i, i + 2));
  for (const handle of handles) {
    for (const pair of handle === null ? [] : pairsOf(handle)) {
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
      total++;
    }
  }
  return handles.map((handle) => {
    const pairs = handle === null ? [] : pairsOf(handle);
    if (pairs.length === 0) return null;
    return Math.exp(pairs.reduce((sum, pair) => sum + Math.log(counts.get(pair)! / total), 0) / pairs.length);
  });
}
