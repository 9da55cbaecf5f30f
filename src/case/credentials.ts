import { readFileSync, statSync } from 'node:fs';
import { UserError } from '../base/errors.ts';
import type { Collector } from '../collectors/registry.ts';

/**
 * The secrets that a collector may use: from the environment, else from a JSON file that only its owner can read. They are never
 * stored in the case.
 * @throws UserError where a required one is missing or others may read the file.
 */
export function readCredentials(
  collector: Collector,
  file: string | null,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const stored = file === null ? {} : readSecretFile(file);
  const found: Record<string, string> = {};
  for (const { variable, required, about } of collector.credentials) {
    const value = environment[variable] || stored[variable];
    if (typeof value === 'string' && value !== '') found[variable] = value;
    else if (required) {
      throw new UserError(
        `The collector ${collector.id} needs ${variable}: ${about}.`,
        `Set it in the environment, or in a JSON file with mode 600 that --credentials names: {"${variable}": "…"}`,
      );
    }
  }
  return found;
}

/** One secret by the name of its environment variable: from the environment, else from the file; null where neither has it. @throws UserError where others may read the file. */
export function readSecret(
  variable: string,
  file: string | null,
  environment: Readonly<Record<string, string | undefined>>,
): string | null {
  const value = environment[variable] || (file === null ? undefined : readSecretFile(file)[variable]);
  return typeof value === 'string' && value !== '' ? value : null;
}

function readSecretFile(file: string): Record<string, unknown> {
  let text: string;
  try {
    const { mode } = statSync(file);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw new UserError(`${file} can be read by others (mode ${(mode & 0o777).toString(8)}).`, `chmod 600 ${file}`);
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${file} cannot be read: ${(error as Error).message}`, undefined, { cause: error });
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new UserError(`${file} is not a JSON object of names and secrets.`, '{"SPILLOVER_X_BEARER": "…"}');
}
