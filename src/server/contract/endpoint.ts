import { z } from '@hono/zod-openapi';

export type Method = 'get' | 'post' | 'put' | 'delete';

const none = z.strictObject({});

/** One operation of the API: where it is, what it takes, what it answers. The same object checks requests, types handlers and writes OpenAPI. */
export interface Endpoint<
  M extends Method = Method,
  Path extends string = string,
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  method: M;
  path: Path;
  summary: string;
  params: Params;
  query: Query;
  body: Body;
  answer: Answer;
  /** Status of success: 202 where a job was started. */
  status: 200 | 202;
  /** Refused in read-only mode. */
  writes: boolean;
  /**
   * What a masked request gets: an answer that went through the mask (`through`), one that the handler masked because it knows its form, or that holds
   * nothing of the case (`own`), or a refusal (`none`), as everything that changes the case.
   */
  masked: 'through' | 'own' | 'none';
  /** Media type of an answer that is not JSON; `answer` then is a text. */
  media?: string;
}

type Empty = typeof none;

/** An operation with what it leaves out filled in: nothing in path, query and body, status 200; everything but GET writes. */
export function endpoint<
  M extends Method,
  Path extends string,
  Answer extends z.ZodType,
  Params extends z.ZodType = Empty,
  Query extends z.ZodType = Empty,
  Body extends z.ZodType = Empty,
>(
  method: M,
  path: Path,
  summary: string,
  parts: {
    answer: Answer;
    params?: Params;
    query?: Query;
    body?: Body;
    status?: 200 | 202;
    writes?: boolean;
    masked?: 'through' | 'own' | 'none';
    media?: string;
  },
): Endpoint<M, Path, Params, Query, Body, Answer> {
  const writes = parts.writes ?? method !== 'get';
  return {
    method,
    path,
    summary,
    answer: parts.answer,
    params: parts.params ?? (none as unknown as Params),
    query: parts.query ?? (none as unknown as Query),
    body: parts.body ?? (none as unknown as Body),
    status: parts.status ?? 200,
    writes,
    masked: parts.masked ?? (writes ? 'none' : 'through'),
    ...(parts.media === undefined ? {} : { media: parts.media }),
  };
}
