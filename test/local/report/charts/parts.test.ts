import { expect, test } from 'vitest';
import { parts } from '../../../../local/report/charts/parts.ts';

test('cuts a bar into its parts and leaves out what is nothing', () => {
  expect(
    parts({
      width: 100,
      parts: [
        { id: 'direct', share: 0.75 },
        { id: 'derived', share: 0 },
        { id: 'shared', share: 0.25 },
      ],
    }),
  ).toMatchInlineSnapshot(
    `"<svg class="chart" width="100" height="10" viewBox="0 0 100 10" aria-hidden="true" focusable="false"><rect x="0" y="0" width="74.2" height="10" class="b-direct"/><rect x="75" y="0" width="24.2" height="10" class="b-shared"/></svg>"`,
  );
});
