import type { CitedPost, TraceResult } from '../analyses/trace/trace-result.ts';
import { type MappedTechnique, mapDisarm } from './disarm-mapping.ts';
import { objectId, observableId } from './stix-ids.ts';

export interface StixObject {
  type: string;
  id: string;
  spec_version: '2.1';
  [property: string]: unknown;
}

export interface StixBundle {
  type: 'bundle';
  id: string;
  objects: StixObject[];
}

export interface IntelligenceOptions {
  /** Ids of techniques that the analyst takes out, such as `T0117`; a parent takes its sub-techniques with it. */
  without?: readonly string[];
  /** Who the analyst says is behind it; nothing is said without this. */
  actor?: { name: string; reason: string; confidence: number } | null;
}

/** The mapping without what the analyst took out. */
export function keptTechniques(result: TraceResult, without: readonly string[] = []): MappedTechnique[] {
  return mapDisarm(result).filter(
    ({ technique }) => !without.some((id) => technique.id === id || technique.id.startsWith(`${id}.`)),
  );
}

/**
 * A STIX 2.1 bundle of a traced story: campaign, platforms as infrastructure, accounts and addresses as observables, posts as observed
 * data, DISARM techniques as attack patterns with relationship, opinion and note, and a report over all of it. The same result gives
 * the same bytes; times of making are the time of the story's last post.
 */
export function stixBundle(result: TraceResult, options: IntelligenceOptions = {}): StixBundle {
  const made = stixTime(result.window.to);
  const objects = new Map<string, StixObject>();
  const put = (object: StixObject): string => {
    objects.set(object.id, object);
    return object.id;
  };
  const author = objectId('identity', 'spillover');
  const dated = { spec_version: '2.1' as const, created_by_ref: author, created: made, modified: made };
  put({
    type: 'identity',
    id: author,
    spec_version: '2.1',
    created: made,
    modified: made,
    name: 'Spillover',
    identity_class: 'system',
    description: `${result.version}. Signs and scores with their evidence, not verdicts on people.`,
  });
  const key = `${result.story}\n${result.query}`;
  const campaign = put({
    type: 'campaign',
    id: objectId('campaign', key),
    ...dated,
    name: result.story,
    description: result.findings.map((finding) => finding.text).join(' '),
    first_seen: stixTime(result.window.from),
    last_seen: stixTime(result.window.to),
    confidence: 50,
  });
  const relate = (source: string, kind: string, target: string, more: Record<string, unknown> = {}) =>
    put({
      type: 'relationship',
      id: objectId('relationship', source, kind, target),
      ...dated,
      relationship_type: kind,
      source_ref: source,
      target_ref: target,
      ...more,
    });
  const techniques = keptTechniques(result, options.without);
  const evidence = evidencePosts(result, techniques);
  const posts = new Map<string, string>();
  const onPlatform = new Map<string, string[]>();
  for (const post of evidence) {
    const refs = observablesOf(post, put);
    const time = stixTime(post.time);
    posts.set(
      post.post,
      put({
        type: 'observed-data',
        id: objectId('observed-data', post.post),
        ...dated,
        first_observed: time,
        last_observed: time,
        number_observed: 1,
        object_refs: refs,
        external_references: [
          {
            source_name: post.platform,
            external_id: post.post,
            description: quote(post),
            ...(httpOnly(post.permalink) ? { url: post.permalink } : {}),
          },
        ],
      }),
    );
    onPlatform.set(post.platform, [...(onPlatform.get(post.platform) ?? []), ...refs]);
  }
  for (const artifact of result.artifacts) {
    const url = /^(?:url:)?(https?:\/\/.+)$/i.exec(artifact.artifact)?.[1];
    if (!url) continue;
    const ref = put({ type: 'url', id: observableId('url', { value: url }), spec_version: '2.1', value: url });
    for (const seen of artifact.firstSeen)
      onPlatform.set(seen.platform, [...(onPlatform.get(seen.platform) ?? []), ref]);
  }
  for (const [platform, refs] of onPlatform) {
    const infrastructure = put({
      type: 'infrastructure',
      id: objectId('infrastructure', platform),
      ...dated,
      name: platform,
      infrastructure_types: ['unknown'],
      description: `Platform on which posts of the story stand. Its operator is not said to be involved.`,
    });
    relate(campaign, 'uses', infrastructure);
    for (const ref of new Set(refs)) if (ref.startsWith('url--')) relate(infrastructure, 'consists-of', ref);
  }
  for (const one of techniques) {
    const pattern = put({
      type: 'attack-pattern',
      id: one.technique.stixId,
      ...dated,
      name: one.technique.name,
      external_references: [
        {
          source_name: 'DISARM',
          external_id: one.technique.id,
          url: `https://github.com/DISARMFoundation/DISARMframeworks/blob/main/generated_pages/techniques/${one.technique.id}.md`,
        },
      ],
      kill_chain_phases: [{ kill_chain_name: 'disarm', phase_name: one.technique.tactic }],
    });
    const refs = one.posts.flatMap((post) => posts.get(post) ?? []);
    const relation = relate(campaign, 'uses', pattern, { description: one.statement, confidence: one.confidence });
    put({
      type: 'note',
      id: objectId('note', key, one.technique.id),
      ...dated,
      abstract: `Evidence for ${one.technique.id} ${one.technique.name}`,
      content: `${one.statement} Posts: ${one.posts.join(', ')}.`,
      confidence: one.confidence,
      object_refs: [relation, pattern, ...refs],
    });
    put({
      type: 'opinion',
      id: objectId('opinion', key, one.technique.id),
      ...dated,
      opinion: one.confidence >= 75 ? 'strongly-agree' : one.confidence >= 55 ? 'agree' : 'neutral',
      explanation: `Mapped by rule from ${one.posts.length} posts; confidence ${one.confidence} of 100. Intent is not in the posts.`,
      confidence: one.confidence,
      object_refs: [relation],
    });
  }
  result.findings.forEach((finding, at) => {
    const refs = finding.posts.flatMap((post) => posts.get(post) ?? []);
    put({
      type: 'note',
      id: objectId('note', key, 'finding', String(at), finding.text),
      ...dated,
      abstract: `Finding: ${finding.method}`.slice(0, 200),
      content: finding.text,
      object_refs: [campaign, ...new Set(refs)],
    });
  });
  if (options.actor) {
    const { name, reason, confidence } = options.actor;
    const actor = put({
      type: 'threat-actor',
      id: objectId('threat-actor', name),
      ...dated,
      name,
      threat_actor_types: ['unknown'],
      description: `As the analyst states: ${reason}`,
      confidence,
    });
    relate(campaign, 'attributed-to', actor, {
      description: `Stated by the analyst, not found by Spillover: ${reason}`,
      confidence,
    });
  }
  const report = objectId('report', key);
  put({
    type: 'report',
    id: report,
    ...dated,
    name: `How ${result.story} spread`,
    description: [...result.caveats].join(' '),
    report_types: ['campaign'],
    published: made,
    object_refs: [...objects.keys()],
  });
  return { type: 'bundle', id: objectId('bundle', key), objects: [...objects.values()] };
}

