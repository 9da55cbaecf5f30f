import type { Bound } from '../store/database.ts';
import type { Case } from './case.ts';

/** Which posts a view shows; what is left out does not restrict. Times are UTC, start inclusive, end exclusive. */
export interface PostFilter {
  from?: Date | undefined;
  to?: Date | undefined;
  platforms?: readonly string[] | undefined;
  kinds?: readonly string[] | undefined;
  /** `platform/account_id` */
  account?: string | undefined;
  /** `kind:value`, as artifacts are written everywhere. */
  artifact?: string | undefined;
  /** Words that the text contains, in any case. */
  text?: string | undefined;
}

export interface PostCondition {
  /** Condition over a relation `p` with `post_key, time, platform, account_key, kind`. */
  sql: string;
  bound: Bound;
}

const unzoned = (time: Date) => time.toISOString().replace('Z', '');

/** Parts of `platform/id`; the id may hold slashes. */
export function splitReference(reference: string): { platform: string; id: string } {
  const slash = reference.indexOf('/');
  return { platform: reference.slice(0, slash), id: reference.slice(slash + 1) };
}

/** Key of an account in the case; null where there is none. A handle is taken where no account has that id. */
export async function accountKey(spilloverCase: Case, reference: string): Promise<number | null> {
  const { platform, id } = splitReference(reference);
  const found = (condition: string) =>
    spilloverCase.database.first<{ key: number }>(
      `select min(account_key) as key from account where platform = $platform and ${condition} having count(*) > 0`,
      { platform, id },
    );
  const row = (await found('account_id = $id')) ?? (await found('lower(handle) = lower($id)'));
  return row?.key ?? null;
}

/** Turns a filter into a condition; an account or artifact that the case does not have matches nothing. */
export async function postCondition(spilloverCase: Case, filter: PostFilter): Promise<PostCondition> {
  const parts: string[] = [];
  const bound: Bound = {};
  if (filter.from) {
    parts.push('p.time >= $from::timestamp');
    bound.from = unzoned(filter.from);
  }
  if (filter.to) {
    parts.push('p.time < $to::timestamp');
    bound.to = unzoned(filter.to);
  }
  const oneOf = (column: string, values: readonly string[] | undefined) => {
    if (!values || values.length === 0) return;
    const names = values.map((value, place) => {
      bound[`${column}${place}`] = value;
      return `$${column}${place}`;
    });
    parts.push(`p.${column} in (${names.join(', ')})`);
  };
  oneOf('platform', filter.platforms);
  oneOf('kind', filter.kinds);
  if (filter.account !== undefined) {
    bound.account = (await accountKey(spilloverCase, filter.account)) ?? -1;
    parts.push('p.account_key = $account');
  }
  if (filter.artifact !== undefined) {
    bound.artifact = (await artifactKey(spilloverCase, filter.artifact)) ?? -1;
    parts.push('p.post_key in (select post_key from share where artifact_key = $artifact)');
  }
  if (filter.text !== undefined && filter.text.trim() !== '') {
    bound.text = filter.text.toLowerCase();
    parts.push('p.post_key in (select post_key from post where contains(lower(text), $text))');
  }
  return { sql: parts.length === 0 ? 'true' : parts.join(' and '), bound };
}

async function artifactKey(spilloverCase: Case, artifact: string): Promise<number | null> {
  const [, kind = '', value = ''] = /^([a-z]+):(.*)$/s.exec(artifact) ?? [];
  const row = await spilloverCase.database.first<{ key: number }>(
    'select artifact_key as key from artifact where kind = $kind and value = $value limit 1',
    { kind, value },
  );
  return row?.key ?? null;
}
