import { caseRevision } from '../store/case-revision.ts';
import type { Case } from './case.ts';
import { isReadable, requireReadable } from './result-form.ts';

export interface StoredResult {
  story: string | null;
  analysis: string;
  version: string;
  options: object;
  seed: number | null;
  result: object;
}

/** What a story selects, in SQL: results keep it, so that one made of another query or span is known as stale, also after an undo. */
const selection = `to_json({query: story.query, "from": story.from_time, "to": story.to_time})::varchar`;
const selectionName = `'made-of/' || story.name || '/' || `;

/** Whether the story of a row of `result` was changed since, in SQL over `result left join story`. */
export const storyIsChanged = `coalesce((select setting.value <> ${selection} from setting where setting.name = ${selectionName} result.analysis),
  story.created > result.created, false)`;

/** Keeps the newest result of an analysis of a story (or of the whole case) with the revision of the case; nothing in a case opened read-only. */
export async function storeResult(spilloverCase: Case, stored: StoredResult): Promise<void> {
  if (spilloverCase.readOnly) return;
  const { database } = spilloverCase;
  const revision = await caseRevision(database);
  const { story, analysis, version, options, seed, result } = stored;
  await database.transaction(async () => {
    await database.run('delete from result where story is not distinct from $story and analysis = $analysis', {
      story,
      analysis,
    });
    await database.run(
      'insert into result values ($story, $analysis, $version, $options, $seed, $revision, now()::timestamp, $json)',
      {
        story,
        analysis,
        version,
        options: JSON.stringify(options),
        seed: seed === null ? null : BigInt(seed),
        revision: BigInt(revision),
        json: JSON.stringify(result),
      },
    );
    const made = { story, analysis };
    await database.run(
      `delete from setting where name in (select ${selectionName} $analysis from story where story.name = $story)`,
      made,
    );
    await database.run(
      `insert into setting select ${selectionName} $analysis, ${selection} from story where story.name = $story`,
      made,
    );
  });
}

/**
 * The newest stored result of an analysis; null where it was never run on this story.
 * @throws OutdatedResultError where another version wrote it in a form that this one does not read.
 */
export async function storedResult<T>(spilloverCase: Case, story: string | null, analysis: string): Promise<T | null> {
  const row = await spilloverCase.database.first<{ json: string; version: string }>(
    'select json, version from result where story is not distinct from $story and analysis = $analysis',
    { story, analysis },
  );
  if (!row) return null;
  requireReadable(analysis, story, row.version);
  return JSON.parse(row.json) as T;
}

/** As `storedResult`, but null also where another version wrote it: for what only adds to something else. */
export async function readableResult<T>(
  spilloverCase: Case,
  story: string | null,
  analysis: string,
): Promise<T | null> {
  const row = await spilloverCase.database.first<{ json: string; version: string }>(
    'select json, version from result where story is not distinct from $story and analysis = $analysis',
    { story, analysis },
  );
  return row && isReadable(analysis, row.version) ? (JSON.parse(row.json) as T) : null;
}

/** How a stored result stands to the case: `stale` once posts were imported, or the story was changed, after it was made, or where another version made it in another form. */
export interface Provenance {
  version: string;
  created: string;
  caseRevision: number;
  stale: boolean;
}

export const currentRevision = (spilloverCase: Case): Promise<number> => caseRevision(spilloverCase.database);

export interface ResultHead extends Provenance {
  story: string | null;
  analysis: string;
  options: string;
}

/** Stored results without their content, newest first; only those of one analysis or one story where these are given. */
export async function listResults(
  spilloverCase: Case,
  which: { analysis?: string; story?: string | null } = {},
): Promise<ResultHead[]> {
  const heads = await spilloverCase.database.rows<ResultHead>(
    `select result.story as story, analysis, version, options, strftime(result.created, '%Y-%m-%dT%H:%M:%S.%gZ') as created, case_revision as caseRevision,
       case_revision <> $revision or ${storyIsChanged} as stale
     from result left join story on story.name = result.story
     where ($analysis::varchar is null or analysis = $analysis) and (not $ofStory or result.story is not distinct from $story)
     order by result.created desc, analysis`,
    {
      analysis: which.analysis ?? null,
      revision: await caseRevision(spilloverCase.database),
      ofStory: which.story !== undefined,
      story: which.story ?? null,
    },
  );
  return heads.map((head) => ({ ...head, stale: head.stale || !isReadable(head.analysis, head.version) }));
}
