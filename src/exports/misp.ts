import type { CitedPost, TraceResult } from '../analyses/trace/trace-result.ts';
import { isAnonymousPlatform } from '../domain/anonymous-platforms.ts';
import { type IntelligenceOptions, keptTechniques } from './stix.ts';
import { spilloverNamespace, uuid5 } from './stix-ids.ts';

interface MispAttribute {
  uuid: string;
  type: string;
  category: string;
  object_relation: string;
  value: string;
  to_ids: false;
  disable_correlation: boolean;
}

interface MispObject {
  uuid: string;
  name: string;
  'meta-category': string;
  template_uuid: string;
  template_version: string;
  description: string;
  comment: string;
  Attribute: MispAttribute[];
}

/** Templates of misp-objects: name, id, version. */
const templates = {
  microblog: { uuid: '8ec8c911-ddbe-4f5b-895b-fbff70c42a60', version: '8', category: 'misc', about: 'Microblog post' },
  url: { uuid: '60efb77b-40b5-4c46-871b-ed1ed999fce5', version: '3', category: 'network', about: 'Address' },
  person: {
    uuid: 'a15b0477-e9d1-4b9c-9546-abe78a4f4248',
    version: '8',
    category: 'misc',
    about: 'Account with a role in the story',
  },
};

/**
 * A MISP event (core format draft 20) of a traced story: the posts behind techniques, findings and stages as `microblog`, the story's addresses as
 * `url`, accounts with a significant role as `person` by alias, techniques as tags of the DISARM galaxy. Nothing is for detection (`to_ids`
 * false), nothing is published, and it is for the own organisation only until somebody decides otherwise.
 */
export function mispEvent(result: TraceResult, options: IntelligenceOptions = {}): { Event: Record<string, unknown> } {
  const key = `${result.story}\n${result.query}`;
  const techniques = keptTechniques(result, options.without);
  const wanted = new Set([
    ...techniques.flatMap((one) => one.posts),
    ...result.findings.flatMap((one) => one.posts),
    ...result.stages.flatMap((one) => one.post ?? []),
  ]);
  const posts = result.cited.filter((post) => wanted.has(post.post));
  const uses = new Map<string, string[]>();
  for (const one of techniques)
    for (const post of one.posts) uses.set(post, [...(uses.get(post) ?? []), one.technique.id]);
  const objects = [
    ...posts.map((post) => postObject(key, post, uses.get(post.post) ?? [])),
    ...result.artifacts.flatMap((one) => {
      const url = /^(?:url:)?(https?:\/\/.+)$/i.exec(one.artifact)?.[1];
      const first = one.firstSeen.map((seen) => seen.time).sort()[0];
      return url
        ? [
            object(key, 'url', url, `${one.posts} posts of the story carry it`, [
              ['url', 'url', url],
              ...(first ? [['first-seen', 'datetime', first] as const] : []),
            ]),
          ]
        : [];
    }),
    ...people(key, result),
  ];
  const seconds = String(Math.floor(Date.parse(result.window.to) / 1000));
  return {
    Event: {
      uuid: uuid5(spilloverNamespace, `misp\n${key}`),
      info: `How ${result.story} spread`,
      date: result.window.from.slice(0, 10),
      timestamp: seconds,
      published: false,
      analysis: '2',
      threat_level_id: '4',
      distribution: '0',
      Attribute: [
        {
          uuid: uuid5(spilloverNamespace, `misp-findings\n${key}`),
          type: 'text',
          category: 'Internal reference',
          value: result.findings.map((one) => one.text).join('\n'),
          comment: result.version,
          to_ids: false,
          disable_correlation: true,
        },
        ...(options.actor
          ? [
              {
                uuid: uuid5(spilloverNamespace, `misp-actor\n${key}`),
                type: 'threat-actor',
                category: 'Attribution',
                value: options.actor.name,
                comment: `As the analyst states: ${options.actor.reason}`,
                to_ids: false,
                disable_correlation: false,
              },
            ]
          : []),
      ],
      Object: objects,
      Tag: techniques.map((one) => ({ name: `misp-galaxy:disarm-techniques="${one.technique.name}"` })),
    },
  };
}

type Field = readonly [relation: string, type: string, value: string];

function postObject(key: string, post: CitedPost, techniques: readonly string[]): MispObject {
  const kind =
    post.platform === 'x'
      ? 'Twitter'
      : isAnonymousPlatform(post.platform)
        ? 'Forum'
        : ({ facebook: 'Facebook', reddit: 'Reddit', instagram: 'Instagram' }[post.platform] ?? 'Other');
  const links = [...post.text.matchAll(/https?:\/\/[^\s<>"']+/gi)].map((match) => match[0]);
  const tags = [...post.text.matchAll(/#([\p{L}\p{N}_]+)/gu)].map((match) => match[1]!);
  const fields: Field[] = [
    ['post', 'text', post.text === '' ? post.post : post.text],
    ['type', 'text', kind],
    ['creation-date', 'datetime', post.time],
    ...(post.handle === null ? [] : [['username', 'text', post.handle] as const]),
    ...(post.permalink !== null && /^https?:\/\//i.test(post.permalink)
      ? [['link', 'link', post.permalink] as const]
      : []),
    ...[...new Set(links)].map((one) => ['embedded-link', 'url', one] as const),
    ...[...new Set(tags)].map((one) => ['hashtag', 'text', one] as const),
  ];
  const place = `${post.post}; ${post.file}${post.line === null ? '' : `, line ${post.line}`}; time known to ${post.precisionMs} ms`;
  return object(
    key,
    'microblog',
    post.post,
    techniques.length > 0 ? `${place}; supports ${techniques.join(', ')}` : place,
    fields,
  );
}

function people(key: string, result: TraceResult): MispObject[] {
  const roles = new Map<string, string[]>();
  const names = new Map<string, string>();
  for (const role of result.roles) {
    if (!role.significant || role.role === 'participant') continue;
    roles.set(role.account, [
      ...(roles.get(role.account) ?? []),
      `${role.role} (score ${role.score.toFixed(2)}, ${role.low.toFixed(2)} to ${role.high.toFixed(2)}; ${role.posts.slice(0, 3).join(', ')})`,
    ]);
    names.set(role.account, role.handle ?? role.account);
  }
  return [...roles].map(([account, list]) =>
    object(key, 'person', account, 'A sign with its evidence, not a verdict', [
      ['alias', 'text', names.get(account)!],
      ['text', 'text', `${account}: ${[...new Set(list)].join('; ')}`],
    ]),
  );
}

function object(
  key: string,
  name: keyof typeof templates,
  id: string,
  comment: string,
  fields: readonly Field[],
): MispObject {
  const template = templates[name];
  return {
    uuid: uuid5(spilloverNamespace, `misp-object\n${key}\n${name}\n${id}`),
    name,
    'meta-category': template.category,
    template_uuid: template.uuid,
    template_version: template.version,
    description: template.about,
    comment,
    Attribute: fields.map(([relation, type, value], at) => ({
      uuid: uuid5(spilloverNamespace, `misp-attribute\n${key}\n${name}\n${id}\n${at}`),
      type,
      category: type === 'url' || type === 'link' ? 'External analysis' : 'Other',
      object_relation: relation,
      value,
      to_ids: false,
      disable_correlation: type === 'text' || type === 'datetime',
    })),
  };
}
