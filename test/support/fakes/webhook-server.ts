import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { webhookSignature } from '../../../src/outputs/webhook.ts';

export interface ReceivedHook {
  id: string;
  headers: Record<string, string | string[] | undefined>;
  body: { type: string; id: string; text: string; alerts: { number: number; headline: string; rule: string }[] };
  isSigned: boolean;
}

/** A receiver of webhooks that checks signatures as its guide says. */
export class FakeWebhook {
  readonly secret = 'a secret of the tests, long enough';
  readonly received: ReceivedHook[] = [];
  /** Answers to the next requests, with headers; then 200. `hang` never answers. */
  readonly answers: ({ status: number; headers?: Record<string, string> } | 'hang')[] = [];
  readonly #server: Server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => (text += part));
    request.on('end', () => {
      const { headers } = request;
      const id = String(headers['webhook-id']);
      const wanted = webhookSignature(this.secret, id, String(headers['webhook-timestamp']), text);
      this.received.push({ id, headers, body: JSON.parse(text), isSigned: wanted === headers['webhook-signature'] });
      const answer = this.answers.shift() ?? { status: 200 };
      if (answer === 'hang') return;
      response.writeHead(answer.status, answer.headers).end('answer');
    });
  });

  listen(): Promise<void> {
    return new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }
}
