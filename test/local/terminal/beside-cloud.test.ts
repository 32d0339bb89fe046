import { expect, test } from 'vitest';
import { headline } from '../../../local/report/panels/headline.ts';
import { besideCloud } from '../../../local/terminal/beside-cloud.ts';
import { viewOf } from '../report/panels/view.ts';

test('says the share of AI that the page says, and of which days', async () => {
  const view = await viewOf();
  const line = besideCloud(view);
  expect(line).toMatch(
    /^Beside the cloud +\$[\d,]+ {3}[\d.]+ % of it AI, 1–23 Nov( 2026)?: [\d,.]+ vendors, 810\.75 in the AWS bill; cloud 44,410\.13\n$/,
  );
  const [share] = /[\d.]+ %/.exec(line) ?? [];
  expect(headline(view, '').markup).toContain(`AI is ${share} of the cloud and AI bill together.`);
});

test('says that the bill has no day of the period', async () => {
  const later = "delete from ai_and_cloud_cost where door = 'aws_bill' and day >= date '2026-11-01'";
  expect(besideCloud(await viewOf('', true, later))).toMatch(
    /^Beside the cloud +not compared {3}the AWS bill tells .+ and no day of November to date\n$/,
  );
});

test('says nothing where no bill is read', async () => {
  expect(besideCloud(await viewOf('', true, "delete from ai_and_cloud_cost where door = 'aws_bill'"))).toBe('');
});
