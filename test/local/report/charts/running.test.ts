import { expect, test } from 'vitest';
import { running } from '../../../../local/report/charts/running.ts';

const input = {
  height: 200,
  length: 4,
  now: [100, 200, 300],
  estimatedFrom: 2,
  past: [80, 160, 240, 320],
  budget: 350,
  marks: [
    { day: 1, name: '1 Nov' },
    { day: 4, name: '4 Nov' },
  ],
  labels: { now: '$300 now', past: '$320 Oct', budget: '$350 budget' },
  sign: '$',
};

test('draws the total solid, its estimated end dashed, the month before and the budget', () => {
  expect(running({ ...input, width: 600 })).toMatchInlineSnapshot(
    `"<svg class="chart" width="600" height="200" viewBox="0 0 600 200" aria-hidden="true" focusable="false"><line x1="48" y1="178" x2="508.8" y2="178" class="axis"/><text x="40" y="182" class="tick" text-anchor="end">$0</text><line x1="48" y1="137" x2="508.8" y2="137" class="grid"/><text x="40" y="141" class="tick" text-anchor="end">$100</text><line x1="48" y1="96" x2="508.8" y2="96" class="grid"/><text x="40" y="100" class="tick" text-anchor="end">$200</text><line x1="48" y1="55" x2="508.8" y2="55" class="grid"/><text x="40" y="59" class="tick" text-anchor="end">$300</text><line x1="48" y1="14" x2="508.8" y2="14" class="grid"/><text x="40" y="18" class="tick" text-anchor="end">$400</text><text x="163.2" y="194" class="tick" text-anchor="middle">1 Nov</text><text x="526.8" y="194" class="tick" text-anchor="end">4 Nov</text><path d="M48 178L163.2 145.2L278.4 112.4L393.6 79.6L508.8 46.8" class="line past"/><line x1="48" y1="34.5" x2="508.8" y2="34.5" class="budget"/><path d="M48 178L163.2 137L278.4 96" class="line now"/><path d="M278.4 96L393.6 55" class="line now dashed"/><circle cx="393.6" cy="55" r="3.5" class="dot"/><text x="517.8" y="38.5" class="label warn">$350 budget</text><text x="517.8" y="53.5" class="label muted">$320 Oct</text><text x="517.8" y="68.5" class="label strong">$300 now</text></svg>"`,
  );
});

test('keeps only the budget in words where there is no room beside the picture', () => {
  expect(running({ ...input, width: 320 }).match(/<text[^>]*class="label[^>]*>[^<]*/g)).toMatchInlineSnapshot(`
    [
      "<text x="52" y="29.5" class="label warn halo">$350 budget",
    ]
  `);
});
