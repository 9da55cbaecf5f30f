import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { processorMs } from '../../test/support/processor-ms.ts';
import { sharedData } from '../../test/support/shared-data.ts';
import { type CsvDialect, CsvRecord } from './csv-record.ts';
import { prepareCsv } from './prepare-csv.ts';
import { sniffCsv } from './sniff-csv.ts';

const folder = mkdtempSync(join(tmpdir(), 'spillover-csv-'));
const options = { spoolDir: join(folder, 'spool') };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const standard: CsvDialect = { delimiter: ',', escape: 'double', header: 'first-row' };

async function prepareFile(path: string, dialect: Partial<CsvDialect> = {}) {
  const prepared = await prepareCsv(path, { ...standard, ...dialect }, options);
  const text = readFileSync(prepared.path, 'utf8');
  expect(prepared.spooled).toBe(true);
  return { ...prepared, text, faultLines: prepared.faults.map(({ line, reason, detail }) => [line, reason, detail]) };
}

function prepare(content: Buffer | string, dialect: Partial<CsvDialect> = {}) {
  const path = join(folder, 'input');
  writeFileSync(path, content);
  return prepareFile(path, dialect);
}

describe('prepareCsv', () => {
  it('puts the line number first, drops the header, and keeps the text of cells', async () => {
    const found = await prepare('\ufeffid,text,n\r\n1,"a ""b"", c\r\nd",\r\n\r\n2,x\ty , é\r\n"3",,"""\r"\r\n');
    expect(found.text).toBe('2,1,"a ""b"", c\r\nd",\n5,2,x\ty , é\n6,"3",,"""\r"\n');
    expect(found).toMatchObject({
      columns: ['id', 'text', 'n'],
      records: 3,
      faults: [],
      multiline: 1,
      maxRecordBytes: 21,
    });
  });

  it('quotes cells that hold quotes, and joins what follows a closing quote', async () => {
    const { text } = await prepare('a,b\n5" nail,say "x"\n"in"side,"a" "b"\n1,x\ry\n');
    expect(text).toBe('2,"5"" nail","say ""x"""\n3,"inside","a ""b"""\n4,1,"x\ry"\n');
  });

  it('rewrites other delimiters', async () => {
    expect((await prepare('a;b\n1,5;"x;""y"""\n', { delimiter: ';' })).text).toBe('2,"1,5","x;""y"""\n');
    expect((await prepare('a\tb\n\t\n 1\tx,y\n', { delimiter: '\t' })).text).toBe('2,,\n3, 1,"x,y"\n');
  });

  it('reads lines that end with a carriage return alone', async () => {
    const { text, multiline } = await prepare('a,b\r1,"x\ry"\r2,z\r');
    expect(text).toBe('2,1,"x\ry"\n4,2,z\n');
    expect(multiline).toBe(1);
  });

  it('names columns: trimmed, filled, made distinct', async () => {
    const { columns } = await prepare(' id ,,text,ID,text,"text ",""\n');
    expect(columns).toEqual(['id', 'column_2', 'text', 'ID_2', 'text_2', 'text_3', 'column_7']);
  });

  it('finds the index column of R and pandas', async () => {
    const found = await prepare('id,text\n1,77,x\n2,78,y\nid,text\n3,79\n');
    expect(found.columns).toEqual(['column_1', 'id', 'text']);
    expect(found.text).toBe('2,1,77,x\n3,2,78,y\n');
    expect(found.faultLines).toEqual([
      [4, 'repeated-header', 'the header again'],
      [5, 'wrong-column-count', '2 cells instead of 3'],
    ]);
    expect((await prepare('id,text\n1,77,x\n2,y\n3,z\n')).columns).toEqual(['id', 'text']);
  });

  it('reports what is not a record of the table', async () => {
    const found = await prepare('id,text\n1,a\nid,text\n2\n3,b,c\n4,x\0y\n5,"z\n');
    expect(found.text).toBe('2,1,a\n');
    expect(found.records).toBe(6);
    expect(found.faultLines).toEqual([
      [3, 'repeated-header', 'the header again'],
      [4, 'wrong-column-count', '1 cells instead of 2'],
      [5, 'wrong-column-count', '3 cells instead of 2'],
      [6, 'nul-byte', 'the record holds NUL bytes'],
      [7, 'unclosed-quote', 'a quoted cell is not closed before the end of the file'],
    ]);
    expect(found.faults[3]!.sample).toBe('4,x␀y\n');
  });

  it('loses one line to a stray quote', async () => {
    const rows = Array.from({ length: 2000 }, (_, i) => `${i},"text ${i}",end`);
    rows[5] = '5,"open,end';
    rows[50] = '50,"two\nlines",end';
    const quoted = await prepare(`id,text,last\n${rows.join('\n')}\n`);
    expect(quoted.faultLines).toEqual([[7, 'unclosed-quote', 'a quoted cell is not closed where it should be']]);
    expect(quoted.text.split('\n').length - 1).toBe(2000);
    const plain = await prepare(`id,text,last\n1,"open,x\n${'2,b,c\n'.repeat(1000)}`);
    expect(plain.faultLines).toEqual([[2, 'unclosed-quote', 'a quoted cell is not closed before the end of the file']]);
    expect(plain.records).toBe(1001);
  });

  it('passes over records beyond 4 MB, quoted or not', async () => {
    const long = 'x'.repeat(5_000_000);
    const found = await prepare(`a,b\n1,${long}\n2,"y\n${'3,4\n'.repeat(1_100_000)}5,"z"\n`);
    expect(found.faultLines).toEqual([
      [2, 'line-too-long', 'the line is longer than 4 MB'],
      [3, 'unclosed-quote', 'no closing quote within 4 MB'],
    ]);
    expect(found.records).toBe(1_100_003);
    expect(found.text.endsWith('1100004,5,"z"\n')).toBe(true);
  });

  it('takes linear time where every line opens a quote again', async () => {
    const started = processorMs();
    const cells = await prepare(`${'c,'.repeat(400)}c\n${'a","b\n'.repeat(400_000)}`);
    expect(cells.records).toBe(cells.faults.length);
    expect(cells.faults.at(-1)!.line).toBeLessThanOrEqual(400_001);
    expect(cells.faults.some(({ detail }) => detail.includes('not read one by one'))).toBe(true);
    expect(processorMs() - started).toBeLessThan(15_000);
  });

  it('unescapes backslashes where the dialect has them, and drops what stands for null', async () => {
    const dialect: Partial<CsvDialect> = { escape: 'backslash', header: ['a', 'b', 'c'], nullText: '\\N' };
    const found = await prepare('"1","x\\\ny \\"z\\" C:\\\\d\\n",\\N\n"2","\\N","ü"\n"3"\n', dialect);
    expect(found.text).toBe('1,"1","x\ny ""z"" C:\\d\\n",\n3,"2",,"ü"\n');
    expect(found.faultLines).toEqual([[4, 'wrong-column-count', '1 cells instead of 3']]);
    expect(found.columns).toEqual(['a', 'b', 'c']);
  });

  it('takes either escape, also where a cell ends with a backslash', async () => {
    const { text, faults } = await prepare('a,b\n"x \\"y\\" \\\\o","x ""y"""\n"C:\\dir\\",2\n"no\\tab",3\n', {
      escape: 'both',
    });
    expect(text).toBe('2,"x ""y"" \\o","x ""y"""\n3,"C:\\dir\\",2\n4,"no\\tab","3"\n'.replace('"3"', '3'));
    expect(faults).toEqual([]);
  });

  it('reads on when the header has an open quote', async () => {
    const found = await prepare('id,"text\n1,a\n2,b\n');
    expect(found.columns).toEqual(['id', 'text']);
    expect(found.text).toBe('2,1,a\n3,2,b\n');
    expect(found.notes).toHaveLength(1);
  });

  it('reports a cut archive once', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `${i},${(i * 2654435761) % 4294967296},"t\n${i}"\n`);
    const packed = gzipSync(`id,n,text\n${rows.join('')}`);
    const found = await prepare(packed.subarray(0, packed.length >> 1));
    expect(found.faults).toMatchObject([{ reason: 'damaged-archive', line: 2 * (found.records - 1) + 2 }]);
    expect(found.records).toBeGreaterThan(8000);
    expect(found.text.split('\n').length - 1).toBe(2 * (found.records - 1));
  });

  it.each(['', '\n\n', 'a,b\n', '\0\0\0'])('takes %j for a table without records', async (content) => {
    expect(await prepare(content)).toMatchObject({ records: 0, text: '' });
  });

  const asagi = sharedData('formats/synthetic/asagi_4plebs_csv/syn.csv');
  it.skipIf(!asagi)('reads the Asagi sample', async () => {
    const header = Array.from({ length: 28 }, (_, i) => `c${i}`);
    const found = await prepareFile(asagi!, { escape: 'backslash', header, nullText: '\\N' });
    expect(found.faultLines).toEqual([[13, 'wrong-column-count', '3 cells instead of 28']]);
    expect(found.records).toBe(10);
    expect(found.text).toContain('">>990000201\nhe said ""no ramp"", see C:\\plans\\ramp.txt"');
    expect(found.text).toContain('"{""uniqueIps"":""5"",""trollCountry"":null}"');
    expect(found.text).not.toContain('\\N');
  });

  const synthetic = sharedData('formats/synthetic');
  it.skipIf(!synthetic).each([
    ['youtube_data_tools_csv/videolist.csv', 'both', 5, []],
    ['youtube_data_tools_csv/comments.csv', 'both', 4, []],
    ['twitter_io_csv/sample.csv', 'double', null, [[10, 'unclosed-quote']]],
    [
      'tweetminer_csv/sample.csv',
      'double',
      null,
      [
        [8, 'repeated-header'],
        [10, 'wrong-column-count'],
      ],
    ],
    ['4cat_x_csv/sample.csv', 'double', null, [[15, 'wrong-column-count']]],
  ] as const)('finds the problems of %s', async (name, style, records, faults) => {
    const found = await prepareFile(join(synthetic!, name), { escape: style });
    expect(found.faults.map(({ line, reason }) => [line, reason])).toEqual(faults);
    if (records !== null) expect(found.records).toBe(records);
    if (name.includes('comments')) expect(found.text).toContain('"On the north side, \\o/ ""really"""');
  });
});

