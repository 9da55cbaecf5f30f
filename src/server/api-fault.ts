/** A request that cannot be answered, with the HTTP status and the code that the answer carries. */
export class ApiFault extends Error {
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 507;
  readonly code: string;
  readonly hint: string | null;

  constructor(status: ApiFault['status'], code: string, message: string, hint: string | null = null) {
    super(message);
    this.name = 'ApiFault';
    this.status = status;
    this.code = code;
    this.hint = hint;
  }
}
