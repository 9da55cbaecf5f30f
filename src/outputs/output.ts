import { SourceError } from '../base/errors.ts';
import type { AlertContent, AlertMessage } from './alert-message.ts';

/** A place to which alerts go. */
export interface Output {
  name: string;
  type: 'terminal' | 'webhook' | 'email' | 'atom';
  /** How many of the newest alerts it shows together, for outputs that are a list; 0 for those that are told each message once. */
  shows: number;
  /**
   * Resolves when the message has arrived, to a remark or null. `newest` holds the newest alerts of this output where it shows some.
   * @throws DeliveryError where it has not.
   */
  deliver: (message: AlertMessage, newest: readonly AlertContent[]) => Promise<string | null>;
}

/** A message did not arrive; `retryable` tells whether the same message may arrive later without anybody changing anything. */
export class DeliveryError extends SourceError {
  /** How long the other side asks to wait; null where it does not say. */
  readonly retryAfterMs: number | null;

  constructor(
    output: string,
    message: string,
    retryable: boolean,
    retryAfterMs: number | null = null,
    cause?: unknown,
  ) {
    super(output, message, retryable, { cause });
    this.name = 'DeliveryError';
    this.retryAfterMs = retryAfterMs;
  }
}
