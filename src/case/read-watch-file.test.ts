import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { UserError } from '../base/errors.ts';
import { planWatch } from './plan-watch.ts';
import { readWatchFile } from './read-watch-file.ts';
import { watchExample } from './watch-example.ts';
import { watchJsonSchema } from './watch-file-schema.ts';

const folder = mkdtempSync(join(tmpdir(), 'spillover-watch-file-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function planOf(content: string | Buffer, environment: Record<string, string> = {}) {
  const file = join(folder, 'watch.yaml');
  writeFileSync(file, content);
  return planWatch(await readWatchFile(file), environment);
}

async function messageOf(content: string | Buffer, environment?: Record<string, string>): Promise<string> {
  try {
    await planOf(content, environment);
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return `${(error as UserError).message}\n${(error as UserError).hint ?? ''}`;
  }
  throw new Error('no mistake was found');
}

const hook = (more: string) => `outputs:\n  - {type: webhook, ${more}}\n`;
const mail = (more: string) =>
  `outputs:\n  - {type: email, host: smtp.example, from: a@b.example, to: [c@d.example]${more}}\n`;
const secret = 'a secret of good length';

describe('a watch file with a mistake', () => {
  it.each<[string, string | Buffer, RegExp]>([
    ['empty', '', /is empty\./],
    ['only comments', '# nothing\n', /is empty\./],
    ['no YAML', 'a: [1, 2\n', /line \d+, column \d+/],
    ['a tab', 'schedule:\n\tcheck: 1m\n', /line 2, column 1: Tabs[\s\S]*Indent with blanks/],
    ['a key twice', 'case: a\ncase: b\n', /line 2, column 1: Map keys must be unique[\s\S]*join the two/],
    ['a tag', 'case: !secret x\n', /line 1, column 7: [\s\S]*Remove the tag/],
    ['two documents', 'case: a\n---\ncase: b\n', /2 documents/],
    ['bytes that are no text', Buffer.from([0x63, 0xff, 0xfe, 0x00]), /not UTF-8/],
    [
      'a bomb of aliases',
      `a: &a [1,1,1,1,1,1,1,1,1]\n${'bcdefgh'
        .split('')
        .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[at]}`).join()}]`)
        .join('\n')}\n`,
      /alias/i,
    ],
    ['a list at the top', '- case: a\n', /line 1, column 1: the file: takes a block of keys, not a list/],
    ['an unknown key', 'colectors: []\n', /line 1, column 1: colectors: .*did you mean collectors\?/],
    ['a key that is near to none', 'frobnicate: 1\n', /frobnicate: there is no such key; there are case, contact/],
    [
      'an unknown source',
      'collectors:\n  - source: forchan\n',
      /line 2, column 13: collectors\[0\]\.source: .*did you mean fourchan\?/,
    ],
    [
      'a source that is misspelt',
      'collectors:\n  - sorce: fourchan\n    options: {board: pol}\n',
      /line 2, column 5: collectors\[0\]\.sorce: there is no such key: did you mean source\?/,
    ],
    [
      'a type that is misspelt',
      'outputs:\n  - tpye: terminal\n',
      /outputs\[0\]\.tpye: there is no such key: did you mean type\?/,
    ],
    ['no source', 'collectors:\n  - name: x\n', /collectors\[0\]\.source: is missing: one of fourchan/],
    [
      'a collector as text',
      'collectors:\n  - fourchan\n',
      /line 2, column 5: collectors\[0\]: takes a block of keys, not "fourchan"/,
    ],
    [
      'collectors that are no list',
      'collectors:\n  source: fourchan\n',
      /takes a list, not a block of keys \(begin every member with a dash\)/,
    ],
    [
      'a missing option',
      'collectors:\n  - source: fourchan\n    options: {}\n',
      /line 3, column 14: collectors\[0\]\.options\.board: is missing/,
    ],
    [
      'an option that stands too far left',
      'collectors:\n  - source: fourchan\n    board: pol\n',
      /line 3, column 5: collectors\[0\]\.board: .*belongs under options/,
    ],
    [
      'an unknown option',
      'collectors:\n  - source: fourchan\n    options: {board: pol, bord: x}\n',
      /options\.bord: .*did you mean board\?/,
    ],
    [
      'an option out of bounds',
      'collectors:\n  - source: fourchan\n    options: {board: pol, listEverySeconds: 1}\n',
      /must be at least 10, not 1/,
    ],
    [
      'a choice that is none',
      'collectors:\n  - source: fourchan\n    options: {board: pol, site: 9chan}\n',
      /did you mean 4chan\?/,
    ],
    [
      'options that the collector refuses',
      'collectors:\n  - source: fourchan\n    options: {board: "no board"}\n',
      /line 3, column 14: .*is no name of a board/,
    ],
    [
      'a missing credential',
      'collectors:\n  - source: x\n    options: {rule: [a]}\n',
      /line 2, column 5: collectors\[0\]: .*needs SPILLOVER_X/,
    ],
    [
      'two collections of one name',
      'collectors:\n  - {source: fourchan, options: {board: pol}}\n  - {source: fourchan, options: {board: pol}}\n',
      /line 3.*second collection named 4chan-pol/,
    ],
    [
      'a query that became a comment',
      'stories:\n  - name: ferry\n    match: #FerryPapers\n',
      /line 3, column 12: stories\[0\]\.match: .*comment in YAML.*'#FerryPapers'/,
    ],
    ['a bad query', 'stories:\n  - {name: ferry, match: "(a OR"}\n', /stories\[0\]\.match: .*column/],
    [
      'a story twice',
      'stories:\n  - {name: a, match: x}\n  - {name: a, match: y}\n',
      /line 3, column 12: .*stands twice/,
    ],
    [
      'times the wrong way round',
      'stories:\n  - {name: a, match: x, from: 2027-05-01, to: 2027-04-01}\n',
      /ends before it begins/,
    ],
    ['no time', 'stories:\n  - {name: a, match: x, from: soon}\n', /"soon" is not a time/],
    ['an unknown rule', 'rules:\n  - rule: take-off\n', /did you mean takeoff\?/],
    [
      'a rule for an unknown story',
      'stories: [{name: ferry, match: x}]\nrules:\n  - {rule: takeoff, stories: [fery]}\n',
      /line 3, column 31: rules\[0\]\.stories\[0\]: names no story of this file: ferry/,
    ],
    ['a rule twice', 'rules:\n  - rule: takeoff\n  - rule: takeoff\n', /line 3.*second takeoff/],
    [
      'an option of a rule out of bounds',
      'rules:\n  - {rule: early-warning, options: {threshold: 2}}\n',
      /must be at most 1, not 2/,
    ],
    ['yes for true', 'rules:\n  - {rule: takeoff, on: yes}\n', /takes true or false, not "yes"/],
    [
      'a time without unit',
      'schedule: {check: 60}\n',
      /line 1, column 19: schedule\.check: write a length of time with its unit.*not 60/,
    ],
    ['a time too long', 'schedule: {check: 9d}\n', /must lie between 1s and 1d/],
    ['retracing faster than checking', 'schedule: {check: 10m, retrace: 1m}\n', /schedule\.retrace: must lie between/],
    ['an unknown output', 'outputs:\n  - type: mail\n', /did you mean email\?/],
    [
      'a secret in the file',
      hook('url: "https://x.example", secretFrom: HOOK, secret: hunter2'),
      /secrets do not belong in this file: secretFrom: NAME/,
    ],
    [
      'a variable that is not set',
      hook('url: "https://x.example", secretFrom: NOT_SET'),
      /secretFrom: names NOT_SET, which is not set/,
    ],
    ['a secret that is too short', hook('url: "https://x.example", secretFrom: SHORT'), /less than 16 characters/],
    [
      'a secret in place of its name',
      hook('url: "https://x.example", secretFrom: "s3cr3t!"'),
      /never the secret itself/,
    ],
    ['no encryption to elsewhere', hook('url: "http://x.example/hook", secretFrom: HOOK'), /must begin with https/],
    ['neither url nor urlFrom', hook('secretFrom: HOOK'), /needs either url or urlFrom/],
    ['no address', hook('url: x, secretFrom: HOOK'), /write a whole address/],
    ['a password to an open server', mail(', security: none'), /would send mail and password readable for all/],
    ['a user without password', mail(', user: me'), /user and passwordFrom together/],
    [
      'a line break in an address',
      'outputs:\n  - {type: email, host: h, from: "a@b.example\\nBcc: x@y.z", to: [c@d.example]}\n',
      /write an address as/,
    ],
    [
      'a feed in a directory that is not there',
      'outputs:\n  - {type: atom, file: nowhere/at/all.xml}\n',
      /does not exist/,
    ],
    ['two outputs of one name', 'outputs:\n  - type: terminal\n  - type: terminal\n', /second output named terminal/],
    [
      'a time zone that is none',
      'quietHours: {from: "22:00", to: "07:00", timeZone: Mars}\n',
      /quietHours\.timeZone: "Mars" is not a time zone/,
    ],
    [
      'hours that are none',
      'quietHours: {from: 22, to: "25:00", timeZone: UTC}\n',
      /column 20: quietHours\.from: [\s\S]*quietHours\.to: /,
    ],
    ['quiet hours of no length', 'quietHours: {from: "07:00", to: "07:00", timeZone: UTC}\n', /nothing would be quiet/],
    [
      'a dictionary that is not there, next to the watch file',
      'collectors: [{source: bluesky, options: {zstdDictionary: lists/none.zdict}}]\n',
      /collectors\[0\]\.options\.zstdDictionary: is a file that is not there: \/\S+lists\/none\.zdict/,
    ],
    ['a file of secrets that is not there', 'credentials: nowhere.json\n', /nowhere\.json cannot be read/],
    ['a limit of nothing', 'limits: {messagesPerHour: 0}\n', /must be at least 1, not 0/],
  ])('%s', async (_what, content, says) => {
    expect(await messageOf(content, { HOOK: secret, SHORT: 'short' })).toMatch(says);
  });

  it('is told with all the others, in order', async () => {
    const message = await messageOf('mask: yes\nlimits: {blindAfter: x}\nschedule: {chek: 1m}\n');
    expect([...message.matchAll(/line (\d)/g)].map((match) => match[1])).toEqual(['1', '2', '3']);
    expect(message).toMatch(/has 3 mistakes/);
  });

  it('is not a file that is not there', async () => {
    await expect(readWatchFile(join(folder, 'none.yaml'))).rejects.toThrow(/cannot be read/);
  });
});

