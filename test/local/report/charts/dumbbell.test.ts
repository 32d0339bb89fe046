import { expect, test } from 'vitest';
import { dumbbell } from '../../../../local/report/charts/dumbbell.ts';

test('puts a hollow dot before and a filled one now, joined', () => {
  const drawn = dumbbell({ width: 112, now: 0.4, before: 0.9 });
  expect(drawn).toContain('<line x1="96" y1="10" x2="46" y2="10" class="line"/>');
  expect(drawn.match(/<circle[^>]*>/g)).toEqual([
    '<circle cx="96" cy="10" r="4.5" class="dot hollow"/>',
    '<circle cx="46" cy="10" r="4.5" class="dot"/>',
  ]);
});

test('draws no dot for what is unknown', () => {
  expect(dumbbell({ width: 112, now: 0.4, before: null })).not.toContain('hollow');
});
