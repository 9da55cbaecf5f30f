/** A fault the user can mend: shown as message and hint without a stack; the command line exits with 2. */
export class UserError extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UserError';
    this.hint = hint;
  }
}

/** A failed database statement; carries the SQL that was sent. */
export class QueryError extends Error {
  readonly sql: string;

  constructor(sql: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'QueryError';
    this.sql = sql;
  }
}

/** The user stopped the work; nothing is wrong. The command line exits with 130. */
export class StoppedError extends Error {
  constructor() {
    super('stopped by the user');
    this.name = 'StoppedError';
  }
}

/** An outside source failed: which one, whether trying again may help, and how long it asks to be left alone (milliseconds). */
export class SourceError extends Error {
  readonly source: string;
  readonly retryable: boolean;
  readonly waitMs: number;

  constructor(source: string, message: string, retryable: boolean, options?: ErrorOptions & { waitMs?: number }) {
    super(`${source}: ${message}`, options);
    this.name = 'SourceError';
    this.source = source;
    this.retryable = retryable;
    this.waitMs = options?.waitMs ?? 0;
  }
}

/** An error for a note: a UserError in its own words, any other with its stack, because it is a bug. */
export function errorNote(error: unknown): string {
  if (error instanceof UserError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
