import type { Bridge } from '../../../src/analyses/trace/trace-result.ts';

export const bridgeWords: Record<Bridge['kind'], string> = {
  'cites-thread': 'cites the thread',
  direct: 'links the same thing',
  announced: 'announces without a link',
  'same-text': 'says the same text',
  'same-media': 'shows the same picture',
};
