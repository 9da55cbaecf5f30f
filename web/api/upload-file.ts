import type { Answer } from '../../src/server/api-types.ts';
import { ApiError } from './request.ts';

/** Sends a file as it is and reports how many of its bytes have gone. @throws ApiError */
export function uploadFile(
  file: File,
  name: string,
  onSent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Answer<'upload'>> {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open('POST', `/api/uploads?name=${encodeURIComponent(name)}`);
    sending.setRequestHeader('content-type', 'application/octet-stream');
    sending.upload.onprogress = (event) => onSent(event.loaded);
    sending.onload = () => {
      let body: unknown;
      try {
        body = JSON.parse(sending.responseText);
      } catch {
        body = null;
      }
      if (sending.status >= 200 && sending.status < 300) return resolve(body as Answer<'upload'>);
      const error = (body as { error?: { code: string; message: string; hint: string | null } } | null)?.error;
      reject(
        new ApiError(
          sending.status,
          error?.code ?? 'error',
          error?.message ?? `The workbench answered ${sending.status}.`,
          error?.hint ?? null,
          null,
        ),
      );
    };
    sending.onerror = () =>
      reject(
        new ApiError(
          0,
          'unreachable',
          `${name} was not sent: the workbench does not answer.`,
          'Drop it again once it runs.',
          null,
        ),
      );
    sending.onabort = () => reject(new DOMException('stopped', 'AbortError'));
    signal.addEventListener('abort', () => sending.abort());
    sending.send(file);
  });
}
