import { createParser } from 'eventsource-parser';

/** Events of a text/event-stream, all that one piece of it completes at once; heartbeats give an empty list. */
export async function* eventsOf(pieces: AsyncIterable<string>): AsyncGenerator<{ event: string; payload: string }[]> {
  let waiting: { event: string; payload: string }[] = [];
  const parser = createParser({
    onEvent: ({ event, data }) => waiting.push({ event: event ?? 'message', payload: data }),
  });
  for await (const piece of pieces) {
    parser.feed(piece);
    const complete = waiting;
    waiting = [];
    yield complete;
  }
}
