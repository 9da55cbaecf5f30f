import type { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { TwoWayMask } from '../case/two-way-mask.ts';
import type { Contract } from './contract/contract.ts';
import type { Workbench } from './workbench.ts';

export interface Asked<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  /** The request itself, for bodies that are streamed and for its abort signal. */
  request: Request;
  context: Context;
  /** Where names are masked: what `own` answers go through. */
  mask: TwoWayMask | null;
}

/** Answers one operation: with the value that the contract describes, or with a whole response where that is no JSON. */
export type Handler<Name extends keyof Contract> = (
  bench: Workbench,
  asked: Asked<z.output<Contract[Name]['params']>, z.output<Contract[Name]['query']>, z.output<Contract[Name]['body']>>,
) => Promise<z.output<Contract[Name]['answer']> | Response>;

export type Handlers<Name extends keyof Contract = keyof Contract> = { [One in Name]: Handler<One> };
