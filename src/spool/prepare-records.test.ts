import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Fault } from './fault.ts';
import { type ParsedRecord, prepareRecords } from './prepare-records.ts';

const folder = mkdtempSync(join(tmpdir(), 'spillover-records-'));
const options = { spoolDir: join(folder, 'spool') };
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'page.html');
writeFileSync(file, '<p>text</p>');

async function* items(list: (ParsedRecord | Fault)[]): AsyncGenerator<ParsedRecord | Fault> {
  yield* list;
}

describe('prepareRecords', () => {
  it('writes records and contexts as prepareJson does', async () => {
    const group = { title: 'Ferry \ud83d', id: 7n };
    const fault: Fault = { line: 9, at: 'message3', reason: 'invalid-json', detail: 'no date', sample: '<p>' };
    const prepared = await prepareRecords(
      file,
      items([
        { at: 'message1', line: 4, record: { text: 'a\u2028\n\ud83d', gone: undefined }, context: group },
        { at: 'message2', record: ['\u{1f642}'], context: { ...group } },
        fault,
        { at: 'message4', record: null },
      ]),
      options,
    );
    expect(readFileSync(prepared.path, 'utf8')).toBe(
      '{"line":4,"at":"message1","ctx":1,"record":{"text":"a\u2028\\n\\ufffd"}}\n' +
        '{"line":null,"at":"message2","ctx":1,"record":["🙂"]}\n' +
        '{"line":null,"at":"message4","ctx":2,"record":null}\n',
    );
    expect(readFileSync(prepared.contextPath, 'utf8')).toBe(
      '{"ctx":1,"context":{"title":"Ferry \\ufffd","id":"7"}}\n{"ctx":2,"context":{}}\n',
    );
    expect(prepared).toMatchObject({ records: 4, faults: [fault], bytes: 11, spooled: true });
    expect(prepared.sha256).toBe(createHash('sha256').update('<p>text</p>').digest('hex'));
  });

  it('leaves nothing behind when the parser fails or the file is not there', async () => {
    const before = readdirSync(options.spoolDir).length;
    async function* failing(): AsyncGenerator<ParsedRecord> {
      yield { at: 'a', record: 1 };
      throw new Error('parser');
    }
    await expect(prepareRecords(file, failing(), options)).rejects.toThrow('parser');
    await expect(prepareRecords(join(folder, 'none'), items([]), options)).rejects.toThrow(/No such file/);
    expect(readdirSync(options.spoolDir)).toHaveLength(before);
  });
});
