import { count, decimal } from '../../format/reader-locale.ts';

/** Titles of the evidence that a trace gives with a role. */
export const evidenceTitles: Record<string, string> = {
  early: 'Early',
  bridge: 'Bridges',
  downstream: 'Downstream',
  brevity: 'Brevity',
  storyPosts: 'Story posts',
  reshares: 'Reshares',
  group: 'Group',
};

export function evidenceText(value: number | string | null): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  return Number.isInteger(value) ? count(value) : decimal(value);
}
