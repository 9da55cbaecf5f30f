import { mkdir } from 'node:fs/promises';
import { chatId } from './accounts.ts';
import type { Chat } from './cast.ts';
import { hour } from './daily-rhythm.ts';
import { LineFile } from './line-file.ts';
import type { Piece } from './post-content.ts';
import { reply, reshare, telegram } from './post-log.ts';
import { inOutDir, keptPosts, type WrittenWorld } from './written-world.ts';

/** The exporting computer's clock, hours ahead of UTC. */
const zoneHours = 2;

/** Writes `telegram/<chat>/result.json`, one Telegram Desktop export a chat. */
export async function writeTelegram(written: WrittenWorld): Promise<void> {
  const { log } = written.built.world;
  const posts = keptPosts(written, telegram, false);
  for (const [room, chat] of written.built.cast.chats.entries()) {
    const folder = `telegram/${chat.title.toLowerCase().replaceAll(' ', '-')}`;
    await mkdir(inOutDir(written, folder), { recursive: true });
    const path = `${folder}/result.json`;
    const file = await LineFile.create(inOutDir(written, path));
    const type = chat.group ? 'public_supergroup' : 'public_channel';
    await file.write(
      `{\n "name": ${JSON.stringify(chat.title)},\n "type": "${type}",\n "id": ${chatId(chat.account)},\n "messages": [\n`,
    );
    await file.write(indented(opening(written, chat)));
    let count = 0;
    for (const post of posts) {
      if (log.room[post] !== room) continue;
      if (++count % 1000 === 0) written.built.world.signal?.throwIfAborted();
      await file.write(`,\n${indented(message(written, post, chat))}`);
    }
    await file.write('\n ]\n}');
    await file.close();
    written.files.push({ path, bytes: file.bytes, posts: count });
    written.onWritten(count);
  }
}

function indented(record: object): string {
  return `  ${JSON.stringify(record, null, 1).replaceAll('\n', '\n  ')}`;
}

function clockFields(time: number) {
  const seconds = Math.floor(time / 1000);
  return {
    date: new Date(seconds * 1000 + zoneHours * hour).toISOString().slice(0, 19),
    date_unixtime: String(seconds),
  };
}

function opening(written: WrittenWorld, chat: Chat) {
  const created = written.built.world.accounts.created[chat.account]!;
  const action = chat.group ? 'migrate_from_group' : 'create_channel';
  return {
    id: 1,
    type: 'service',
    ...clockFields(created),
    actor: chat.title,
    actor_id: `channel${chatId(chat.account)}`,
    action,
    title: chat.title,
    text: '',
    text_entities: [],
  };
}

function message(written: WrittenWorld, post: number, chat: Chat) {
  const { log, accounts } = written.built.world;
  const account = log.account[post]!;
  const parent = log.parent[post]!;
  const entities = entitiesOf(written.content.pieces(post));
  const parts = entities.map((one) => (one.type === 'plain' ? one.text : one));
  return {
    id: written.ids.message(post),
    type: 'message',
    ...clockFields(written.ids.clock(post)),
    from: chat.group ? accounts.name(account) : chat.title,
    from_id: accounts.nativeId(account),
    ...(log.kind[post] === reshare ? { forwarded_from: written.built.cast.chats[log.room[parent]!]!.title } : {}),
    ...(log.kind[post] === reply ? { reply_to_message_id: written.ids.message(parent) } : {}),
    text: parts.length === 1 && typeof parts[0] === 'string' ? parts[0] : parts,
    text_entities: entities,
  };
}

function entitiesOf(pieces: readonly Piece[]): { type: string; text: string }[] {
  const entities: { type: string; text: string }[] = [];
  for (const piece of pieces) {
    if (piece.kind === 'mention') continue;
    if (entities.length > 0) entities.push({ type: 'plain', text: ' ' });
    if (piece.kind === 'text') entities.push({ type: 'plain', text: piece.value });
    else if (piece.kind === 'url') entities.push({ type: 'link', text: piece.value });
    else entities.push({ type: 'hashtag', text: `#${piece.value}` });
  }
  return entities.reduce<typeof entities>((merged, one) => {
    const last = merged.at(-1);
    if (last?.type === 'plain' && one.type === 'plain') last.text += one.text;
    else merged.push({ ...one });
    return merged;
  }, []);
}
