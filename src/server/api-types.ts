import type { z } from '@hono/zod-openapi';
import type { ApiError } from './contract/common.ts';
import type { Contract } from './contract/contract.ts';
import type { Endpoint } from './contract/endpoint.ts';
import type { job, liveEvents } from './contract/jobs.ts';
import type { post } from './contract/posts.ts';

/** Types of the API for the workbench, which imports nothing else of the server (`import type` only). */
export type Operation = keyof Contract;

type Of<Name extends Operation> =
  Contract[Name] extends Endpoint<infer Method, infer Path, infer Params, infer Query, infer Body, infer Answer>
    ? { method: Method; path: Path; params: Params; query: Query; body: Body; answer: Answer }
    : never;

/** By `GET /api/…`: what goes in and what comes out. */
export type Api = {
  [Name in Operation as `${Uppercase<Of<Name>['method']>} ${Of<Name>['path']}`]: {
    params: z.input<Of<Name>['params']>;
    query: z.input<Of<Name>['query']>;
    body: z.input<Of<Name>['body']>;
    answer: z.output<Of<Name>['answer']>;
  };
};

/** What an operation answers, by its name in the contract. */
export type Answer<Name extends Operation> = z.output<Contract[Name]['answer']>;
export type Query<Name extends Operation> = z.input<Contract[Name]['query']>;
export type Body<Name extends Operation> = z.input<Contract[Name]['body']>;

export type Job = z.output<typeof job>;
export type Post = z.output<typeof post>;
export type LiveEvents = z.output<typeof liveEvents>;
export type { ApiError };