describe('CsvRecord', () => {
  it('asks for more bytes or gives the same record, wherever the bytes at hand end', () => {
    const text = '1,"a ""b"" \\"c\\" \\\\",x\r\n2,"two\r\nlines",\r\n"3","q" ,""\r\n4,5"6,"7"\r\n';
    const bytes = Buffer.from(text);
    for (const style of ['double', 'backslash', 'both'] as const) {
      const whole = new CsvRecord({ ...standard, escape: style }, 10, 3);
      const part = new CsvRecord({ ...standard, escape: style }, 10, 3);
      for (let from = 0; from < bytes.length; from = whole.next) {
        const end = whole.scan(bytes, from, bytes.length, true);
        if (end !== 'record') break;
        const cells = Array.from({ length: 3 }, (_, i) => whole.text(bytes, i));
        for (let to = from; to <= bytes.length; to++) {
          if (part.scan(bytes, from, to, false) === 'more') continue;
          expect([part.count, part.next, part.end]).toEqual([whole.count, whole.next, whole.end]);
          expect(Array.from({ length: 3 }, (_, i) => part.text(bytes, i))).toEqual(cells);
        }
      }
    }
  });
});

describe('sniffCsv', () => {
  it.each([
    ['a,b\n1,2\n3,4\n', ',', ['a', 'b']],
    ['id;text\n1;"a, b, c"\n2;"d; e"\n', ';', ['id', 'text']],
    ['\ufeffid\ttext\n1\ta, b\n', '\t', ['id', 'text']],
    ['a,b\n1,"x\ny"\n2,"cut', ',', ['a', 'b']],
    ['id,text\n1,2,x\n2,3,y\n', ',', ['id', 'text']],
    ['only,a,header', ',', ['only', 'a', 'header']],
    ['a,b\r1,2\r', ',', ['a', 'b']],
  ])('reads %j', (text, delimiter, header) => {
    expect(sniffCsv(text)).toMatchObject({ delimiter, header });
  });

  it('shows the first rows', () => {
    expect(sniffCsv('a,b\n1,"x ""y"""\n\n2,\n')!.rows).toEqual([
      ['1', 'x "y"'],
      ['2', ''],
    ]);
  });

  it.each([
    '',
    '{"a":1,"b":2}\n',
    ' [1,2]',
    '<html>,<body>',
    'One sentence, and another, with commas.\nThen one without.\nAnd a third; it has no more.\nFour, five, six, seven.\n',
    'word\nword\n',
  ])('does not take %j for CSV', (text) => {
    expect(sniffCsv(text)).toBeNull();
  });
});
