/** An answer of the server that is not a success; `hint` says what to do about it. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string | null;
  /** Place in a query, counted from 1, where the mistake is. */
  readonly column: number | null;

  constructor(status: number, code: string, message: string, hint: string | null, column: number | null) {
    super(message);
    this.status = status;
    this.code = code;
    this.hint = hint;
    this.column = column;
  }
}

/** Asks the server of this page. @throws ApiError for every answer that is not a success, and where there is no answer. */
export async function request<T>(path: string, init: RequestInit = {}): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiError(
      0,
      'unreachable',
      'The workbench does not answer.',
      'Is `spillover serve` still running in its terminal? This page goes on as soon as it answers again.',
      null,
    );
  }
  if (response.ok) {
    return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
  }
  throw await readError(response);
}

/** `/api/x` with the parameters that have a value. */
export function address(
  path: string,
  parameters: Record<string, string | number | boolean | null | undefined> = {},
): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== '') search.set(key, String(value));
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

async function readError(response: Response): Promise<ApiError> {
  const text = await response.text();
  try {
    const { error } = JSON.parse(text) as {
      error: { code?: string; message: string; hint?: string | null; column?: number | null };
    };
    return new ApiError(
      response.status,
      error.code ?? 'error',
      error.message,
      error.hint ?? null,
      error.column ?? null,
    );
  } catch {
    return new ApiError(response.status, 'error', `The workbench answered ${response.status}.`, null, null);
  }
}
