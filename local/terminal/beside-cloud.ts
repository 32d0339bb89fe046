import type { Cloud } from '../report/data/cloud.ts';
import { dayRange } from '../report/dates.ts';
import { bare, dollars, percent, ratio } from '../report/numbers.ts';
import type { View } from '../report/view.ts';

/** AI spend beside the AWS bill, by the figures of the page: of the days that both tell; nothing where no bill is read. */
export function besideCloud({ data: { cloud, lake, filters } }: View): string {
  if (cloud === null) return '';
  return cloud.days === null
    ? line(
        'not compared',
        `the AWS bill tells ${dayRange(cloud.bill.from, cloud.bill.to)} and no day of ${filters.period.name}`,
      )
    : line(dollars(cloud.all.all, lake.currency), words(cloud, dayRange(cloud.days.from, cloud.days.to)));
}

const line = (figure: string, says: string): string =>
  `${'Beside the cloud'.padEnd(20)} ${figure.padStart(11)}   ${says}\n`;

function words({ all }: Cloud, days: string): string {
  const share = ratio(all.ai, all.all);
  return `${share === null ? '' : `${percent(share, 1)} of it AI, `}${days}: ${bare(all.vendors)} vendors, ${bare(all.aws)} in the AWS bill; cloud ${bare(all.cloud)}`;
}
