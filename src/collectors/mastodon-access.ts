import type { CollectorInput } from './collector.ts';

/** The header that carries the user's token, where there is one. */
export const authorization = ({ credentials }: Pick<CollectorInput, 'credentials'>): Record<string, string> =>
  credentials.SPILLOVER_MASTODON_TOKEN ? { authorization: `Bearer ${credentials.SPILLOVER_MASTODON_TOKEN}` } : {};
