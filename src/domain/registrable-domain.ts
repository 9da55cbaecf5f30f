import { getDomain } from 'tldts';
import { remembered } from '../base/remembered.ts';

const options = { allowPrivateDomains: true, extractHostname: false, validateHostname: false };

/**
 * The registrable domain of a host by the public suffix list, in the spelling of the host in lower case; null for addresses
 * of machines and for hosts that are public suffixes themselves. Both parts of the list count, so that each site on a
 * hosting service such as `blogspot.com` or `github.io` is a domain of its own.
 */
export const registrableDomain: (host: string) => string | null = remembered(
  (host) => (host.startsWith('.') ? null : getDomain(host.toLowerCase(), options)),
  20_000,
);
