import * as z from 'zod';
import type { Ask, Asking } from '../../source.ts';
import { daysIn } from './months.ts';
import { scopeOf } from './scope.ts';

/** A report that is being made, or lies ready. */
export const reportState = z.object({
  id: z.string().regex(/^[\w-]+$/),
  status: z.enum(['processing', 'completed', 'failed']),
  download_urls: z.array(z.url()).nullish(),
});

/** A line of the AI-credit report: what one person used of one model on one day, and what of it was billed. */
export const creditLine = z.object({
  date: z.iso.date(),
  username: z.string(),
  sku: z.string(),
  model: z.string(),
  quantity: z.string(),
  unit_type: z.string(),
  gross_amount: z.string(),
  discount_amount: z.string(),
  net_amount: z.string(),
});

/** Seconds between two looks at a report that is being made, and how many looks before it is given up. */
const LOOK_EVERY = 15;
const LOOKS = 60;

const lookOf = ({ about }: Ask): number => Number(about?.look ?? '0');

/** Orders the AI-credit report of a window's days; at most 31 of them, both ends included. */
export function orderReport({ window, connection }: Asking): Ask {
  return {
    url: `${scopeOf(connection).billing}/reports`,
    method: 'POST',
    body: {
      report_type: 'ai_credit',
      start_date: daysIn(window)[0],
      end_date: daysIn(window).at(-1),
      send_email: false,
    },
    about: { look: '0' },
  };
}

/** The next look at a report, or its files. @throws Error when GitHub could not make it, or takes too long. */
export function afterState(asked: Ask, { id, status, download_urls }: z.infer<typeof reportState>): Ask[] {
  if (status === 'completed')
    return (download_urls ?? []).map((url) => ({ url, isSignedLink: true, written: 'csv', about: { report: id } }));
  const look = lookOf(asked) + 1;
  if (status === 'failed') throw new Error(`GitHub could not make the AI-credit report ${id}; it is ordered again`);
  if (look > LOOKS)
    throw new Error(`GitHub has not made the AI-credit report ${id} in ${(LOOKS * LOOK_EVERY) / 60} minutes`);
  const url = asked.method === 'POST' ? `${asked.url}/${id}` : asked.url;
  return [{ url, about: { look: String(look) }, afterSeconds: LOOK_EVERY }];
}

/** Another try to order a report while GitHub still makes another one, of which there may be one at a time. */
export function orderLater(asked: Ask, status: number): Ask[] | null {
  const look = lookOf(asked) + 1;
  if (asked.method !== 'POST' || (status !== 409 && status !== 422) || look > LOOKS) return null;
  return [{ ...asked, about: { look: String(look) }, afterSeconds: LOOK_EVERY }];
}
