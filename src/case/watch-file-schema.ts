import { z } from 'zod';
import type { AnalysisOption } from '../analyses/analysis.ts';
import type { CollectorOption } from '../collectors/collector.ts';
import { collectors } from '../collectors/registry.ts';
import { ruleCatalogue } from './watch-rules.ts';

const oneOf = <T>(members: readonly T[]) => members as unknown as readonly [T, ...T[]];

const lengthOfTime = z
  .string('write a length of time with its unit, such as 90s, 15m, 6h or 2d')
  .regex(/^\d+(\.\d+)?\s*(ms|s|m|min|h|d|w)$/, 'write a length of time with its unit, such as 90s, 15m, 6h or 2d');
const timeOfDay = z
  .string('write a time of day in quotes, such as "22:00"')
  .regex(/^([01]?\d|2[0-3]):[0-5]\d$/, 'write a time of day in quotes, such as "22:00"');
const name = z.string().regex(/^[\w.-]{1,80}$/, 'use up to 80 letters, digits, dots, dashes and underscores');
const variable = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'give the name of an environment variable, never the secret itself');
const text = z.string().trim().min(1, 'must not be empty');
const mail = text.regex(/^[^\r\n]*[^\s@<>]+@[^\s@<>]+>?$/, 'write an address as desk@example.org');

/** A value of an option table, as it may stand in a watch file. */
function optionSchema({ kind, choices, minimum, maximum, help }: CollectorOption | AnalysisOption): z.ZodType {
  const bounded = (number: z.ZodNumber) =>
    number.min(minimum ?? Number.MIN_SAFE_INTEGER).max(maximum ?? Number.MAX_SAFE_INTEGER);
  const schema = {
    text: () => z.union([z.string(), z.number()], 'takes a text'),
    file: () => text,
    list: () =>
      z.union([z.string(), z.number(), z.array(z.union([z.string(), z.number()]))], 'takes a text or a list of texts'),
    integer: () => bounded(z.int()),
    number: () => bounded(z.number()),
    'yes/no': () => z.boolean('takes true or false'),
    choice: () => z.enum(choices!),
  }[kind]();
  return schema.describe(help);
}

function optionsSchema(options: readonly (CollectorOption | AnalysisOption)[]): z.ZodType<Record<string, unknown>> {
  const shape = options.map((option) => {
    const schema = optionSchema(option);
    return [option.name, 'required' in option && option.required ? schema : schema.optional()] as const;
  });
  return z.strictObject(Object.fromEntries(shape)) as unknown as z.ZodType<Record<string, unknown>>;
}

const collectorSchemas = collectors.map((collector) => {
  const options = optionsSchema(collector.options).describe(collector.about);
  return z.strictObject({
    source: z.literal(collector.id).describe(collector.title),
    name: name.optional().describe('name of the collection; without it one is made from the options'),
    options: collector.options.some((one) => one.required) ? options : options.optional(),
    baseUrl: z.url('write a whole address such as https://example.org').optional().describe('another server'),
    importEvery: lengthOfTime.optional().describe('how often records go into the case (default 30s)'),
    respectDeletions: z.boolean().optional().describe('forget what its source deletes'),
    on: z.boolean().optional().describe('false leaves it out'),
  });
});

const storySchema = z.strictObject({
  name: name.describe('name of the story in the case'),
  match: text
    .optional()
    .describe(
      'query: terms, "phrases", #hashtag, url:, domain:, account:, AND, OR, NOT, ( ); without it the story stays as it is in the case',
    ),
  from: z.string().optional().describe('not before this time (UTC)'),
  to: z.string().optional().describe('before this time (UTC)'),
});

const ruleSchemas = ruleCatalogue.map((rule) =>
  z.strictObject({
    rule: z.literal(rule.id).describe(`${rule.title}. ${rule.question}`),
    stories: z.array(name).min(1).optional().describe('which stories it looks at (default: all)'),
    options: optionsSchema(rule.options).optional(),
    urgent: z.boolean().optional().describe('goes out in quiet hours too (default: mainstream-crossing only)'),
    on: z.boolean().optional().describe('false leaves it out'),
  }),
);

