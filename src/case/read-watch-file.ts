import { UserError } from '../base/errors.ts';
import { faultsOf, type WatchFault } from './watch-file-faults.ts';
import { type WatchFile, watchFileSchema, watchJsonSchema } from './watch-file-schema.ts';
import { YamlSource } from './yaml-source.ts';

/** A watch file that fits its schema, and where everything stands in it. */
export interface ReadWatchFile {
  source: YamlSource;
  content: WatchFile;
}

/** Reads a watch file. @throws UserError that names every mistake with line, column and the way out. */
export async function readWatchFile(path: string): Promise<ReadWatchFile> {
  const source = await YamlSource.read(path);
  const parsed = watchFileSchema.safeParse(source.value);
  if (parsed.success) return { source, content: parsed.data };
  const schema = watchJsonSchema();
  throw watchFileError(
    source,
    parsed.error.issues.flatMap((issue) => faultsOf(issue, source, schema)),
  );
}

const mostShown = 20;

/** Mistakes in the order in which they stand in the file, as one error. */
export function watchFileError(source: YamlSource, faults: readonly WatchFault[]): UserError {
  const placed = faults
    .map((fault) => ({ ...fault, ...source.place(fault.path, fault.key) }))
    .sort((a, b) => a.line - b.line || a.column - b.column);
  const lines = placed.slice(0, mostShown).map(({ line, column, path, key, says }) => {
    const where = [...path, ...(key === undefined ? [] : [key])].reduce<string>(
      (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
      '',
    );
    return `  line ${line}, column ${column}: ${where === '' ? 'the file' : where}: ${says}`;
  });
  const more = placed.length > mostShown ? [`  … and ${placed.length - mostShown} more`] : [];
  return new UserError(
    [`${source.file} has ${placed.length === 1 ? 'a mistake' : `${placed.length} mistakes`}:`, ...lines, ...more].join(
      '\n',
    ),
    'spillover watch --example prints a file with every key; docs/guide/watch.md explains it.',
  );
}
