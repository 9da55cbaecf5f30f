import type { Role } from '../../../src/analyses/trace/trace-result.ts';

export const roles: readonly Role[] = ['origin', 'catalyst', 'booster', 'influencer', 'mainstream', 'participant'];

export const roleHelp: Record<Role, string> = {
  origin: 'Accounts of the earliest posts in this collection. Earliest here is not first in the world.',
  catalyst: 'Few accounts that brought the story early to a further platform and from whom much of what followed came.',
  booster: 'Accounts that amplified the story: many quick reshares, acting together more than chance allows.',
  influencer: 'Accounts with a public of their own, outside the community, after which the story left it.',
  mainstream: 'Outlets and accounts of the mainstream that carried the story.',
  participant: 'Everybody else who posted it.',
};
