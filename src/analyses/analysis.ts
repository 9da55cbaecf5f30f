import type { CaseContext } from '../domain/case-context.ts';
import type { Network } from '../domain/network.ts';
import type { VenueList } from '../domain/venue-tiers.ts';
import type { Database } from '../store/database.ts';

export type OptionValue = number | string | boolean | readonly string[] | null;

/** One option of an analysis; the table feeds command-line flags, web forms and the reference. */
export interface AnalysisOption {
  /** camelCase with its unit where it has one, e.g. `windowSeconds`; `flag` overrides the derived `--window-seconds`. */
  name: string;
  flag?: string;
  kind: 'number' | 'integer' | 'text' | 'yes/no' | 'choice' | 'list';
  /** null where the analysis decides by itself when it is not given. */
  default: OptionValue;
  /** Allowed values of a `choice`, or of the members of a `list`. */
  choices?: readonly string[];
  minimum?: number;
  maximum?: number;
  unit: string;
  help: string;
}

export interface AnalysisDefinition {
  id: string;
  version: string;
  title: string;
  /** The question it answers, as a user would ask it. */
  question: string;
  /** What the result does not say; shown with every result. */
  caveats: readonly string[];
  /** Whether it runs on a story's posts, on the whole case, or on either. */
  story: 'required' | 'optional' | 'none';
  options: readonly AnalysisOption[];
}

/** What an analysis gets. With a story, the temporary table `story_post (post_key)` holds its posts. */
export interface AnalysisInput {
  database: Database;
  story: { name: string; query: string; from: string | null; to: string | null } | null;
  options: Readonly<Record<string, OptionValue>>;
  context: CaseContext;
  venues: VenueList;
  /** The stored result of another analysis of the same story; null where it was never run. */
  stored: <T>(analysis: string) => Promise<T | null>;
  onStep: (step: string, done?: number, total?: number) => void;
  signal: AbortSignal | undefined;
}

/** A table for the terminal, CSV and the workbench; `rows` may be large and is read once. */
export interface ResultTable {
  title: string;
  columns: readonly string[];
  rows: Iterable<readonly (string | number | boolean | null)[]>;
}

/** A result in words and tables. The first table is what `--csv` writes. */
export interface ResultSummary {
  /** Sentences with the posts behind them. */
  findings: readonly { text: string; posts: readonly string[] }[];
  tables: readonly ResultTable[];
}

/** An analysis: what it is, how to run it, how to say what came out. `run` gives plain JSON and throws UserError for data that cannot carry it. */
export interface Analysis<Result extends object = object> {
  definition: AnalysisDefinition;
  run: (input: AnalysisInput) => Promise<Result>;
  summarise(result: Result): ResultSummary;
  /** The result as a network, for analyses that find one. */
  network?(result: Result): Network;
}

/** Values of all options: those given, else the defaults. Values are checked by kind, choices and bounds. @throws RangeError naming the option. */
export function resolveOptions(
  definition: Pick<AnalysisDefinition, 'id' | 'options'>,
  given: Readonly<Record<string, unknown>>,
): Record<string, OptionValue> {
  const known = new Set(definition.options.map((one) => one.name));
  for (const name of Object.keys(given)) {
    if (!known.has(name)) throw new RangeError(`${definition.id} has no option "${name}"`);
  }
  return Object.fromEntries(
    definition.options.map((option) => [
      option.name,
      given[option.name] === undefined || given[option.name] === null
        ? option.default
        : readOption(option, given[option.name]),
    ]),
  );
}

function readOption(option: AnalysisOption, value: unknown): OptionValue {
  const { name, kind, choices, minimum, maximum } = option;
  if (kind === 'number' || kind === 'integer') {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isFinite(number) || (kind === 'integer' && !Number.isInteger(number)))
      throw new RangeError(`${name} takes ${kind === 'integer' ? 'a whole number' : 'a number'}, not "${value}"`);
    if (number < (minimum ?? -Infinity) || number > (maximum ?? Infinity))
      throw new RangeError(`${name} must ${boundsOf(minimum, maximum)}, not ${number}`);
    return number;
  }
  if (kind === 'yes/no') {
    if (value === true || value === 'true' || value === 'yes') return true;
    if (value === false || value === 'false' || value === 'no') return false;
    throw new RangeError(`${name} takes yes or no, not "${value}"`);
  }
  if (kind === 'list') {
    const members = (Array.isArray(value) ? value : String(value).split(','))
      .map((member) => String(member).trim())
      .filter((member) => member !== '');
    for (const member of members) if (choices && !choices.includes(member)) throw unknownChoice(option, member);
    return members;
  }
  const text = String(value);
  if (kind === 'choice' && choices && !choices.includes(text)) throw unknownChoice(option, text);
  return text;
}

function boundsOf(minimum: number | undefined, maximum: number | undefined): string {
  if (maximum === undefined) return `be at least ${minimum}`;
  return minimum === undefined ? `be at most ${maximum}` : `lie within ${minimum} and ${maximum}`;
}

function unknownChoice({ name, choices }: AnalysisOption, value: string): RangeError {
  return new RangeError(`${name} knows ${choices!.join(', ')}, not "${value}"`);
}
