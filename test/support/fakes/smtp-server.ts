import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';

export interface ReceivedMail {
  isEncrypted: boolean;
  from: string;
  to: string[];
  /** Headers and body as they came, dots unstuffed. */
  raw: string;
  /** Header lines, unfolded. */
  headers: string[];
}

/** How a server encrypts: from the first byte, or after STARTTLS. */
export interface SmtpTls {
  key: string;
  cert: string;
  begins: 'at once' | 'with STARTTLS';
}

/** A mail server on loopback: takes every message unless it is told to refuse. */
export class FakeSmtp {
  readonly #tls: SmtpTls | null;
  readonly mails: ReceivedMail[] = [];
  /** Answers to the next messages after their data, such as `451 later`; taken one by one. */
  readonly answers: string[] = [];
  /** Recipients that are refused for good. */
  readonly refused = new Set<string>();
  readonly logins: string[] = [];
  /** Everything that came without encryption. */
  plain = '';
  readonly #server: Server = createServer((socket) => this.#accept(socket));
  readonly #sockets = new Set<Socket>();

  constructor(tls: SmtpTls | null = null) {
    this.#tls = tls;
  }

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

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket)).on('error', () => {});
    if (this.#tls?.begins === 'at once') this.#serve(this.#encrypted(socket));
    else this.#serve(socket);
  }

  #encrypted(socket: Socket): TLSSocket {
    const secureContext = createSecureContext(this.#tls!);
    return new TLSSocket(socket, { isServer: true, secureContext }).on('error', () => {});
  }

  #serve(socket: Socket, greets = true): void {
    const isEncrypted = socket instanceof TLSSocket;
    const offersTls = !isEncrypted && this.#tls !== null;
    const say = (line: string) => socket.write(`${line}\r\n`);
    let buffer = '';
    let isData = false;
    let from = '';
    let to: string[] = [];
    if (greets) say('220 fake.test ESMTP');
    const read = (bytes: Buffer) => {
      const part = bytes.toString('utf8');
      if (!isEncrypted) this.plain += part;
      buffer += part;
      for (;;) {
        const end = isData ? buffer.indexOf('\r\n.\r\n') : buffer.indexOf('\r\n');
        if (end < 0) return;
        const text = buffer.slice(0, end);
        buffer = buffer.slice(end + (isData ? 5 : 2));
        if (isData) {
          isData = false;
          const answer = this.answers.shift() ?? '250 taken';
          if (answer.startsWith('2')) this.mails.push(mailOf(isEncrypted, from, to, text.replace(/^\.\./gm, '.')));
          say(answer);
          continue;
        }
        const verb = text.slice(0, 4).toUpperCase();
        if (verb === 'EHLO')
          socket.write(`250-fake.test\r\n${offersTls ? '250-STARTTLS\r\n' : ''}250-AUTH PLAIN\r\n250 8BITMIME\r\n`);
        else if (verb === 'STAR' && offersTls) {
          socket.off('data', read);
          say('220 go on');
          this.#serve(this.#encrypted(socket), false);
          return;
        } else if (verb === 'AUTH') {
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
        } else say(verb === 'STAR' ? '502 not here' : '250 ok');
      }
    };
    socket.on('data', read);
  }
}

function mailOf(isEncrypted: boolean, from: string, to: string[], raw: string): ReceivedMail {
  const [head = ''] = raw.split('\r\n\r\n', 1);
  return { isEncrypted, from, to, raw, headers: head.replace(/\r\n[ \t]+/g, ' ').split('\r\n') };
}
