import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocketServer } from 'ws';
import { nextFault, retryAfter } from './http-fake.ts';
import type { Fault } from './seen-request.ts';

/** Meets a WebSocket with the next fault, if there is one: a status, or for 200 a connection that is closed at once. Says whether it did. */
export function refuseUpgrade(
  faults: Fault[],
  sockets: WebSocketServer,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): boolean {
  const fault = nextFault(faults, request.url ?? '/');
  if (!fault || !('status' in fault)) return false;
  if (fault.status === 200) sockets.handleUpgrade(request, socket, head, (one) => one.close(1011, 'not now'));
  else {
    const headers = Object.entries(retryAfter(fault)).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${fault.status} Refused\r\n${headers.join('')}Connection: close\r\nContent-Length: 0\r\n\r\n`);
  }
  return true;
}
