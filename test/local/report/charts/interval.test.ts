import { expect, test } from 'vitest';
import { interval } from '../../../../local/report/charts/interval.ts';

const week = (name: string, mid: number | null, whole = true) => ({
  name,
  low: mid === null ? null : mid * 0.8,
  mid,
  high: mid === null ? null : mid * 1.2,
  whole,
});

test('draws a gap and a tick for a week without output, and an open dot for the week not whole', () => {
  const weeks = [week('2 Nov', 10), week('9 Nov', 20), week('16 Nov', null), week('23 Nov', 8, false)];
  expect(interval({ width: 200, height: 96, weeks, max: 30, axis: true, sign: '$' })).toMatchInlineSnapshot(
    `"<svg class="chart" width="200" height="96" viewBox="0 0 200 96" aria-hidden="true" focusable="false"><line x1="38" y1="78" x2="192" y2="78" class="axis"/><text x="32" y="82" class="tick" text-anchor="end">$0</text><line x1="38" y1="31.3" x2="192" y2="31.3" class="grid"/><text x="32" y="35.3" class="tick" text-anchor="end">$20</text><path class="band" d="M42 50L92 22L92 40.7L42 59.3Z"/><path class="line now" d="M42 54.7L92 31.3"/><line x1="142" y1="74" x2="142" y2="82" class="none-mark"/><line x1="192" y1="63.1" x2="192" y2="55.6" class="whisker"/><circle cx="192" cy="59.3" r="3" class="dot hollow"/><circle cx="92" cy="31.3" r="3" class="dot"/><text x="42" y="92" class="tick">2 Nov</text><text x="195" y="92" class="tick" text-anchor="end">23 Nov</text></svg>"`,
  );
});

test('holds a figure above the common scale at its top', () => {
  const weeks = [week('2 Nov', 10), week('9 Nov', 400)];
  expect(interval({ width: 200, height: 96, weeks, max: 30, axis: false, sign: '$' })).not.toMatch(/ -\d/);
});
