import { expect, test } from 'vitest';
import { patterns } from '../../../../local/report/charts/patterns.ts';

test('hatches each colour once', () => {
  expect(patterns(['openai'])).toMatchInlineSnapshot(
    `"<svg class="chart defs" width="0" height="0" viewBox="0 0 0 0" aria-hidden="true" focusable="false"><defs><pattern id="hatch-openai" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" fill="var(--c-openai)" opacity=".26"/><rect width="2.2" height="5" fill="var(--c-openai)"/></pattern></defs></svg>"`,
  );
});
