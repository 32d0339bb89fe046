import { expect, test } from 'vitest';
import { strip } from '../../../../local/report/charts/strip.ts';

test('gives each state of a day a shape of its own', () => {
  expect(strip(['whole', 'partial', 'notdue', 'late', 'restated', 'none'])).toMatchInlineSnapshot(
    `"<svg class="chart inline" width="43.5" height="14" viewBox="0 0 43.5 14" aria-hidden="true" focusable="false"><rect x="0" y="0" width="6" height="14" class="day-whole"/><rect x="7.5" y="7" width="6" height="7" class="day-whole"/><rect x="15.5" y="0.5" width="5" height="13" class="day-notdue"/><rect x="22.5" y="0" width="6" height="3.4" class="day-late"/><rect x="22.5" y="5.3" width="6" height="3.4" class="day-late"/><rect x="22.5" y="10.6" width="6" height="3.4" class="day-late"/><rect x="30" y="0" width="6" height="14" class="day-restated"/><rect x="30" y="5.5" width="6" height="3" class="day-notch"/><rect x="37.5" y="12" width="6" height="2" class="day-none"/></svg>"`,
  );
});
