import { expect, test } from 'vitest';
import { bullet } from '../../../../local/report/charts/bullet.ts';

test('hatches the estimated end of the spend against its limit', () => {
  expect(bullet({ width: 107, spent: 80, estimated: 10, limit: 100 })).toMatchInlineSnapshot(
    `"<svg class="chart inline" width="107" height="20" viewBox="0 0 107 20" aria-hidden="true" focusable="false"><rect x="0" y="7" width="80" height="6" class="track"/><rect x="0" y="6" width="56" height="8" class="fill"/><rect x="56" y="6" width="8" height="8" fill="url(#hatch-ink)"/><line x1="40" y1="5" x2="40" y2="15" class="soft"/><line x1="64" y1="5" x2="64" y2="15" class="soft"/><line x1="80" y1="0" x2="80" y2="20" class="budget solid"/></svg>"`,
  );
});

test('cuts spend far beyond its limit and says so with a tip', () => {
  expect(bullet({ width: 107, spent: 300, estimated: 0, limit: 100 })).toMatchInlineSnapshot(
    `"<svg class="chart inline" width="107" height="20" viewBox="0 0 107 20" aria-hidden="true" focusable="false"><rect x="0" y="7" width="80" height="6" class="track"/><rect x="0" y="6" width="100" height="8" class="fill"/><path d="M100 5l6 5l-6 5z" class="fill"/><line x1="40" y1="5" x2="40" y2="15" class="soft"/><line x1="64" y1="5" x2="64" y2="15" class="soft"/><line x1="80" y1="0" x2="80" y2="20" class="budget solid"/></svg>"`,
  );
});
