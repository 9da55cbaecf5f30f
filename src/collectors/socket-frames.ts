import type { RawData } from 'ws';
import { SourceError } from '../base/errors.ts';
import { retryAfterMs } from '../base/retry-after.ts';
import { silenceWatch } from './silence-watch.ts';
import { troubleInWords } from './trouble-in-words.ts';
import type { World } from './world.ts';

export interface SocketSettings {
  source: string;
  world: World;
  signal: AbortSignal;
  headers: Record<string, string>;
  /** Neither frame nor pong for this long: the connection is half open and is given up. */
  idleMs: number;
  maxBytes?: number;
  /** Sent once the connection stands. */
  onOpen?: (send: (text: string) => void) => void;
}

export interface Frame {
  data: Buffer;
  binary: boolean;
}

const framesHeld = 5_000;

/**
 * Frames of a WebSocket, all that came since the last look at once; an empty list when the connection opens and at each sign of
 * life. Pings three times per `idleMs`, holds the peer back while
 * too many frames wait, and throws a retryable SourceError when the connection is refused, ends or falls silent.
 */
export async function* socketFrames(url: string, settings: SocketSettings): AsyncGenerator<Frame[]> {
  const { source, world, signal, headers, idleMs, maxBytes = 16 * 1024 * 1024 } = settings;
  signal.throwIfAborted();
  let waiting: Frame[] = [];
  let ended: Error | null = null;
  let isAlive = false;
  let wake: () => void = () => {};
  const socket = world.openSocket(url, { headers, maxPayload: maxBytes });
  const end = (why: string, retryable = true, waitMs = 0) => {
    ended ??= new SourceError(source, why, retryable, { waitMs });
    wake();
  };
  const onSilence = () => {
    if (socket.isPaused || waiting.length > 0) watch = silenceWatch(world, idleMs, onSilence);
    else {
      end(`nothing heard for ${idleMs} ms`);
      socket.terminate();
    }
  };
  let watch = silenceWatch(world, idleMs, onSilence);
  const heard = () => watch.heard();
  const pinging = new AbortController();
  const ping = async () => {
    for (;;) {
      await world.sleep(idleMs / 3, pinging.signal);
      if (socket.readyState === socket.OPEN) socket.ping();
    }
  };
  ping().catch((error: unknown) => {
    if (!pinging.signal.aborted) throw error;
  });
  const abort = () => {
    ended ??= signal.reason instanceof Error ? signal.reason : new Error('aborted');
    wake();
  };
  signal.addEventListener('abort', abort, { once: true });
  const beat = () => {
    heard();
    isAlive = true;
    wake();
  };
  socket.on('open', () => {
    beat();
    settings.onOpen?.((text) => socket.send(text));
  });
  socket.on('pong', beat);
  socket.on('message', (data: RawData, binary: boolean) => {
    heard();
    waiting.push({ data: asBuffer(data), binary });
    if (waiting.length > framesHeld) socket.pause();
    wake();
  });
  socket.on('unexpected-response', (request, response) => {
    const status = response.statusCode ?? 0;
    response.resume();
    request.destroy();
    const waitMs = retryAfterMs(response.headers['retry-after'] ?? null, world.now());
    const asks = waitMs > 0 ? `, asks to wait ${Math.ceil(waitMs / 1000)} s` : '';
    end(`the server answers ${status}${asks}`, status === 429 || status >= 500, waitMs);
  });
  socket.on('error', (error: NodeJS.ErrnoException) =>
    end(`no connection (${troubleInWords(error.code ?? error.message)})`),
  );
  socket.on('close', (code, reason) =>
    end(
      `the server closed the connection (${code}${reason.length > 0 ? ` ${reason.toString('utf8').slice(0, 120)}` : ''})`,
    ),
  );
  try {
    for (;;) {
      if (waiting.length > 0) {
        const frames = waiting;
        waiting = [];
        if (socket.isPaused) socket.resume();
        yield frames;
      } else if (ended) throw ended;
      else if (isAlive) {
        isAlive = false;
        yield [];
      } else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    watch.end();
    pinging.abort(new Error('the connection ended'));
    signal.removeEventListener('abort', abort);
    socket.removeAllListeners();
    socket.on('error', () => {});
    socket.terminate();
  }
}

function asBuffer(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}
