import { UserError } from '../base/errors.ts';

/** One place of a source is not shown: banned, removed, dead, closed or misspelt. The source itself may be well. */
export class PlaceRefusal extends UserError {}

/** Statuses by which a server says that it does not show a place, rather than that something goes wrong on the way. */
export const isRefusal = (status: number): boolean => [400, 401, 403, 404, 410, 422, 451].includes(status);
