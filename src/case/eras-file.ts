import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { UserError } from '../base/errors.ts';
import type { TimelineEra } from '../exports/timeline-event.ts';

const time = z.iso.datetime({ offset: true });
const list = z.array(z.strictObject({ name: z.string().min(1), from: time, to: time }));
const file = z.union([list, z.strictObject({ eras: list }).transform(({ eras }) => eras)]);

/** Eras (blackout, debate, vote) of a JSON file: a list of `{name, from, to}`, or an object with it as `eras`. @throws UserError that names the mistake. */
export function readEras(path: string): TimelineEra[] {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UserError(
      `${path} cannot be read as JSON: ${error instanceof Error ? error.message : error}`,
      undefined,
      {
        cause: error,
      },
    );
  }
  const parsed = file.safeParse(value);
  if (!parsed.success)
    throw new UserError(
      `${path} is not a list of eras: ${parsed.error.issues[0]?.message ?? 'it does not fit'}.`,
      'Write [{"name": "campaign silence", "from": "2017-05-05T22:00:00Z", "to": "2017-05-07T18:00:00Z"}].',
    );
  const wrong = parsed.data.find((era) => Date.parse(era.from) >= Date.parse(era.to));
  if (wrong) throw new UserError(`The era "${wrong.name}" ends before it begins.`);
  return parsed.data;
}
