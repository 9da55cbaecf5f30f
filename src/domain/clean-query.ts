import { contentByDomain, trackingByDomain, trackingNames, trackingPrefixes } from './lists/tracking-parameters.ts';
import { normalQuery } from './url-parts.ts';

interface NameRule {
  exact: ReadonlySet<string>;
  prefixes: readonly string[];
}

const rulesByDomain = new Map(Object.entries(trackingByDomain).map(([domain, names]) => [domain, nameRule(names)]));
const contentNames = new Map(
  Object.entries(contentByDomain).map(([domain, names]) => [domain, new Set(names.split(' '))]),
);

/**
 * The query in canonical form: parameters in their order, without those that say how the reader came (by name, or by name on
 * this `domain`), each in one spelling. Empty where nothing is left.
 */
export function cleanQuery(query: string, domain: string | null): string {
  if (query === '') return '';
  const content = domain === null ? undefined : contentNames.get(domain);
  const rule = domain === null ? undefined : rulesFor(domain);
  const kept: string[] = [];
  for (const part of query.split('&')) {
    let parameter = normalQuery(part).replace(/^\?+/, '');
    for (let again = parameter.lastIndexOf('?'); again >= 0; again = parameter.lastIndexOf('?')) {
      if (!isTracking(nameOf(parameter.slice(again + 1)), rule)) break;
      parameter = parameter.slice(0, again);
    }
    const name = nameOf(parameter);
    if (parameter === '' || isTracking(name, rule) || (content && !content.has(name))) continue;
    kept.push(parameter);
  }
  return kept.join('&');
}

/** The value of the first parameter of that name as written; undefined where there is none. */
export function queryValue(query: string, name: string): string | undefined {
  for (const part of query.split('&')) {
    const end = part.indexOf('=');
    if (end < name.length) continue;
    const own = part.slice(0, end);
    if (own === name || (own.includes('%') && normalQuery(own) === name)) return part.slice(end + 1);
  }
  return undefined;
}

/** The rule for a domain: its own entry, that of its name under any suffix, or that of the service that hosts it. */
function rulesFor(domain: string): NameRule | undefined {
  const dot = domain.indexOf('.');
  return (
    rulesByDomain.get(domain) ??
    rulesByDomain.get(`${domain.slice(0, dot)}.*`) ??
    rulesByDomain.get(`*${domain.slice(dot)}`)
  );
}

function isTracking(name: string, rule: NameRule | undefined): boolean {
  if (trackingNames.has(name) || trackingPrefixes.some((prefix) => name.startsWith(prefix))) return true;
  return rule !== undefined && (rule.exact.has(name) || rule.prefixes.some((prefix) => name.startsWith(prefix)));
}

function nameOf(parameter: string): string {
  const end = parameter.indexOf('=');
  return (end < 0 ? parameter : parameter.slice(0, end)).toLowerCase();
}

function nameRule(names: string): NameRule {
  const list = names.toLowerCase().split(' ');
  return {
    exact: new Set(list.filter((name) => !name.endsWith('*'))),
    prefixes: list.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1)),
  };
}
