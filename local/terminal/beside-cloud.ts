import type { Day } from '../../shared/time.ts';
import { bare, dollars, percent, ratio } from '../report/numbers.ts';
import { is, type Query, select } from '../report/select.ts';

/** AI spend beside the AWS bill between two days, a line a currency; nothing where no bill is read. */
export async function besideCloud(
  query: Query,
  { from, to }: { readonly from: Day; readonly to: Day },
): Promise<string> {
  const sum = (condition: string): string =>
    `cast(coalesce(sum(effective_cost) filter (where ${condition}), 0) as decimal(28,10))`;
  const rows = await query(
    select({
      columns: {
        billing_currency: 'billing_currency',
        vendors: sum(is('door', 'ledger')),
        aws_ai: sum(`${is('door', 'aws_bill')} and ${is('is_ai', 'yes')}`),
        cloud: sum(is('is_ai', 'no')),
        whole: sum('1 = 1'),
        ai: sum(is('is_ai', 'yes')),
        bill_rows: `count_if(${is('door', 'aws_bill')})`,
      },
      from: 'ai_and_cloud_cost',
      where: [`day between date '${from}' and date '${to}'`],
      group: ['billing_currency'],
      order: ['billing_currency'],
    }),
  );
  return rows
    .filter(({ bill_rows }) => Number(bill_rows) > 0)
    .map(({ billing_currency, vendors, aws_ai, cloud, whole, ai }) => {
      const share = ratio(ai ?? null, whole ?? null);
      return `Beside the cloud     ${dollars(whole ?? '0', billing_currency ?? '').padStart(11)}   ${share === null ? '' : `${percent(share)} of it AI`}: ${bare(vendors ?? '0')} vendors, ${bare(aws_ai ?? '0')} in the AWS bill; cloud ${bare(cloud ?? '0')}`;
    })
    .map((line) => `${line}\n`)
    .join('');
}
