import type { Api } from '../../src/server/api-types.ts';
import { address, request } from './request.ts';

/** Operations without a place in their path have an open record of nothing as parameters. */
type Bare<Name extends keyof Api> = string extends keyof Api[Name]['params'] ? true : false;
type Given<Name extends keyof Api> = (Bare<Name> extends true ? unknown : { params: Api[Name]['params'] }) & {
  query?: Api[Name]['query'];
  body?: Api[Name]['body'];
  signal?: AbortSignal;
};

/** Calls one operation of the API by its method and path: `call('GET /api/stories/{story}', { params: { story } })`. @throws ApiError */
export function call<Name extends keyof Api>(
  name: Name,
  ...[given]: Bare<Name> extends true ? [given?: Given<Name>] : [given: Given<Name>]
): Promise<Api[Name]['answer']> {
  const method = (name as string).slice(0, (name as string).indexOf(' '));
  return request(endpointAddress(name, given as { params?: unknown; query?: unknown }), {
    method,
    ...(given?.body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(given.body) }),
    ...(given?.signal ? { signal: given.signal } : {}),
  });
}

/** The address of an operation, for links, downloads and frames. */
export function endpointAddress(name: keyof Api, given?: { params?: unknown; query?: unknown }): string {
  const path = (name as string).slice((name as string).indexOf(' ') + 1);
  const params = (given?.params ?? {}) as Record<string, string>;
  const filled = path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(params[key]!));
  return address(filled, (given?.query ?? {}) as Record<string, string | number | undefined>);
}
