import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

const words =
  'the and for that with this from have they will your about would there their when make like time just know take people into year good some could them other than then look only come over think also back after work first well even want because these give most river bridge ferry council paper harbour ticket plan money vote town market light winter summer school doctor train engine garden letter window mountain'.split(
    ' ',
  );
const tags = Array.from(
  { length: 400 },
  (_, index) => `${words[index % words.length]}${words[(index * 7) % words.length]}`,
);
const hosts = Array.from(
  { length: 300 },
  (_, index) => `${words[(index * 3) % words.length]}-${words[index % words.length]}.example`,
);

/** xorshift32: repeatable on every machine, good enough for filling records. */
function generator(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 4294967296;
  };
}

/**
 * Writes flattened X API v2 posts, one a line, 2-3 kB each: half reshares of popular posts (with the reshared post inside, as
 * twarc2 flattens them), a tenth replies, the rest originals; accounts and addresses follow a heavy-tailed popularity.
 */
export async function writeXApiV2Records(path: string, records: number, seed: number): Promise<void> {
  const random = generator(seed);
  const below = (n: number) => Math.floor(random() * n);
  const popular = (n: number) => Math.floor(n * random() ** 4);
  const text = (length: number) => {
    let out = '';
    while (out.length < length) out += `${words[below(words.length)]} `;
    return out.trimEnd();
  };
  const accounts = Math.max(1000, Math.floor(records / 12));
  const start = Date.UTC(2026, 3, 1);
  const author = (key: number) => ({
    id: String(900000000000 + key * 7919),
    username: `user_${(key * 2654435761) >>> 0}`,
    name: `${words[key % words.length]} ${words[(key * 13) % words.length]}`,
    created_at: new Date(Date.UTC(2010, 0, 1) + (key % 5000) * 86_400_000).toISOString(),
    description: `${words[key % 50]} ${words[(key * 3) % 50]} ${words[(key * 5) % 50]}, living near the ${words[(key * 11) % 50]}. Opinions are my own.`,
    location: words[key % 70],
    verified: key % 97 === 0,
    protected: false,
    profile_image_url: `https://images.example/profile/${key}/normal.jpg`,
    public_metrics: {
      followers_count: (key * 31) % 90000,
      following_count: key % 3000,
      tweet_count: (key * 17) % 200000,
      listed_count: key % 120,
    },
  });
  const original = (id: bigint, time: number, account: number) => {
    const urls =
      random() < 0.45
        ? [
            {
              start: 90,
              end: 113,
              url: `https://t.co/${below(2 ** 31).toString(36)}`,
              expanded_url: `https://www.${hosts[popular(hosts.length)]}/news/${popular(200_000)}?utm_source=x&id=${below(5)}`,
              display_url: 'news.example/…',
              status: 200,
              title: text(50),
              description: text(120),
            },
          ]
        : [];
    const hashtags = Array.from({ length: random() < 0.4 ? 1 + below(3) : 0 }, (_, at) => ({
      start: at * 10,
      end: at * 10 + 8,
      tag: tags[popular(tags.length)]!,
    }));
    const mentions =
      random() < 0.3 ? [{ start: 0, end: 10, username: author(popular(accounts)).username, id: '1' }] : [];
    const body = `${mentions.map((m) => `@${m.username} `).join('')}${text(60 + below(160))}${hashtags.map((h) => ` #${h.tag}`).join('')}${urls.map((u) => ` ${u.url}`).join('')}${random() < 0.2 ? ' 🙂' : ''}`;
    return {
      id: String(id),
      author_id: author(account).id,
      text: body,
      created_at: `${new Date(time).toISOString().slice(0, 19)}.000Z`,
      conversation_id: String(id),
      lang: 'en',
      possibly_sensitive: false,
      reply_settings: 'everyone',
      edit_history_tweet_ids: [String(id)],
      public_metrics: {
        retweet_count: popular(900),
        reply_count: below(40),
        like_count: popular(2000),
        quote_count: below(9),
        impression_count: popular(90000),
      },
      entities: {
        ...(urls.length ? { urls } : {}),
        ...(hashtags.length ? { hashtags } : {}),
        ...(mentions.length ? { mentions } : {}),
        annotations: [{ start: 3, end: 9, probability: 0.8, type: 'Place', normalized_text: words[below(60)] }],
      },
      context_annotations: [
        {
          domain: {
            id: '46',
            name: 'Business Taxonomy',
            description: 'Categories within Brand Verticals that narrow down the scope of Brands',
          },
          entity: {
            id: '1557697333571112960',
            name: 'Technology Business',
            description: 'Brands, companies, advertisers and every non-person handle with the profit intent',
          },
        },
        {
          domain: { id: '131', name: 'Unified Twitter Taxonomy', description: 'A taxonomy of user interests. ' },
          entity: { id: '847900493514891265', name: 'Town councils' },
        },
      ],
      author: author(account),
    };
  };
  const snowflake = (time: number, sequence: number) =>
    (BigInt(time - 1288834974657) << 22n) + BigInt(sequence % 4_194_304);
  const pool = Array.from({ length: Math.max(200, Math.floor(records / 40)) }, (_, index) => {
    const time = start - 3_600_000 + index * 50;
    return original(snowflake(time, index), time, popular(accounts));
  });
  const out = createWriteStream(path, { highWaterMark: 1 << 22 });
  for (let index = 0; index < records; index++) {
    const time = start + Math.floor((index * 5 * 86_400_000) / records) + below(1000);
    const id = snowflake(time, index);
    const account = popular(accounts);
    let record: object;
    const dice = random();
    if (dice < 0.5) {
      const root = pool[popular(pool.length)]!;
      const { context_annotations, ...inner } = root;
      record = {
        id: String(id),
        author_id: author(account).id,
        text: `RT @${root.author.username}: ${root.text.slice(0, 120).toWellFormed()}`,
        created_at: `${new Date(time).toISOString().slice(0, 19)}.000Z`,
        conversation_id: String(id),
        lang: 'en',
        possibly_sensitive: false,
        reply_settings: 'everyone',
        edit_history_tweet_ids: [String(id)],
        public_metrics: { retweet_count: 5, reply_count: 0, like_count: 0, quote_count: 0, impression_count: 0 },
        entities: root.entities,
        context_annotations,
        referenced_tweets: [{ type: 'retweeted', ...inner }],
        author: author(account),
      };
    } else {
      const own = original(id, time, account);
      record =
        dice < 0.6
          ? {
              ...own,
              referenced_tweets: [{ type: 'replied_to', id: pool[popular(pool.length)]!.id }],
              in_reply_to_user_id: '1',
            }
          : own;
    }
    if (!out.write(`${JSON.stringify(record)}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}
