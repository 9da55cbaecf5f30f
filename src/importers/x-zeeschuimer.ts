import type { FileHead, Importer } from './importer.ts';
import { zeeschuimerAccounts, zeeschuimerColumns, zeeschuimerPosts } from './x-zeeschuimer-sql.ts';

type Fields = Record<string, unknown>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTweet = (item: Fields) => isObject(item.legacy) && ('full_text' in item.legacy || 'user_id_str' in item.legacy);

function certainty(line: Fields): number {
  const meta = isObject(line.__import_meta) ? line.__import_meta : line;
  if ('source_platform' in meta) {
    if (!('__import_meta' in line) && !isObject(line.data)) return 0;
    return /^(?:twitter|x)\.com$/.test(String(meta.source_platform)) ? 0.97 : 0;
  }
  if (isTweet(line)) return 'rest_id' in line || line.type === 'adaptive' ? 0.9 : 0.7;
  return isObject(line.data) && isTweet(line.data) ? 0.8 : 0;
}

/** Zeeschuimer's NDJSON of X, and 4CAT's stored copies of it: the objects of X's own web interface. */
export const xZeeschuimer: Importer = {
  id: 'x-zeeschuimer',
  title: 'Zeeschuimer NDJSON, X/Twitter (also as 4CAT stores it)',
  about:
    'What X sent to a browser, one item a line; reshared and quoted posts inside become embedded posts, advertisements are marked as promoted. Items of other platforms are listed as problems.',
  obtain:
    'Zeeschuimer (browser extension): capture X/Twitter, then "Download as .ndjson"; or download a 4CAT data set made of it as NDJSON.',
  platforms: ['x'],
  sniff: (head: FileHead) => Math.max(0, ...head.jsonLines.filter(isObject).map(certainty)),
  container: () => ({ kind: 'lines', columns: zeeschuimerColumns }),
  posts: zeeschuimerPosts,
  accounts: zeeschuimerAccounts,
  notes: [
    'Zeeschuimer sees what the web page showed to its user: what is missing from the file may still have been posted.',
    'Links, hashtags and cut texts of reshares come from the reshared post; counts of a reshare belong to the reshared post and are left out.',
  ],
};
