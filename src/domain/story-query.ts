import { UserError } from '../base/errors.ts';

/** One condition of a query; `column` is its 1-based place in the text, for messages. */
export type StoryLeaf =
  | {
      op: 'term' | 'phrase' | 'hashtag' | 'url' | 'domain' | 'media' | 'platform' | 'lang';
      value: string;
      column: number;
    }
  | { op: 'account'; platform: string; value: string; column: number };

/** A parsed story query. */
export type StoryQuery =
  | { op: 'and'; parts: StoryQuery[] }
  | { op: 'or'; parts: StoryQuery[] }
  | { op: 'not'; part: StoryQuery }
  | StoryLeaf;

interface Token {
  kind: 'word' | 'phrase' | '(' | ')' | 'AND' | 'OR' | 'NOT' | 'end';
  text: string;
  column: number;
}

const fields = ['url', 'domain', 'media', 'account', 'platform', 'lang'] as const;

/**
 * Parses the query language of a story: terms and "phrases", `#hashtag`, `url:`, `domain:`, `media:`, `account:platform/handle`,
 * `platform:`, `lang:`, joined by AND, OR, NOT and parentheses. Words side by side are joined by AND; AND binds closer than OR.
 * @throws UserError that names the column of the mistake.
 */
export function parseStoryQuery(text: string): StoryQuery {
  const tokens = tokenise(text);
  let next = 0;
  const peek = () => tokens[next]!;
  const take = () => tokens[next++]!;

  const either = (): StoryQuery => {
    const parts = [all()];
    while (peek().kind === 'OR') {
      take();
      parts.push(all());
    }
    return parts.length === 1 ? parts[0]! : { op: 'or', parts };
  };
  const all = (): StoryQuery => {
    const parts = [one()];
    for (;;) {
      const { kind } = peek();
      if (kind === 'AND') take();
      else if (kind === 'end' || kind === 'OR' || kind === ')') break;
      parts.push(one());
    }
    return parts.length === 1 ? parts[0]! : { op: 'and', parts };
  };
  const one = (): StoryQuery => {
    const token = take();
    switch (token.kind) {
      case 'NOT':
        return { op: 'not', part: one() };
      case '(': {
        const inner = either();
        if (take().kind !== ')') throw mistake(text, token.column, 'this parenthesis is never closed');
        return inner;
      }
      case 'phrase':
        return { op: 'phrase', value: token.text, column: token.column };
      case 'word':
        return leaf(text, token);
      case 'end':
        throw mistake(text, token.column, 'a term is missing at the end');
      default:
        throw mistake(text, token.column, `a term is missing before "${token.text}"`);
    }
  };

  if (peek().kind === 'end') throw mistake(text, 1, 'the query is empty');
  const query = either();
  if (peek().kind !== 'end') throw mistake(text, peek().column, `"${peek().text}" was not expected here`);
  if (onlyNegative(query)) throw mistake(text, 1, 'the query only says what a post must not have');
  return query;
}

function leaf(text: string, token: Token): StoryQuery {
  const { column } = token;
  if (/^[#＃]/.test(token.text)) {
    if (token.text.length === 1) throw mistake(text, column, 'a hashtag needs a name');
    return { op: 'hashtag', value: token.text.slice(1), column };
  }
  const field = /^([a-z]+):(.*)$/is.exec(token.text);
  if (!field || /^https?$/i.test(field[1]!)) {
    return /^https?:\/\//i.test(token.text)
      ? { op: 'url', value: token.text, column }
      : { op: 'term', value: token.text, column };
  }
  const name = field[1]!.toLowerCase();
  const value = field[2]!;
  if (!(fields as readonly string[]).includes(name)) {
    throw mistake(
      text,
      column,
      `"${name}:" is not a field; fields are ${fields.map((one) => `${one}:`).join(' ')}, or write the words in "quotes"`,
    );
  }
  if (value === '') throw mistake(text, column, `${name}: needs a value`);
  if (name !== 'account') return { op: name as 'url', value, column };
  const account = /^([a-z0-9]+)\/@?(.+)$/i.exec(value);
  if (!account)
    throw mistake(text, column, 'write an account as account:platform/handle, for example account:x/WikiLeaks');
  return { op: 'account', platform: account[1]!.toLowerCase(), value: account[2]!, column };
}

function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /\s*(?:"([^"]*)("?)|(\()|(\))|((?:[^\s()"]|"[^"]*")+))/gy;
  let at = 0;
  for (;;) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match || match[0] === '') break;
    at = pattern.lastIndex;
    const column = at - match[0].trimStart().length + 1;
    if (match[1] !== undefined) {
      if (match[2] === '') throw mistake(text, column, 'this quotation mark is never closed');
      if (match[1].trim() === '') throw mistake(text, column, 'the phrase is empty');
      tokens.push({ kind: 'phrase', text: match[1].trim(), column });
    } else if (match[3]) tokens.push({ kind: '(', text: '(', column });
    else if (match[4]) tokens.push({ kind: ')', text: ')', column });
    else {
      const word = match[5]!;
      const operator = word === 'AND' || word === 'OR' || word === 'NOT' ? word : null;
      if (!operator && word.startsWith('-') && word.length > 1) {
        tokens.push({ kind: 'NOT', text: '-', column }, { kind: 'word', text: word.slice(1), column: column + 1 });
      } else tokens.push({ kind: operator ?? 'word', text: word.replaceAll('"', ''), column });
    }
  }
  tokens.push({ kind: 'end', text: 'the end', column: text.length + 1 });
  return tokens;
}

function onlyNegative(query: StoryQuery): boolean {
  if (query.op === 'not') return true;
  if (query.op === 'and') return query.parts.every(onlyNegative);
  if (query.op === 'or') return query.parts.some(onlyNegative);
  return false;
}

function mistake(text: string, column: number, what: string): UserError {
  return new UserError(`The query has a mistake at column ${column}: ${what}.`, `${text}\n${' '.repeat(column - 1)}^`);
}

/** The leaves of a query, negated ones left out. */
export function positiveLeaves(query: StoryQuery): StoryLeaf[] {
  if (query.op === 'not') return [];
  if (query.op === 'and' || query.op === 'or') return query.parts.flatMap(positiveLeaves);
  return [query];
}
