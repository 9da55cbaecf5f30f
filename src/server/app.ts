import { createRoute, OpenAPIHono, type z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { StoppedError, UserError } from '../base/errors.ts';
import { OutdatedResultError } from '../case/result-form.ts';
import { version } from '../version.ts';
import { ApiFault } from './api-fault.ts';
import { apiError } from './contract/common.ts';
import { contract } from './contract/contract.ts';
import type { Endpoint } from './contract/endpoint.ts';
import { type Door, guard } from './guard.ts';
import type { Asked } from './handler.ts';
import { handlers } from './handlers/handlers.ts';
import { masked, maskWhereAsked, unmasked } from './masked-request.ts';
import { type Passed, securityHeaders } from './security-headers.ts';
import { staticFiles } from './static-files.ts';
import type { Workbench } from './workbench.ts';

export interface AppOptions extends Door {
  /** Folder of the built workbench. */
  webFolder: string;
  /** Called with what is no fault of the request. */
  onBug: (error: unknown) => void;
}

type AnyHandler = (bench: Workbench, asked: Asked<unknown, unknown, unknown>) => Promise<unknown>;

/** The whole server as a function from request to answer; it is tested without a socket. */
export function createApp(bench: Workbench, options: AppOptions): OpenAPIHono<Passed> {
  const app = new OpenAPIHono<Passed>({
    defaultHook: (result) => {
      if (result.success) return;
      const [issue] = result.error.issues;
      const where = issue?.path.map(String).join('.');
      throw new ApiFault(
        400,
        'bad-request',
        `${where ? `${where}: ` : ''}${issue?.message ?? 'the request does not fit'}`,
        '/api/openapi.json describes every request.',
      );
    },
  });
  app.onError((error, c) => failed(c, error, options.onBug));
  app.use(securityHeaders);
  app.use(guard(options));
  const limited = bodyLimit({
    maxSize: bench.limits.bodyBytes,
    onError: () => {
      throw new ApiFault(413, 'too-large', `A request may hold ${bench.limits.bodyBytes.toLocaleString('en')} bytes.`);
    },
  });
  app.use('/api/*', maskWhereAsked(bench, options.port));
  app.use('/api/*', (c, next) => (c.req.path === '/api/uploads' ? next() : limited(c, next)));
  for (const [name, endpoint] of Object.entries(contract)) addEndpoint(app, bench, name, endpoint);
  app.doc31('/api/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Spillover', version, description: 'The API of the local workbench.' },
  });
  app.all('/api/*', () => {
    throw new ApiFault(404, 'not-found', 'There is no such operation.', '/api/openapi.json lists them.');
  });
  app.get('*', staticFiles(options.webFolder));
  app.notFound((c) => failed(c, new ApiFault(404, 'not-found', 'There is nothing here.'), options.onBug));
  return app;
}

function addEndpoint(app: OpenAPIHono<Passed>, bench: Workbench, name: string, endpoint: Endpoint): void {
  const handler = handlers[name as keyof typeof handlers] as AnyHandler;
  if (!handler) return;
  const takesBody = Object.keys((endpoint.body as z.ZodObject).shape ?? { any: true }).length > 0;
  const media = endpoint.media ?? 'application/json';
  const route = createRoute({
    method: endpoint.method,
    path: endpoint.path,
    operationId: name,
    summary: endpoint.summary,
    request: {
      params: endpoint.params as z.ZodObject,
      query: endpoint.query as z.ZodObject,
      ...(takesBody ? { body: { required: true, content: { 'application/json': { schema: endpoint.body } } } } : {}),
    },
    responses: {
      [endpoint.status]: { description: endpoint.summary, content: { [media]: { schema: endpoint.answer } } },
      default: { description: 'What went wrong', content: { 'application/json': { schema: apiError } } },
    },
  });
  const answer = async (c: Context<Passed>): Promise<Response> => {
    const mask = c.get('mask');
    if (endpoint.writes && bench.spilloverCase.readOnly)
      throw new ApiFault(
        403,
        'read-only',
        'The case is open for reading only.',
        'Start spillover serve without --read-only.',
      );
    const valid = (target: 'param' | 'query' | 'json') => c.req.valid(target as never) as unknown;
    const asked = { params: valid('param'), query: valid('query'), body: takesBody ? valid('json') : {} };
    const meant = mask ? await unmasked(bench, asked, endpoint, mask) : asked;
    const given = await handler(bench, { ...meant, request: c.req.raw, context: c, mask });
    if (given instanceof Response) return given;
    return c.json((mask ? await masked(bench, given, endpoint, mask) : given) as object, endpoint.status);
  };
  app.openapi(route, answer as never);
}

function failed(c: Context<Passed>, error: unknown, onBug: (error: unknown) => void): Response {
  const mask = c.get('mask');
  const text = (words: string | null) => (mask && words !== null ? mask.text(words) : words);
  const shape = (code: string, message: string, hint: string | null) => ({
    error: { code, message: text(message), hint: text(hint) },
  });
  if (error instanceof ApiFault) return c.json(shape(error.code, error.message, error.hint), error.status);
  if (error instanceof OutdatedResultError) return c.json(shape('stale', error.message, error.hint ?? null), 409);
  if (error instanceof UserError) return c.json(shape('user', error.message, error.hint ?? null), 400);
  if (error instanceof StoppedError || c.req.raw.signal.aborted)
    return c.json(shape('stopped', 'The request was given up.', null), 400);
  if (error instanceof HTTPException && error.status < 500)
    return c.json(shape('bad-request', error.message, '/api/openapi.json describes every request.'), error.status);
  onBug(error);
  return c.json(
    shape('bug', 'Something in Spillover went wrong.', 'The terminal where the server runs shows where.'),
    500,
  );
}
