import { expect, test } from 'vitest';
import { spark } from '../../../../local/report/charts/spark.ts';

test('dashes the end of a spark line that is not final', () => {
  expect(spark({ values: [1, 2, 4], dashed: 1 })).toMatchInlineSnapshot(
    `"<svg class="chart inline" width="92" height="22" viewBox="0 0 92 22" aria-hidden="true" focusable="false"><path d="M2 15.8L45 11.5L88 3L88 21L2 21Z" class="under"/><path d="M2 15.8L45 11.5" class="line spark"/><path d="M45 11.5L88 3" class="line spark dashed"/><circle cx="88" cy="3" r="2" class="dot"/></svg>"`,
  );
});

test('draws no spark line without values', () => {
  expect(spark({ values: [], dashed: 0 })).toMatchInlineSnapshot(
    `"<svg class="chart inline" width="92" height="22" viewBox="0 0 92 22" aria-hidden="true" focusable="false"></svg>"`,
  );
});
