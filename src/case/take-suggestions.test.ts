import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../base/errors.ts';
import { loadColumnMap } from '../importers/column-map.ts';
import { type Case, openCase } from './case.ts';
import { editHistory, stepEdit } from './edit-history.ts';
import { quietEffects } from './effects.ts';
import { importFiles } from './import-files.ts';
import { addStory, removeStory, showStory } from './stories.ts';
import { undoStoryChange } from './story-history.ts';
import { suggestForStory } from './suggest-for-story.ts';
import { takeSuggestions } from './take-suggestions.ts';

const folder = mkdtempSync(join(tmpdir(), 'spillover-suggest-'));
let open: Case;

beforeAll(async () => {
  const rows = Array.from({ length: 60 }, (_, i) => {
    const page = i < 14 ? 'https://paste.example/a_(b)' : '';
    const tag = i < 10 ? 'ferryfiles' : '';
    const text = i < 10 ? 'ferry drafts leaked' : i < 14 ? 'no tag but the page' : `weather number ${i} is fine`;
    return `p${i},a${i % 7},2024-05-13T10:${String(i).padStart(2, '0')}:00Z,${text},${page},${tag}`;
  });
  writeFileSync(join(folder, 'posts.csv'), `id,author,when,words,page,tag\n${rows.join('\n')}\n`);
  writeFileSync(
    join(folder, 'map.json'),
    JSON.stringify({
      platform: 'x',
      post_id: 'id',
      account_id: 'author',
      time: 'when',
      text: 'words',
      urls: 'page',
      hashtags: 'tag',
    }),
  );
  const mapped = await loadColumnMap(join(folder, 'map.json'), join(folder, 'posts.csv'));
  open = await openCase(join(folder, 'case'));
  const report = await importFiles(open, [join(folder, 'posts.csv')], { mapped }, quietEffects);
  expect(report.totals.postsAdded).toBe(60);
  await addStory(open, { name: 'ferry', query: '#ferryfiles' });
});
afterAll(() => {
  open.close();
  rmSync(folder, { recursive: true, force: true });
});

const none = { accept: [], refuse: [], limit: 10 };

describe('suggestions of a story', () => {
  it('are accepted by number into the query, refused by term, and taken back', async () => {
    const first = await suggestForStory(open, 'ferry', 10);
    expect(first.suggestions.map((one) => one.query)).not.toContain('#ferryfiles');
    const page = first.suggestions.findIndex((one) => one.query === 'url:"paste.example/a_(b)"');
    expect(page, JSON.stringify(first.suggestions)).toBeGreaterThanOrEqual(0);
    const taken = await takeSuggestions(open, 'ferry', { accept: [String(page + 1)], refuse: ['leaked'], limit: 10 });
    expect(taken.story.query).toBe('#ferryfiles OR url:"paste.example/a_(b)"');
    expect([taken.postsBefore, taken.story.posts]).toEqual([10, 14]);
    const second = await suggestForStory(open, 'ferry', 10);
    expect(second.refused).toEqual(['leaked']);
    expect(second.suggestions.map((one) => one.query)).not.toContain('leaked');
    expect(await undoStoryChange(open, 'ferry')).toBe('accept url:"paste.example/a_(b)"; refuse leaked');
    expect((await showStory(open, 'ferry')).posts).toBe(10);
    expect((await suggestForStory(open, 'ferry', 10)).refused).toEqual([]);
    await stepEdit(open, 'stories', 'redo');
    expect((await suggestForStory(open, 'ferry', 10)).refused).toEqual(['leaked']);
    await stepEdit(open, 'stories/ferry', 'undo');
    expect(await undoStoryChange(open, 'ferry')).toBe('add story ferry');
    await expect(undoStoryChange(open, 'ferry')).rejects.toThrow(UserError);
    await stepEdit(open, 'stories', 'redo');
    expect((await showStory(open, 'ferry')).posts).toBe(10);
  });

  it('put parentheses round a query that needs them', async () => {
    await addStory(open, { name: 'both', query: 'ferry AND drafts', from: '2024-05-13', replace: true });
    const { story } = await takeSuggestions(open, 'both', { ...none, accept: ['weather NOT fine'] });
    expect(story.query).toBe('(ferry AND drafts) OR (weather NOT fine)');
    expect(story.from).toBe('2024-05-13T00:00:00Z');
    await addStory(open, { name: 'both', query: 'ferry', replace: true });
    expect(await undoStoryChange(open, 'both')).toBe('change story both');
    expect((await showStory(open, 'both')).from).toBe('2024-05-13T00:00:00Z');
    await removeStory(open, 'both');
    expect(await editHistory(open, 'stories/both')).toMatchObject({ undo: 'remove story both', redo: null });
    await stepEdit(open, 'stories/both', 'undo');
    expect(await undoStoryChange(open, 'both')).toBe('accept weather NOT fine');
    expect((await showStory(open, 'both')).query).toBe('ferry AND drafts');
  });

  it('say what is wrong with a pick', async () => {
    await expect(takeSuggestions(open, 'ferry', { ...none, accept: ['99'] })).rejects.toThrow('no suggestion 99');
    await expect(takeSuggestions(open, 'ferry', { ...none, accept: ['colour:red'] })).rejects.toThrow('not a field');
    await expect(takeSuggestions(open, 'ferry', { ...none, accept: ['x'], refuse: ['x'] })).rejects.toThrow('both');
    await expect(takeSuggestions(open, 'nobody', none)).rejects.toThrow('no story "nobody"');
    expect((await showStory(open, 'ferry')).query).toBe('#ferryfiles');
  });
});