/** The posts behind techniques, findings and stages, each once, in order of time. */
function evidencePosts(result: TraceResult, techniques: readonly MappedTechnique[]): CitedPost[] {
  const wanted = new Set([
    ...techniques.flatMap((one) => one.posts),
    ...result.findings.flatMap((one) => one.posts),
    ...result.stages.flatMap((one) => one.post ?? []),
  ]);
  return result.cited.filter((post) => wanted.has(post.post));
}

function observablesOf(post: CitedPost, put: (object: StixObject) => string): string[] {
  const refs: string[] = [];
  if (post.account !== null) {
    const [accountType, userId] = [
      post.platform === 'x' ? 'twitter' : post.platform,
      post.account.slice(post.account.indexOf('/') + 1),
    ];
    refs.push(
      put({
        type: 'user-account',
        id: observableId('user-account', {
          account_type: accountType,
          user_id: userId,
          ...(post.handle === null ? {} : { account_login: post.handle }),
        }),
        spec_version: '2.1',
        account_type: accountType,
        user_id: userId,
        ...(post.handle === null ? {} : { account_login: post.handle }),
        ...(post.name === null || post.name === '' ? {} : { display_name: post.name }),
      }),
    );
  }
  const urls = [
    httpOnly(post.permalink) ? post.permalink! : null,
    ...[...post.text.matchAll(/https?:\/\/[^\s<>"']+/gi)].map((match) => match[0].replace(/[.,;:!?)\]]+$/, '')),
  ];
  for (const url of new Set(urls)) {
    if (url === null || !URL.canParse(url)) continue;
    const value = new URL(url).href;
    refs.push(put({ type: 'url', id: observableId('url', { value }), spec_version: '2.1', value }));
  }
  if (refs.length === 0)
    refs.push(
      put({
        type: 'url',
        id: observableId('url', { value: `urn:spillover:post:${encodeURIComponent(post.post)}` }),
        spec_version: '2.1',
        value: `urn:spillover:post:${encodeURIComponent(post.post)}`,
      }),
    );
  return [...new Set(refs)];
}

const httpOnly = (address: string | null) => address !== null && /^https?:\/\//i.test(address) && URL.canParse(address);
const stixTime = (iso: string) => new Date(iso).toISOString();

function quote(post: CitedPost): string {
  const place = `${post.file}${post.line === null ? '' : `, line ${post.line}`}`;
  return `${post.text.slice(0, 500)} [${post.post}; ${place}; time known to ${post.precisionMs} ms]`;
}
