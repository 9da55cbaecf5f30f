import { mkdir } from 'node:fs/promises';
import { posterId } from './accounts.ts';
import { LineFile } from './line-file.ts';
import { boardName } from './native-ids.ts';
import { mix } from './plant-random.ts';
import type { Piece } from './post-content.ts';
import { board, original } from './post-log.ts';
import { inOutDir, keptPosts, type WrittenWorld } from './written-world.ts';

const countries = [
  ['GB', 'United Kingdom'],
  ['US', 'United States'],
  ['IE', 'Ireland'],
  ['NL', 'Netherlands'],
  ['CA', 'Canada'],
  ['AU', 'Australia'],
] as const;
/** The board breaks words longer than this, also inside addresses. */
const longestWord = 35;

/** Writes `4chan/inv/thread-<no>.json`, one file a thread, as the board's API answers. */
export async function writeBoard(written: WrittenWorld): Promise<void> {
  const { log } = written.built.world;
  const threads = new Map<number, number[]>();
  for (const post of keptPosts(written, board, false)) {
    const posts = threads.get(log.room[post]!);
    if (posts) posts.push(post);
    else threads.set(log.room[post]!, [post]);
  }
  const openings = openingPosts(written);
  const folder = `4chan/${boardName}`;
  await mkdir(inOutDir(written, folder), { recursive: true });
  for (const [room, posts] of threads) {
    written.built.world.signal?.throwIfAborted();
    const opening = openings.get(room)!;
    const path = `${folder}/thread-${written.ids.boardNumber(opening)}.json`;
    const file = await LineFile.create(inOutDir(written, path));
    await file.write(JSON.stringify({ posts: posts.map((post) => record(written, post, opening, posts.length)) }));
    await file.close();
    written.files.push({ path, bytes: file.bytes, posts: posts.length });
    written.onWritten(posts.length);
  }
}

/** The opening post of each thread, whether or not it is in the files. */
export function openingPosts(written: WrittenWorld): Map<number, number> {
  const { log } = written.built.world;
  const openings = new Map<number, number>();
  for (const post of written.order)
    if (log.platform[post] === board && log.kind[post] === original) openings.set(log.room[post]!, post);
  return openings;
}

function record(written: WrittenWorld, post: number, opening: number, size: number) {
  const { log, options } = written.built.world;
  const seconds = Math.floor(written.ids.clock(post) / 1000);
  const country = countries[mix(log.account[post]!, log.room[post]! + 31) % countries.length]!;
  const pieces = written.content.pieces(post);
  const isOpening = post === opening;
  const title = isOpening ? subject(pieces) : '';
  return {
    no: written.ids.boardNumber(post),
    now: newYorkClock(seconds * 1000),
    name: 'Anonymous',
    ...(isOpening ? { sub: title } : {}),
    com: comment(written, post, pieces),
    ...(isOpening || mix(post, 83) % 9 === 0 ? image(post, seconds) : {}),
    time: seconds,
    resto: isOpening ? 0 : written.ids.boardNumber(opening),
    id: posterId(options.seed, log.room[post]!, log.account[post]!),
    country: country[0],
    country_name: country[1],
    ...(isOpening
      ? {
          semantic_url: title.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
          replies: size - 1,
          images: 1 + Math.floor(size / 9),
          archived: 1,
          archived_on: seconds + 259_200,
        }
      : {}),
  };
}

function subject(pieces: readonly Piece[]): string {
  const first = pieces[0];
  return first?.kind === 'text'
    ? first.value
        .split(/[.:,?]/)[0]!
        .slice(0, 60)
        .trim()
    : '';
}

function comment(written: WrittenWorld, post: number, pieces: readonly Piece[]): string {
  const { log } = written.built.world;
  const lines: string[] = [];
  const parent = log.parent[post]!;
  if (parent >= 0) {
    const no = written.ids.boardNumber(parent);
    lines.push(`<a href="#p${no}" class="quotelink">&gt;&gt;${no}</a>`);
    if (mix(post, 81) % 6 === 0) lines.push('<span class="quote">&gt;he believes it</span>');
  }
  let words = '';
  for (const piece of pieces) {
    if (piece.kind === 'text') words += piece.value;
    else if (piece.kind === 'url') words += `\n${piece.value}`;
    else if (piece.kind === 'tag') words += ` #${piece.value}`;
  }
  lines.push(
    ...words
      .split('\n')
      .filter((line) => line !== '')
      .map(markedUp),
  );
  return lines.join('<br>');
}

function markedUp(line: string): string {
  return line
    .split(' ')
    .map((word) => {
      const parts: string[] = [];
      for (let at = 0; at < word.length; at += longestWord) parts.push(escaped(word.slice(at, at + longestWord)));
      return parts.join('<wbr>');
    })
    .join(' ');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#039;');
}

function image(post: number, seconds: number) {
  const bytes = Buffer.alloc(16);
  for (let i = 0; i < 4; i++) bytes.writeUInt32LE(mix(post, 90 + i), i * 4);
  const tim = seconds * 1000 - 700 - (mix(post, 95) % 900);
  return {
    filename: String(tim),
    ext: '.jpg',
    w: 1080,
    h: 1350,
    tn_w: 200,
    tn_h: 250,
    tim,
    md5: bytes.toString('base64'),
    fsize: 40_000 + (mix(post, 96) % 900_000),
  };
}

const clockFormat = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/New_York',
  hourCycle: 'h23',
  year: '2-digit',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  weekday: 'short',
});

function newYorkClock(time: number): string {
  const part = Object.fromEntries(clockFormat.formatToParts(time).map(({ type, value }) => [type, value]));
  return `${part.month}/${part.day}/${part.year}(${part.weekday})${part.hour}:${part.minute}:${part.second}`;
}