describe('a watch file in order', () => {
  it('is filled up with defaults', async () => {
    const plan = await planOf('stories: [{name: ferry, match: "#ferry"}]\n');
    expect(plan).toMatchObject({
      caseDirectory: join(folder, 'spillover-case'),
      checkMs: 60_000,
      retraceMs: 900_000,
      messagesPerHour: 20,
      mask: false,
      outputs: [{ name: 'terminal', heedsQuiet: false }],
    });
    expect(plan.rules).toHaveLength(7);
    expect(plan.rules.filter((rule) => rule.isUrgent).map(({ settings }) => settings.rule)).toEqual([
      'mainstream-crossing',
    ]);
  });

  it('leaves out what is off, and holds no secret', async () => {
    const plan = await planOf(
      `${hook('url: "https://x.example/a", secretFrom: HOOK')}  - {type: terminal, on: false}\nrules: [{rule: takeoff}, {rule: higher-tier, on: false}]\n`,
      { HOOK: secret },
    );
    expect(plan.outputs.map(({ type }) => type)).toEqual(['webhook']);
    expect(plan.rules.map(({ settings }) => settings.rule)).toEqual(['takeoff']);
    expect(JSON.stringify(plan)).not.toContain(secret);
  });
});

describe('the example', () => {
  it('is in order, by the reader and by the JSON Schema, also with every comment taken away', async () => {
    const bare = watchExample
      .split('\n')
      .map((line) => line.replace(/^( *)# (?=( *)(- |[a-zA-Z]+:( |$)))/, '$1'))
      .filter((line) => !/^(#|spillover|\(|This JSON)/.test(line))
      .join('\n')
      .replace('credentials: secrets.json', '');
    const validate = new Ajv2020({ allowUnionTypes: true, strictTypes: false, validateFormats: false }).compile(
      watchJsonSchema(),
    );
    for (const text of [watchExample, bare]) {
      const plan = await planOf(text, { SPILLOVER_WEBHOOK_SECRET: secret, SPILLOVER_SMTP_PASSWORD: 'x' });
      expect(plan.stories).toHaveLength(1);
      expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
    }
    expect(
      (await planOf(bare, { SPILLOVER_WEBHOOK_SECRET: secret, SPILLOVER_SMTP_PASSWORD: 'x' })).outputs,
    ).toHaveLength(4);
  });

  it('the JSON Schema refuses what the reader refuses', () => {
    const validate = new Ajv2020({ allowUnionTypes: true, strictTypes: false, validateFormats: false }).compile(
      watchJsonSchema(),
    );
    for (const wrong of ['colectors: []', 'collectors: [{source: forchan}]', 'schedule: {check: 60}', 'mask: yes'])
      expect(validate(parse(wrong)), wrong).toBe(false);
  });
});
