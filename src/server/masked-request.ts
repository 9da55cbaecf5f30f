import type { MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { maskAnswer, revealRequest } from '../case/mask-answer.ts';
import type { TwoWayMask } from '../case/two-way-mask.ts';
import { ApiFault } from './api-fault.ts';
import type { Endpoint } from './contract/endpoint.ts';
import type { Passed } from './security-headers.ts';
import type { Workbench } from './workbench.ts';

/** Requests go through the mask where the server was started with `--mask`, or where the browser's cookie `spillover-mask-PORT` says `on`. */
export function maskWhereAsked({ masking }: Workbench, port: number): MiddlewareHandler<Passed> {
  return async (c, next) => {
    const isWanted = masking.isAlways || getCookie(c, `spillover-mask-${port}`) === 'on';
    c.set('mask', isWanted ? await masking.mask() : null);
    await next();
  };
}

/**
 * The parts of a masked request with what their pseudonyms stand for. A query stays as it is where the handler works on what is masked already.
 * @throws ApiFault 403 for what has to wait until names are shown.
 */
export async function unmasked<Asked extends { params: unknown; query: unknown; body: unknown }>(
  { connections }: Workbench,
  asked: Asked,
  endpoint: Endpoint,
  mask: TwoWayMask,
): Promise<Asked> {
  if (endpoint.masked === 'none')
    throw new ApiFault(403, 'masked', 'Names are masked: what changes the case waits.', 'Show names again first.');
  const revealed = await connections.read((reader) => revealRequest(reader, asked, mask));
  return endpoint.masked === 'through' ? revealed : { ...revealed, query: asked.query };
}

/** The answer to a masked request. */
export const masked = ({ connections }: Workbench, answer: unknown, endpoint: Endpoint, mask: TwoWayMask) =>
  endpoint.masked === 'through' ? connections.read((reader) => maskAnswer(reader, answer, mask)) : answer;
