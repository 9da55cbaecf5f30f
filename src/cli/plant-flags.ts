import type { Command } from 'commander';
import { UserError } from '../base/errors.ts';
import { type PlantOptions, plantOptions } from '../plant/plant-options.ts';

/** `windowSeconds` as it stands on the command line: `window-seconds`. */
export const flagOf = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Adds a flag for every option of a planted campaign but those named. */
export function addPlantFlags(command: Command, without: readonly string[] = []): void {
  for (const option of plantOptions) {
    if (without.includes(option.name)) continue;
    const flag = flagOf(option.name);
    if (typeof option.default === 'boolean') command.option(option.default ? `--no-${flag}` : `--${flag}`, option.help);
    else command.option(`--${flag} <value>`, `${option.help} (${option.unit}, default ${option.default})`);
  }
}

/** The options that were given. @throws UserError for a number that is none. */
export function givenPlantOptions(flags: Record<string, string | boolean | undefined>): Partial<PlantOptions> {
  const given: Record<string, unknown> = {};
  for (const { name, default: usual } of plantOptions) {
    const value = flags[name];
    if (value === undefined) continue;
    given[name] = typeof usual === 'number' ? Number(value) : value;
    if (typeof usual === 'number' && !Number.isFinite(given[name])) {
      throw new UserError(`--${flagOf(name)} takes a number, not "${value}".`);
    }
  }
  return given as Partial<PlantOptions>;
}
