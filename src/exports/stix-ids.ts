import { createHash } from 'node:crypto';

/** OASIS namespace for ids of cyber observables (STIX 2.1, section 2.9). */
const oasisNamespace = '00abedb4-aa42-466c-9c01-fed23315a9b7';
/** Namespace of everything else that Spillover names. */
export const spilloverNamespace = '6f0b7c1e-8d1c-5f43-9c5f-3f1f2a7e6b10';

/** UUID version 5 (RFC 4122) of a name in a namespace. */
export function uuid5(namespace: string, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest()
    .subarray(0, 16);
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Id of a cyber observable from the properties that make it what it is; the same thing has the same id in every tool. */
export function observableId(type: string, contributing: Record<string, string>): string {
  const canonical = `{${Object.keys(contributing)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${JSON.stringify(contributing[key])}`)
    .join(',')}}`;
  return `${type}--${uuid5(oasisNamespace, canonical)}`;
}

/** Id of a domain or relationship object: the same story gives the same ids again. */
export function objectId(type: string, ...parts: string[]): string {
  return `${type}--${uuid5(spilloverNamespace, [type, ...parts].join('\n'))}`;
}
