import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, totalmem } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../base/errors.ts';
import { Database } from './database.ts';
import { migrations } from './migrations.ts';

export interface CaseDatabaseOptions {
  /** Another process may read while nobody writes; a reader never changes the case. */
  readOnly?: boolean;
  /** Refuse to make a new case. */
  mustExist?: boolean;
  /** What the holder is doing, for the message that a second process gets. */
  purpose?: string;
  threads?: number;
  memoryLimitBytes?: number;
}

/** Another process writes the case right now. */
export class CaseInUseError extends UserError {}

/** An older version wrote the case, and a reader does not change it. */
export class OlderSchemaError extends UserError {}

interface Holder {
  pid: number;
  host: string;
  purpose: string;
  since: string;
}

const databaseFile = 'case.duckdb';
const holderFile = 'writer.json';
const gibibyte = 1024 ** 3;

/**
 * Opens the database of a case directory, creating it unless `readOnly`, and brings its schema up to date.
 * DuckDB's own file lock, which a killed process cannot leave behind, decides who may write.
 * @throws UserError when another process holds the case, when it is missing, or when a newer version wrote it.
 */
export async function openCaseDatabase(directory: string, options: CaseDatabaseOptions = {}): Promise<Database> {
  const path = join(directory, databaseFile);
  if ((options.readOnly || options.mustExist) && !existsSync(path)) {
    throw new UserError(
      `There is no case in ${directory}.`,
      'Import something first (spillover import FILE…) or name another case with --case DIR.',
    );
  }
  if (!options.readOnly) makeDirectory(directory);
  const settings = {
    access_mode: options.readOnly ? 'READ_ONLY' : 'READ_WRITE',
    memory_limit: `${options.memoryLimitBytes ?? Math.min(3 * gibibyte, Math.floor(totalmem() * 0.4))}B`,
    temp_directory: join(directory, 'tmp'),
    ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
  };
  const database = await open(path, settings, directory);
  try {
    if (!options.readOnly) {
      removeLeftovers(join(directory, 'tmp'));
      await migrate(database);
      const holder: Holder = {
        pid: process.pid,
        host: hostname(),
        purpose: options.purpose ?? 'spillover',
        since: new Date().toISOString(),
      };
      writeFileSync(join(directory, holderFile), JSON.stringify(holder));
    } else await refuseNewerSchema(database, true);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/** What a killed import left behind; safe because the lock is ours by now. */
function removeLeftovers(temporary: string): void {
  for (const name of readdirSync(temporary)) {
    if (name.startsWith('import-')) rmSync(join(temporary, name), { recursive: true, force: true });
  }
}

function makeDirectory(directory: string): void {
  try {
    mkdirSync(join(directory, 'tmp'), { recursive: true });
  } catch (error) {
    throw new UserError(
      `The case ${directory} cannot be written: ${error instanceof Error ? error.message : error}`,
      'A case is a directory: name another with --case DIR.',
      { cause: error },
    );
  }
}

/** Closes the database and takes back the note that says who holds the case. */
export function closeCaseDatabase(database: Database, directory: string, readOnly: boolean): void {
  database.close();
  if (!readOnly) rmSync(join(directory, holderFile), { force: true });
}

async function open(path: string, settings: Record<string, string>, directory: string): Promise<Database> {
  try {
    return await Database.open(path, settings);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const held = /Conflicting lock is held in (.+?) \(PID (\d+)\)/.exec(message);
    if (held) {
      const holder = readHolder(directory, Number(held[2]));
      throw new CaseInUseError(
        `The case ${directory} is in use by ${holder ?? `process ${held[2]} (${held[1]})`}.`,
        'One process at a time may write a case: wait until it ends, or stop it.',
        { cause: error },
      );
    }
    if (
      /not a valid DuckDB database|storage version|corrupt|Could not read enough bytes|Serialization Error|IO Error|INTERNAL Error|checksum/i.test(
        message,
      )
    ) {
      throw new UserError(`${path} is not a database that this version can read.`, message, { cause: error });
    }
    throw error;
  }
}

function readHolder(directory: string, pid: number): string | null {
  const path = join(directory, holderFile);
  if (!existsSync(path)) return null;
  let holder: Holder;
  try {
    holder = JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  if (holder.pid !== pid) return null;
  return `"${holder.purpose}" (process ${holder.pid} on ${holder.host}, since ${holder.since})`;
}

async function schemaVersion(database: Database): Promise<number> {
  const found = await database.first<{ n: number }>(
    `select count(*) as n from information_schema.tables where table_name = 'schema_version'`,
  );
  if (!found?.n) return 0;
  return (
    (await database.first<{ version: number }>('select max(version) as version from schema_version'))?.version ?? 0
  );
}

async function refuseNewerSchema(database: Database, readOnly: boolean): Promise<number> {
  const version = await schemaVersion(database);
  if (version > migrations.length) {
    throw new UserError(
      `The case was written by a newer version of Spillover (schema ${version}, this one knows ${migrations.length}).`,
      'Update Spillover to open it.',
    );
  }
  if (readOnly && version < migrations.length) {
    throw new OlderSchemaError(
      `The case has an older schema (${version} of ${migrations.length}).`,
      'Run a writing command once, such as spillover cluster, to bring it up to date.',
    );
  }
  return version;
}

async function migrate(database: Database): Promise<void> {
  const version = await refuseNewerSchema(database, false);
  for (let number = version + 1; number <= migrations.length; number++) {
    await database.transaction(async () => {
      if (number === 1)
        await database.run('create table schema_version (version integer not null, applied timestamp not null)');
      await database.run(migrations[number - 1]!);
      await database.run('insert into schema_version values ($version, now()::timestamp)', { version: number });
    });
  }
}
