/** What a fake server writes down of a request. */
export interface SeenRequest {
  /** By the clock of the test's world. */
  time: number;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  status: number;
}

/**
 * What the next request meets instead of an answer, or the next one whose path ends with `path`: a status, another body, silence
 * from the start (`hang`) or after half an answer (`stall`).
 */
export type Fault = { path?: string } & (
  | { status: number; retryAfter?: string; body?: string }
  | { hang: true }
  | { stall: true }
  | { body: string }
);
