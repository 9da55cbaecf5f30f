/** What a fake server writes down of a request. */
export interface SeenRequest {
  /** By the clock of the test's world. */
  time: number;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  status: number;
}

/** What the next request meets instead of an answer. */
export type Fault = { status: number; retryAfter?: string; body?: string } | { hang: true } | { body: string };