const outputCommon = {
  name: name.optional().describe('keeps what was delivered apart; without it the type is the name'),
  quiet: z.boolean().optional().describe('false: quiet hours do not hold its alerts'),
  on: z.boolean().optional().describe('false leaves it out'),
};

const outputSchemas = [
  z.strictObject({ type: z.literal('terminal').describe('lines on standard output'), ...outputCommon }),
  z.strictObject({
    type: z.literal('webhook').describe('a signed JSON document by POST'),
    ...outputCommon,
    url: z.url('write a whole address such as https://example.org/hook').optional().describe('https address'),
    urlFrom: variable.optional().describe('environment variable that holds the address, where that is a secret'),
    secretFrom: variable.describe('environment variable that holds the secret of the signature'),
  }),
  z.strictObject({
    type: z.literal('email').describe('a message by SMTP'),
    ...outputCommon,
    host: text.describe('mail server'),
    port: z.int().min(1).max(65_535).optional().describe('default 465 with tls, 587 with starttls, 25 with none'),
    security: z
      .enum(['tls', 'starttls', 'none'])
      .optional()
      .describe('default starttls; none only to a server on this machine'),
    user: text.optional(),
    passwordFrom: variable.optional().describe('environment variable that holds the password'),
    caFile: text
      .optional()
      .describe('certificate (PEM) of the authority behind a mail server of your own, relative to this file'),
    from: mail,
    to: z.array(mail).min(1),
  }),
  z.strictObject({
    type: z.literal('atom').describe('a feed file that a web server can show'),
    ...outputCommon,
    file: text.describe('relative to this file'),
    url: z.url('write a whole address such as https://example.org/alerts.xml').optional().describe('where it is shown'),
    title: text.optional(),
    entries: z.int().min(1).max(1000).optional().describe('how many of the newest alerts it holds (default 100)'),
  }),
] as const;

/** What a watch file may say. Values are checked, not changed; `planWatch` gives them their meaning. */
export const watchFileSchema = z.strictObject({
  case: text.optional().describe('directory of the case, relative to this file (default: spillover-case beside it)'),
  contact: text.optional().describe('mail or web address of who collects, told to the servers'),
  credentials: text.optional().describe('JSON file with mode 600 that holds secrets; the environment goes before it'),
  collectors: z.array(z.discriminatedUnion('source', oneOf(collectorSchemas))).optional(),
  stories: z.array(storySchema).optional(),
  rules: z
    .array(z.discriminatedUnion('rule', oneOf(ruleSchemas)))
    .optional()
    .describe('without this key every rule is on with its defaults'),
  schedule: z
    .strictObject({
      check: lengthOfTime.optional().describe('how often the rules look (default 1m)'),
      retrace: lengthOfTime.optional().describe('a changed story is traced again after this time (default 15m)'),
      once: lengthOfTime.optional().describe('how long watch --once collects before it looks (default 2m)'),
    })
    .optional(),
  outputs: z
    .array(z.discriminatedUnion('type', outputSchemas))
    .optional()
    .describe('without this key alerts go to the terminal'),
  quietHours: z
    .strictObject({
      from: timeOfDay,
      to: timeOfDay,
      timeZone: text.describe('IANA name such as Europe/Paris'),
      days: z
        .array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']))
        .min(1)
        .optional()
        .describe('days on which they begin (default: all)'),
    })
    .optional()
    .describe('alerts that are not urgent wait and come together afterwards'),
  limits: z
    .strictObject({
      messagesPerHour: z
        .int()
        .min(1)
        .max(10_000)
        .optional()
        .describe('for each output; what is above comes together in one message (default 20)'),
      blindAfter: lengthOfTime
        .optional()
        .describe('a collector that has received nothing for so long raises an alert (default 15m)'),
      giveUpAfter: lengthOfTime.optional().describe('how long a delivery that fails is tried again (default 3d)'),
    })
    .optional(),
  mask: z
    .boolean()
    .optional()
    .describe('alerts name only public figures; everybody else gets a pseudonym under the key of the case'),
});

export type WatchFile = z.infer<typeof watchFileSchema>;

/** The same as a JSON Schema (draft 2020-12), for editors. */
export function watchJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(watchFileSchema, { io: 'input' }) as Record<string, unknown>;
  return { $schema, title: 'Spillover watch file', ...rest };
}
