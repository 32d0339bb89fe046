import { defineConfig } from 'vitest/config';

/** Two tiers: `npm test` needs nothing from outside npm; `npm run conformance` needs engines (see test/conformance). */
export default defineConfig({
  test: {
    // Two workers: CDK, DuckDB and Chromium loaded at once starve each other on a small machine.
    maxWorkers: 2,
    // `.ci/run` adds up what both tiers say.
    reporters: process.env.OUTLAY_REPORT
      ? ['default', ['json', { outputFile: process.env.OUTLAY_REPORT }]]
      : ['default'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    env: { TZ: 'America/Los_Angeles', CDK_CONTEXT_JSON: '{"aws:cdk:bundling-stacks":[]}' },
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/conformance/**'] } },
      {
        extends: true,
        test: {
          name: 'conformance',
          include: ['test/conformance/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 300_000,
          // Trino plans on one core; two months of every table are made before the first question.
          hookTimeout: 1_500_000,
        },
      },
    ],
  },
});
