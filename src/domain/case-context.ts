import { z } from 'zod';
import { UserError } from '../base/errors.ts';

const tier = z.enum(['fringe', 'social', 'mainstream']);
const time = z.iso.datetime({ offset: true });
const accountName = z.string().regex(/^[a-z0-9]+\/.+$/i, 'write accounts as platform/handle or platform/id');

const schema = z.strictObject({
  coverage: z
    .array(
      z.strictObject({
        platform: z.string(),
        from: time,
        to: time,
        loss: z.number().min(0).max(1).default(0),
        gaps: z.array(z.tuple([time, time])).default([]),
        accounts: z.array(accountName).optional(),
      }),
    )
    .default([]),
  venues: z
    .strictObject({
      domains: z.record(z.string(), tier).default({}),
      accounts: z.record(accountName, tier).default({}),
      platforms: z.record(z.string(), tier).default({}),
    })
    .default({ domains: {}, accounts: {}, platforms: {} }),
  voices: z.array(accountName).default([]),
  watch: z
    .array(z.union([z.strictObject({ account: accountName }), z.strictObject({ domain: z.string() })]))
    .default([]),
  eras: z.array(z.strictObject({ name: z.string(), from: time, to: time })).default([]),
});

/** What the analyst knows besides the posts; every part may be empty. */
export type CaseContext = z.infer<typeof schema>;

export const emptyContext: CaseContext = schema.parse({});

/**
 * Checks a context file's content.
 * @throws UserError that names the place of the first mistake.
 */
export function parseCaseContext(value: unknown, file: string): CaseContext {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new UserError(
    `${file} is not a context file: ${first ? `${first.path.join('.') || 'the document'}: ${first.message}` : 'it does not fit'}.`,
    'Its keys are coverage, venues, voices, watch and eras; see docs/reference/context.md.',
  );
}
