import { expect, test } from 'vitest';
import { spans } from '../../../../local/report/charts/spans.ts';

const rows = [
  { name: 'Spend spike, Search', short: 'Spend spike', from: 10, to: null, state: 'open', amount: '+$145' },
  { name: 'Key burst, nightly', short: 'Key burst', from: 2, to: 4, state: 'expected', amount: '+$96' },
];

test('draws what still runs square with a tip, what is over round', () => {
  expect(spans({ width: 616, length: 15, marks: [{ day: 5, name: '2 Nov' }], rows })).toMatchInlineSnapshot(
    `"<svg class="chart" width="616" height="76" viewBox="0 0 616 76" aria-hidden="true" focusable="false"><line x1="332" y1="4" x2="332" y2="54" class="grid"/><text x="332" y="70" class="tick">2 Nov</text><text x="0" y="19" class="label">Spend spike, Search</text><rect x="432" y="10" width="100" height="12" rx="2" class="span open"/><path d="M532 10l6 6l-6 6z" class="span open"/><text x="616" y="20" class="label num" text-anchor="end">+$145</text><text x="0" y="43" class="label">Key burst, nightly</text><rect x="272" y="34" width="40" height="12" rx="6" class="span expected"/><text x="616" y="44" class="label num" text-anchor="end">+$96</text></svg>"`,
  );
});

test('names spans short where it is narrow', () => {
  expect(spans({ width: 340, length: 15, marks: [], rows }).match(/class="label">[^<]*/g)).toEqual([
    'class="label">Spend spike',
    'class="label">Key burst',
  ]);
});
