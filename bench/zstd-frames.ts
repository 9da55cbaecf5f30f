import { readFileSync } from 'node:fs';
import { readZstdDictionary } from '../src/spool/zstd-dictionary.ts';
import { ZstdFrames } from '../src/spool/zstd-frames.ts';
import { packer } from '../test/support/fakes/packer.ts';

/**
 * Speed of unpacking Jetstream's messages: frames a second and bytes saved, on invented posts with the dictionary of the tests or
 * another one.
 *
 *   npx tsx bench/zstd-frames.ts [DICTIONARY]
 */
const file = process.argv[2] ?? 'test/data/jetstream.zdict';
const pack = await packer(file);
const frames = new ZstdFrames(readZstdDictionary(readFileSync(file)));
const words =
  'leak files dump docs see this thread archive election vote candidate emails upload link source read'.split(' ');
const texts = Array.from({ length: 5_000 }, (_, index) => {
  const text = Array.from({ length: 5 + (index % 30) }, (_, word) => words[(index * 7 + word * word) % words.length]);
  const record = {
    $type: 'app.bsky.feed.post',
    createdAt: new Date(index * 997).toISOString(),
    langs: ['en'],
    text: text.join(' '),
  };
  const rkey = (index * 7_919_993).toString(36).padStart(13, '3');
  const commit = {
    rev: rkey,
    operation: 'create',
    collection: 'app.bsky.feed.post',
    rkey,
    record,
    cid: `bafyrei${rkey.repeat(4)}`,
  };
  return JSON.stringify({
    did: `did:plc:${rkey.repeat(2)}`,
    time_us: 1_700_000_000_000_000 + index,
    kind: 'commit',
    commit,
  });
});
const packed = texts.map((text) => pack(text));
for (let round = 0; round < 3; round++) {
  const began = process.cpuUsage();
  for (const frame of packed) frames.decode(frame);
  const { user, system } = process.cpuUsage(began);
  console.log(
    `${Math.round((packed.length * 1e6) / (user + system)).toLocaleString('en')} frames per processor second`,
  );
}
const total = (parts: readonly { length: number }[]) => parts.reduce((sum, { length }) => sum + length, 0);
console.log(
  `${Math.round(total(texts) / texts.length)} bytes a message, packed ${Math.round(total(packed) / packed.length)}`,
);
