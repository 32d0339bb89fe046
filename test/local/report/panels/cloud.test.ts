import { expect, test } from 'vitest';
import { difference } from '../../../../local/report/numbers.ts';
import { cloud } from '../../../../local/report/panels/cloud.ts';
import { headline } from '../../../../local/report/panels/headline.ts';
import { sum } from '../../../../shared/money.ts';
import { rowsOf, viewOf } from './view.ts';

const NO_BILL = "delete from ai_and_cloud_cost where door = 'aws_bill'";

test('adds AI and cloud of each team to the line of all, each dollar once', async () => {
  const { data } = await viewOf();
  const { teams, all, byDay, days, services } = data.cloud ?? {};
  expect(days).toEqual({ from: '2026-11-01', to: '2026-11-23' });
  expect(sum(teams?.map((one) => one.all) ?? [])).toBe(all?.all);
  expect(sum([all?.vendors ?? '', all?.aws ?? ''])).toBe(all?.ai);
  expect(sum([all?.ai ?? '', all?.cloud ?? ''])).toBe(all?.all);
  expect(sum(byDay?.filter(({ day }) => day >= '2026-11-01').map((one) => one.all) ?? [])).toBe(all?.all);
  expect(teams?.map(({ id }) => id)).toEqual(['search', 'data', 'payments', 'checkout', 'support-tools', null]);
  expect([all?.aws, all?.cloud]).toEqual(['810.7500000000', '44410.1250000000']);
  expect(services).toEqual([
    { name: 'Amazon Bedrock', biller: 'AWS', cost: '517.5000000000' },
    { name: 'Claude Platform on AWS', biller: 'AWS Marketplace', cost: '293.2500000000' },
  ]);
});

test('compares no day that the bill has not told, and says what is left out', async () => {
  const view = await viewOf();
  const { all, outside } = view.data.cloud ?? {};
  expect(difference(view.data.now.total, all?.vendors ?? '')).toBe(`${outside}0000`);
  expect(cloud(view, '').markup).toMatch(
    /AI is \d+\.\d % of what AI and cloud cost together: ≈\$[\d,]+ through its vendors, \$811 through the AWS bill\. Compared are 1–23 Nov, which the AWS bill tells; \$[\d,.]+ of vendors on other days is not\./,
  );
});

test('says nothing of other days where the bill tells the whole period', async () => {
  const { markup } = cloud(await viewOf('period=2026-10'), '');
  expect(markup).toMatch(/through the AWS bill\.<\/p>/);
});

test('shows teams with nobody last, months, and AI in the bill by service', async () => {
  const rows = rowsOf(cloud(await viewOf('period=2026-11-23..2026-11-23'), '').markup);
  const team = rows.findIndex(([name]) => name === 'Team');
  expect(rows.slice(team + 6, team + 14)).toEqual([
    ['No owner yet', '≈$5.82', '$12.75', '$80.13', '≈$98.70', '18.8 %'],
    ['All, each dollar once', '≈$633.70', '$35.25', '$1,930.88', '≈$2,599.83', '25.7 %'],
    ['AI in the AWS bill', 'Billed by', 'Cost'],
    ['Amazon Bedrock', 'AWS', '$22.50'],
    ['Claude Platform on AWS', 'AWS Marketplace', '$12.75'],
    ['All of it', '', '$35.25'],
    ['Month', 'AI, its vendors', 'AI in the AWS bill', 'Cloud', 'Together', 'AI share'],
    ['July 2026 28–31 Jul', '$2,073.87', '$141.00', '$7,723.50', '$9,938.37', '22.3 %'],
  ]);
});

test('shows a chosen team alone, and no other’s cost', async () => {
  const view = await viewOf('team=search');
  expect(view.data.cloud?.teams.map(({ id }) => id)).toEqual(['search']);
  expect(view.data.cloud?.all.cloud).toBe('27835.7500000000');
  expect(cloud(view, '').markup).toContain('of what AI and cloud of Search cost together');
});

test('admits that it follows no vendor and no model', async () => {
  const { markup } = cloud(await viewOf('vendor=openai'), '');
  expect(markup).toContain('<span class="tag">all vendors</span>');
});

test('says in one line what to do where no bill is read', async () => {
  const view = await viewOf('', true, NO_BILL);
  const { markup } = cloud(view, 'csv/cloud');
  expect(markup).toContain('No bill of a cloud is read here, so AI stands alone.');
  expect(markup).not.toContain('<table');
  expect(headline(view, '').markup).not.toContain('cloud and AI bill');
});

test('says that the bill has no day of the period', async () => {
  const { markup } = cloud(await viewOf('period=2026-11-24..2026-11-24'), '');
  expect(markup).toContain('The AWS bill tells of 28 Jul – 23 Nov and of no day of 24 Nov: not compared.');
  expect(markup).not.toContain('<table');
});

test('asks whose bill it is where the same dollar could come by two doors', async () => {
  const view = await viewOf();
  const says = ['the AWS bill has 12.75 USD of Claude Platform: say in contracts.csv whether AWS bills anthropic.main'];
  const stamp = { ...view.data.stamp, findings: [{ name: 'unclear_biller', says }] };
  expect(cloud({ ...view, data: { ...view.data, stamp } }, '').markup).toContain(says[0]);
});

test('tells of money that is in no total, where no bill is read as well', async () => {
  const view = await viewOf('', true, NO_BILL);
  const says = ['aws_marketplace bills anthropic.main, and no bill read here has it: 5.25 USD are in no total'];
  const stamp = { ...view.data.stamp, findings: [{ name: 'unread_biller', says }] };
  expect(cloud({ ...view, data: { ...view.data, stamp } }, '').markup).toContain(says[0]);
});

test('puts the share of AI into the summary of everything, and of nothing less', async () => {
  expect(headline(await viewOf(), '').markup).toMatch(/AI is \d+\.\d % of the cloud and AI bill together\./);
  expect(headline(await viewOf('team=search'), '').markup).not.toContain('cloud and AI bill');
});
