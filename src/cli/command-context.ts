import type { Command } from 'commander';
import { UserError } from '../base/errors.ts';

export interface GlobalOptions {
  case: string;
  json: boolean;
}

/** Options that every command has, wherever on the line they stand. */
export function globals(command: Command): GlobalOptions {
  const options = command.optsWithGlobals<{ case?: string; json?: boolean }>();
  return { case: options.case ?? (process.env.SPILLOVER_CASE || 'spillover-case'), json: options.json ?? false };
}

/** Writes a result to stdout: one JSON document with --json, else the text. */
export function print(options: GlobalOptions, value: unknown, text: () => string): void {
  process.stdout.write(options.json ? `${JSON.stringify(value, null, 2)}\n` : `${text()}\n`);
}

/** @throws UserError for anything but a whole number that is not negative. */
export function wholeNumber(flag: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < 0) {
    throw new UserError(`${flag} takes a whole number, not "${text}".`);
  }
  return value;
}
