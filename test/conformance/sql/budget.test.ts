import { expect, it } from 'vitest';
import { beyond } from './budget.ts';

const stats = {
  ...{ stages: 3, splits: 9, files: 4, physicalInputBytes: 2049, processedRows: 7 },
  ...{ peakMemoryBytes: 1, cpuMs: 1, elapsedMs: 1 },
};

it('says nothing of what is within the budget', () => {
  expect(beyond(stats, [3, 4, 3])).toEqual([]);
});

it('tells each figure beyond the budget', () => {
  expect(beyond(stats, [2, 3, 2])).toEqual(['3 stages, budget 2', '4 files, budget 3', '3 kB, budget 2']);
});
