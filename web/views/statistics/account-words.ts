import { accountName } from '../../format/account-name.ts';

const reference = /(?<![\w./-])[a-z0-9_-]+\/[^\s,;()]+/gi;

/** A text of a result with what accounts are called in place of `platform/account_id`. */
export function withNames(text: string, names: Readonly<Record<string, string>>): string {
  return text.replace(reference, (whole) => {
    const account = whole.replace(/[.:]+$/, '');
    const name = names[account];
    return name === undefined
      ? whole
      : accountName(account, { handle: name, name: null }) + whole.slice(account.length);
  });
}

/** The posts that a cell lists, where it lists nothing else. */
export function postsIn(text: string, names: Readonly<Record<string, string>>): string[] | null {
  const parts = text.split(' ');
  const isPost = (one: string) => /^[a-z0-9_-]+\/\S+$/i.test(one) && names[one] === undefined;
  return parts.every(isPost) ? parts : null;
}
