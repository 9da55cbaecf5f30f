const words: Record<string, string> = {
  ENOTFOUND: 'there is no such host, or no network',
  EAI_AGAIN: 'the name of the host cannot be looked up: is there a network?',
  ECONNREFUSED: 'nobody answers at this address',
  ECONNRESET: 'the connection was cut',
  ETIMEDOUT: 'no connection in time',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'there is no network',
  CERT_HAS_EXPIRED: 'the certificate of the server has expired',
};

/** What a code of the operating system means for somebody who waits for a connection. */
export const troubleInWords = (code: string): string => (words[code] ? `${words[code]}; ${code}` : code);
