import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take a minute or more, the longest first: begun last, one of them would keep a processor waiting at the end. */
const longest = [
  'test/browser/',
  'test/docs/guide',
  'test/contract/fuzz',
  'test/contract/exports',
  'test/contract/kill',
  'test/server/job-thread',
  'test/cli/',
  'test/contract/',
  'test/server/',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = longest.findIndex((part) => moduleId.includes(part));
      return found < 0 ? longest.length : found;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    testTimeout: 400_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: 'whole', include: ['test/**/*.test.ts'] } },
      { extends: true, test: { name: 'units', include: ['src/**/*.test.ts', 'web/**/*.test.ts'], isolate: false } },
    ],
  },
});
