import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../bench/planted-texts.ts';
import { caseFold, needsNfkcPattern, normalisedTextSql, normaliseText, textHash } from './text-fingerprint.ts';

const texts: [text: string, normal: string][] = [
  [
    'RT @JackPosobiec: Massive doc dump at /pol/ https://t.co/abc #MacronLeaks',
    'massive doc dump at /pol/ #macronleaks',
  ],
  ['Massive doc dump   at /pol/\n#MacronLeaks', 'massive doc dump at /pol/ #macronleaks'],
  ['rt @a: RT @b: hello', 'hello'],
  ['RT if you agree @bob', 'rt if you agree'],
  ['@user@social.example and @alice.bsky.social, mail a@example.org', 'and , mail a@example.org'],
  ['cut https://t.co/ab…', 'cut'],
  ['see pic.twitter.com/Ab12 (https://example.org/x) ok', 'see ( ok'],
  ['日本語のhttps://t.co/abcdefghijテスト', '日本語の テスト'],
  ['Straße STRASSE', 'strasse strasse'],
  ['ΟΔΟΣ ὈΔΟΣ οδος', 'οδοσ ὀδοσ οδοσ'],
  ['İstanbul ISTANBUL ısparta', 'istanbul istanbul ısparta'],
  ['E\u0301lyse\u0301e ÉLYSÉE', 'élysée élysée'],
  ['ＭＡＣＲＯＮ　ﬁle ½ ™', 'macron file 1⁄2 tm'],
  ['𝐌𝐚𝐜𝐫𝐨𝐧 𝔏eaks', 'macron leaks'],
  ['zero\u200bwidth so\u00adft \u202bmark\u202c', 'zerowidth soft mark'],
  ['non\u00a0breaking\u2003wide　gap', 'non breaking wide gap'],
  ['❤️ 👨‍👩‍👧 🇫🇷 👍🏿 1️⃣', '❤️ 👨‍👩‍👧 🇫🇷 👍🏿 1️⃣'],
  ['مَرحبا بالعالم، تسريبات ماكرون', 'مَرحبا بالعالم، تسريبات ماكرون'],
  ['می‌خواهم', 'می‌خواهم'],
  ['한국어 텍스트', '한국어 텍스트'],
  ['\u1112\u1161\u11ab', '한'],
  ['हिन्दी में', 'हिन्दी में'],
  ['МАКРОН Ёлка Йод', 'макрон ёлка йод'],
  ["it's 'quoted' \"too\" \\ back", "it's 'quoted' \"too\" \\ back"],
  ['\u0001\u0000 control \u0085', 'control'],
  ['', ''],
  ['   ', ''],
];

describe('normaliseText', () => {
  it.each(texts)('%j', (text, normal) => {
    expect(normaliseText(text)).toBe(normal);
  });
});

it('caseFold joins spellings that lower case keeps apart', () => {
  expect(caseFold('ẞ ß ς Σ İ K')).toBe('ss ss σ σ i k');
});

it('textHash is the first half of MD5', () => {
  expect(textHash('')).toBe('d41d8cd98f00b204');
  expect(textHash('massive doc dump')).toMatch(/^[0-9a-f]{16}$/);
});

describe('in DuckDB', () => {
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run('create table post(id integer, text varchar)');
  });
  afterAll(() => connection.closeSync());

  async function compare(list: string[]): Promise<{ trusted: number; differing: string[] }> {
    const appender = await connection.createAppender('post');
    await connection.run('delete from post');
    list.forEach((text, id) => {
      appender.appendInteger(id);
      appender.appendVarchar(text);
      appender.endRow();
    });
    appender.closeSync();
    const [ids, normals, hashes] = (
      await connection.runAndReadAll(
        `select id, ${normalisedTextSql('text')} as normal, left(md5(normal), 16)
        from post where not regexp_matches(text, '${needsNfkcPattern}')`,
      )
    ).getColumnsJS() as [number[], string[], string[]];
    const differing = ids.flatMap((id, row) => {
      const normal = normaliseText(list[id]!);
      return normal === normals[row] && textHash(normal) === hashes[row] ? [] : [list[id]!];
    });
    return { trusted: ids.length, differing };
  }

  it('the same comes out for the texts above', async () => {
    const { trusted, differing } = await compare(texts.map(([text]) => text));
    expect(differing).toEqual([]);
    expect(trusted).toBeGreaterThanOrEqual(17);
  });

  it('the same comes out for every character alone and among letters', async () => {
    const list: string[] = [];
    for (let point = 1; point < 0x110000; point++) {
      if (point >= 0xd800 && point < 0xe000) continue;
      const character = String.fromCodePoint(point);
      list.push(`aA${character}e ${character}`);
    }
    const { trusted, differing } = await compare(list);
    process.stdout.write(`normalised text: DuckDB is trusted with ${trusted} of ${list.length} characters\n`);
    expect(differing).toEqual([]);
    expect(trusted).toBeGreaterThan(80_000);
  }, 60_000);

  it('the same comes out for random texts of trusted and other characters', async () => {
    const random = seededRandom(31);
    const below = (limit: number) => Math.floor(random() * limit);
    const pools = [
      'abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ      .,:;!?-()"\'@#/_',
      'éèêëàâçùûüôöïîÉÈÇñÑßœŒæÆøØåÅ’“”…–—«»€£°',
      'абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЁ',
      'αβγδεζηθικλμνξοπρσςτυφχψωΣΩάέ',
      'ابتثجحخدذرزسشصضطظعغفقكلمنهويىة',
      '日本語中国한국어ひらがなカタカナ。、！？',
      'İıŞşĞğ\u0301\u0308\u0307ﬁﬂ№™½\u200b\u200d\ufe0f\u00a0\u3000',
    ].map((pool) => [...pool]);
    const pieces = [
      'RT @user: ',
      'rt @a_b ',
      'https://t.co/abcdefghij',
      'HTTP://example.org/x?y=1,',
      '@bob',
      ' @a.b@c ',
      '😀',
      '❤️',
      '🇫🇷',
      '#Tag',
      '\n',
      '\t',
      'pic.twitter.com/x1',
    ];
    const list = Array.from({ length: 40_000 }, () => {
      const main = pools[below(3) === 0 ? below(pools.length) : 0]!;
      let text = '';
      for (let left = 1 + below(40); left > 0; left--) {
        const pool = below(20) === 0 ? pools[below(pools.length)]! : main;
        text += below(8) === 0 ? pieces[below(pieces.length)]! : pool[below(pool.length)]!;
      }
      return text;
    });
    const { trusted, differing } = await compare(list);
    expect(differing).toEqual([]);
    expect(trusted).toBeGreaterThan(list.length / 3);
  }, 60_000);
});
