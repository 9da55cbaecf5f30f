import { UserError } from '../base/errors.ts';
import type { Collector, CollectorOption, CollectorOptionValue } from './collector.ts';

/**
 * Values of all options: those given, else the defaults. `called` is how messages name an option.
 * @throws UserError for an unknown name or a value that does not fit.
 */
export function readCollectorOptions(
  collector: Collector,
  given: Readonly<Record<string, unknown>>,
  called: (name: string) => string = (name) => name,
): Record<string, CollectorOptionValue> {
  const known = new Set(collector.options.map((one) => one.name));
  for (const name of Object.keys(given)) {
    if (!known.has(name)) {
      throw new UserError(
        `The collector ${collector.id} has no option "${called(name)}".`,
        `It has: ${[...known].map(called).join(', ')}.`,
      );
    }
  }
  return Object.fromEntries(
    collector.options.map((option) => [option.name, readOption(collector, option, given, called(option.name))]),
  );
}

function readOption(
  { id }: Collector,
  option: CollectorOption,
  given: Readonly<Record<string, unknown>>,
  called: string,
): CollectorOptionValue {
  const { name, kind, choices, minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = option;
  const value = given[name];
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) {
    if (option.required) throw new UserError(`The collector ${id} needs ${called}.`, option.help);
    return option.default;
  }
  if (kind === 'yes/no') {
    if (value === true || value === 'yes' || value === 'true') return true;
    if (value === false || value === 'no' || value === 'false') return false;
    throw new UserError(`${called} takes yes or no, not "${value}".`);
  }
  if (kind === 'integer') {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isInteger(number) || number < minimum || number > maximum)
      throw new UserError(`${called} takes a whole number from ${minimum} to ${maximum}, not "${value}".`);
    return number;
  }
  if (kind === 'list') {
    const members = (Array.isArray(value) ? value : [value]).map((member) => String(member).trim()).filter(Boolean);
    if (members.length === 0 && option.required)
      throw new UserError(`The collector ${id} needs ${called}.`, option.help);
    return members;
  }
  const text = String(value).trim();
  if (kind === 'choice' && choices && !choices.includes(text))
    throw new UserError(`${called} is one of ${choices.join(', ')}, not "${text}".`);
  if (text === '' && option.required) throw new UserError(`The collector ${id} needs ${called}.`, option.help);
  return text === '' ? option.default : text;
}

export const textOption = (options: Readonly<Record<string, CollectorOptionValue>>, name: string): string | null => {
  const value = options[name];
  return typeof value === 'string' ? value : null;
};

export const listOption = (options: Readonly<Record<string, CollectorOptionValue>>, name: string): readonly string[] =>
  Array.isArray(options[name]) ? (options[name] as readonly string[]) : [];

/** @throws RangeError where the option table gives no number. */
export function numberOption(options: Readonly<Record<string, CollectorOptionValue>>, name: string): number {
  const value = options[name];
  if (typeof value !== 'number') throw new RangeError(`the option ${name} has no number`);
  return value;
}
