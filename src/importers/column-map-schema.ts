import { z } from 'zod';

export const mapKinds = ['original', 'reshare', 'reply', 'quote'] as const;
const kind = z.enum(mapKinds);

const columns = {
  column: z
    .string()
    .min(1)
    .optional()
    .describe('One column; in JSON a dotted path such as user.name or entities.urls[].url.'),
  columns: z.array(z.string().min(1)).min(1).optional().describe('Several columns that are joined.'),
  join: z.string().optional().describe('What stands between the joined columns; for text a line break, else "/".'),
  prefix: z.string().optional().describe('Put before the value, for example "t3_" or "pol/".'),
  missing: z.array(z.string()).optional().describe('Values that mean "none", besides blank, NA, None, null and nan.'),
  optional: z.boolean().optional().describe('The column may be absent from the file.'),
};
const oneOf = <T extends { column?: unknown; columns?: unknown }>(value: T) =>
  (value.column === undefined) !== (value.columns === undefined);
const oneOfMessage = { message: 'give either "column" or "columns"' };

/** A column by name, or an object that says more about it. */
const reference = z.union([z.string().min(1), z.strictObject(columns).refine(oneOf, oneOfMessage)]);

const textReference = z.union([
  z.string().min(1),
  z
    .strictObject({
      ...columns,
      html: z.boolean().optional().describe('The text is HTML: tags are removed, links are read from it.'),
    })
    .refine(oneOf, oneOfMessage),
]);

const timeReference = z.union([
  z.string().min(1),
  z
    .strictObject({
      ...columns,
      format: z
        .string()
        .min(1)
        .default('iso')
        .describe(
          '"iso", "unix" (seconds, milli-, micro- or nanoseconds) or a strptime pattern such as "%d.%m.%Y %H:%M".',
        ),
      zone: z
        .string()
        .min(1)
        .optional()
        .describe('IANA zone of clocks that carry none, for example Europe/Berlin or UTC.'),
    })
    .refine(oneOf, oneOfMessage),
]);

const split = z
  .string()
  .min(1)
  .describe(
    '"python" for Python or JSON lists, "none" for a single value, else the separator itself, such as "|", "," or " ".',
  );
const listReference = z.union([
  z.string().min(1),
  z.strictObject({ ...columns, split: split.optional() }).refine(oneOf, oneOfMessage),
]);
const list = z
  .union([listReference, z.array(listReference).min(1)])
  .describe('Columns with lists, or "from text" for what the text itself holds.');

/** The file that says which column of a table means what. Names that begin with _ are remarks. */
export const columnMapSchema = z.strictObject({
  title: z.string().optional().describe('What these files are; shown with the import.'),
  records: z.string().optional().describe('JSON documents: place of the records, such as [] or data.items[].'),
  delimiter: z.enum([',', ';', '\t']).optional().describe('CSV: what separates cells; recognised without it.'),
  escape: z
    .enum(['double', 'backslash', 'both'])
    .optional()
    .describe('CSV: how quotes inside quoted cells are written.'),
  platform: z
    .union([
      z.string().min(1),
      z.strictObject({ ...columns, values: z.record(z.string(), z.string()).optional() }).refine(oneOf, oneOfMessage),
    ])
    .optional()
    .describe('The platform itself, or {"column": …}.'),
  post_id: reference.optional().describe('Without it an id is derived from author, time and text.'),
  account_id: reference.optional(),
  handle: reference.optional(),
  name: reference.optional(),
  time: timeReference,
  kind: z
    .union([
      kind,
      z
        .strictObject({ ...columns, values: z.record(z.string(), kind).optional(), otherwise: kind.optional() })
        .refine(oneOf, oneOfMessage),
    ])
    .optional()
    .describe(
      'original, reshare, reply or quote, or {"column": …, "values": {"RT": "reshare"}, "otherwise": "original"}.',
    ),
  parent_id: reference.optional(),
  parent_handle: reference.optional(),
  root_id: reference.optional(),
  text: textReference.optional(),
  lang: reference.optional(),
  permalink: reference.optional(),
  counts: z
    .strictObject({
      reach: reference.optional(),
      likes: reference.optional(),
      reshares: reference.optional(),
      replies: reference.optional(),
      views: reference.optional(),
    })
    .optional(),
  urls: list.optional(),
  hashtags: list.optional(),
  mentions: list.optional(),
  media: list.optional(),
  objects: list.optional(),
  cites: list.optional(),
  collected_at: timeReference.optional(),
  edited_at: timeReference.optional(),
  deleted_at: timeReference.optional(),
});

type Schema = z.infer<typeof columnMapSchema>;

/** A column map as `loadColumnMap` reads it and `suggestMap` writes it; `_why` explains each suggestion. */
export type ColumnMap = Schema & { _why?: Record<string, string> };

/** What a suggested map says where the user must decide. */
export const toFill = 'FILL IN';

export type Reference = z.infer<typeof reference>;
export type TextReference = z.infer<typeof textReference>;
export type TimeReference = z.infer<typeof timeReference>;
export type ListReference = z.infer<typeof listReference>;
export type ListSource = z.infer<typeof list>;
