import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';

export interface ReceivedMail {
  from: string;
  to: string[];
  /** Headers and body as they came, dots unstuffed. */
  raw: string;
  /** Header lines, unfolded. */
  headers: string[];
}

/** A mail server on loopback without encryption: takes every message unless it is told to refuse. */
export class FakeSmtp {
  readonly mails: ReceivedMail[] = [];
  /** Answers to the next messages after their data, such as `451 later`; taken one by one. */
  readonly answers: string[] = [];
  /** Recipients that are refused for good. */
  readonly refused = new Set<string>();
  readonly logins: string[] = [];
  readonly #server: Server = createServer((socket) => this.#serve(socket));
  readonly #sockets = new Set<Socket>();

  listen(): Promise<void> {
    return new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket)).on('error', () => {});
    const say = (line: string) => socket.write(`${line}\r\n`);
    let buffer = '';
    let isData = false;
    let from = '';
    let to: string[] = [];
    say('220 fake.test ESMTP');
    socket.setEncoding('utf8').on('data', (part: string) => {
      buffer += part;
      for (;;) {
        const end = isData ? buffer.indexOf('\r\n.\r\n') : buffer.indexOf('\r\n');
        if (end < 0) return;
        const text = buffer.slice(0, end);
        buffer = buffer.slice(end + (isData ? 5 : 2));
        if (isData) {
          isData = false;
          const answer = this.answers.shift() ?? '250 taken';
          if (answer.startsWith('2')) this.mails.push(mailOf(from, to, text.replace(/^\.\./gm, '.')));
          say(answer);
          continue;
        }
        const verb = text.slice(0, 4).toUpperCase();
        if (verb === 'EHLO') socket.write('250-fake.test\r\n250-AUTH PLAIN\r\n250 8BITMIME\r\n');
        else if (verb === 'AUTH') {
          const [, , word = ''] = text.split(' ');
          this.logins.push(Buffer.from(word, 'base64').toString().split('\0').join('|'));
          say(this.logins.at(-1)!.endsWith('wrong') ? '535 no' : '235 yes');
        } else if (verb === 'MAIL') {
          from = text;
          to = [];
          say('250 ok');
        } else if (verb === 'RCPT') {
          const address = /<([^>]*)>/.exec(text)?.[1] ?? '';
          if (this.refused.has(address)) say('550 nobody here');
          else {
            to.push(address);
            say('250 ok');
          }
        } else if (verb === 'DATA') {
          isData = true;
          say('354 go on');
        } else if (verb === 'QUIT') {
          say('221 bye');
          socket.end();
        } else say('250 ok');
      }
    });
  }
}

function mailOf(from: string, to: string[], raw: string): ReceivedMail {
  const [head = ''] = raw.split('\r\n\r\n', 1);
  return { from, to, raw, headers: head.replace(/\r\n[ \t]+/g, ' ').split('\r\n') };
}
