import { createHmac } from 'node:crypto';
import { retryAfterMs } from '../base/retry-after.ts';
import { type AlertMessage, messageTitle } from './alert-message.ts';
import { alertText } from './alert-text.ts';
import { DeliveryError, type Output } from './output.ts';

export interface WebhookSettings {
  name: string;
  /** May hold a secret: it is in no message. */
  url: string;
  /** `whsec_` and base64, or any other text. */
  secret: string;
  userAgent: string;
}

export interface WebhookWorld {
  fetch: typeof globalThis.fetch;
  /** Milliseconds since 1970. */
  now: () => number;
}

const timeoutMs = 20_000;
/** Answers that may be others the next time: request timeout, too early, too many requests, and every fault of the server. */
const isTemporary = (status: number) => status === 408 || status === 425 || status === 429 || status >= 500;

/**
 * A POST of JSON, signed as the Standard Webhooks specification says (standardwebhooks.com): `webhook-id` is the same when a message is sent
 * again, `webhook-signature` is `v1,` and the base64 of HMAC-SHA256 over id, timestamp and body joined by dots.
 */
export function webhookOutput({ name, url, secret, userAgent }: WebhookSettings, world: WebhookWorld): Output {
  return {
    name,
    type: 'webhook',
    shows: 0,
    deliver: async (message) => {
      const body = JSON.stringify(webhookBody(message));
      const timestamp = String(Math.floor(world.now() / 1000));
      let response: Response;
      try {
        response = await world.fetch(url, {
          method: 'POST',
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutMs),
          headers: {
            'content-type': 'application/json; charset=utf-8',
            'user-agent': userAgent,
            'idempotency-key': message.id,
            'webhook-id': message.id,
            'webhook-timestamp': timestamp,
            'webhook-signature': webhookSignature(secret, message.id, timestamp, body),
          },
          body,
        });
        await response.body?.cancel();
      } catch (error) {
        throw new DeliveryError(name, `no answer (${causeOf(error)})`, true, null, error);
      }
      const { status } = response;
      if (status >= 200 && status < 300) return null;
      if (status >= 300 && status < 400)
        throw new DeliveryError(
          name,
          `answered ${status}, a redirect, which is not followed: give the final address`,
          false,
        );
      throw new DeliveryError(
        name,
        `answered ${status}`,
        isTemporary(status),
        retryAfterMs(response.headers.get('retry-after'), world.now()) || null,
      );
    },
  };
}

/** The signature of a body, as in the header. */
export function webhookSignature(secret: string, id: string, timestamp: string, body: string): string {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret);
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

function webhookBody(message: AlertMessage) {
  return {
    type: `spillover.${message.kind}`,
    id: message.id,
    case: message.case,
    title: messageTitle(message),
    text: alertText(message),
    alerts: message.alerts,
  };
}

function causeOf(error: unknown): string {
  const { cause, name, message } = error as Error & { cause?: { code?: string; message?: string } };
  if (name === 'TimeoutError') return `nothing within ${timeoutMs / 1000} s`;
  return cause?.code ?? cause?.message ?? message;
}
