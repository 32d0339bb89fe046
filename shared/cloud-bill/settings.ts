import * as z from 'zod';
import type { BillingPeriod } from '../time.ts';
import { BILL_FORMS, type Bill } from './bill.ts';

const key = z
  .string()
  .regex(/^[A-Za-z0-9_.:/=+@-]+$/, 'must be the key of a cost allocation tag as the bill writes it');

/** Where the bill of a payer account lies, and in which of its forms: what an operator says. */
export const cloudBill = z.strictObject({
  /** cur2, focus_1_0, focus_1_2 or legacy: each is the whole bill, so one a payer account. */
  form: z.enum(BILL_FORMS),
  /** The payer account. */
  account: z.string().regex(/^\d{12}$/, 'must be the twelve digits of the payer account'),
  /** The bucket it is delivered to, in whichever account and Region. */
  bucket: z.string().min(3),
  /** What stands before the name of the export or report in the keys. */
  prefix: z
    .string()
    .default('')
    .transform((text) => text.replaceAll(/^\/+|\/+$/g, '')),
  /** Name of the export or report. */
  name: z.string().regex(/^[A-Za-z0-9_-]+$/, 'must be the name of the export or report'),
  /**
   * A copy of what stands below the prefix, on this machine: what `npm start` reads, which never asks AWS. A deployment
   * reads the bucket.
   */
  folder: z.string().min(1).optional(),
  /** Region of the bucket; that of this deployment otherwise. */
  region: z.string().min(1).optional(),
  /** Key that encrypts the bucket, where it is one of KMS. */
  kmsKey: z
    .string()
    .regex(/^arn:aws[a-z-]*:kms:/, 'must be an ARN of kms')
    .optional(),
  /** Makes the export itself: in the payer account, where the Region has the resource. */
  create: z.boolean().default(false),
  tags: z.strictObject({ team: key.default('team'), costCenter: key.default('cost_center') }).prefault({}),
});

/** A bill as configured. */
export type BillSettings = z.output<typeof cloudBill>;

/** Regions in which CloudFormation has the resource of an export. */
const EXPORT_REGIONS = ['us-east-1', 'cn-northwest-1'];

/** What is wrong with bills together, by the index of the one to mend. */
export function problemsOf(
  bills: readonly BillSettings[],
  at: { readonly account?: string | undefined; readonly region?: string | undefined },
): readonly { readonly index: number; readonly field: string; readonly says: string }[] {
  return bills.flatMap((bill, index) => {
    const former = bills.findIndex(({ account }) => account === bill.account);
    const found = [];
    if (former < index)
      found.push({
        index,
        field: 'account',
        says: `the bill of ${bill.account} is read as ${bills[former]?.form} already, and each form is the whole bill: leave one`,
      });
    if (bill.create && bill.form === 'legacy')
      found.push({
        index,
        field: 'create',
        says: 'a legacy report cannot be created here; choose cur2 or a FOCUS form',
      });
    if (bill.create && at.region !== undefined && !EXPORT_REGIONS.includes(at.region))
      found.push({
        index,
        field: 'create',
        says: `CloudFormation has no export in ${at.region}: deploy in ${EXPORT_REGIONS.join(' or ')}, or create it by hand`,
      });
    if (bill.create && at.account !== undefined && at.account !== bill.account)
      found.push({
        index,
        field: 'create',
        says: `only the payer account ${bill.account} itself can create its export`,
      });
    return found;
  });
}

/** A bill as queries know it. */
export const billOf = ({ account, form, tags }: BillSettings): Bill => ({ account, form, tags });

/** Prefixes of a month in the bill's bucket: its data files, and the folder of its manifest. */
export function prefixesOf(
  { form, prefix, name }: Pick<BillSettings, 'form' | 'prefix' | 'name'>,
  period: BillingPeriod,
): { readonly data: string; readonly manifest: string } {
  const base = `${prefix === '' ? '' : `${prefix}/`}${name}/`;
  if (form !== 'legacy')
    return { data: `${base}data/BILLING_PERIOD=${period}/`, manifest: `${base}metadata/BILLING_PERIOD=${period}/` };
  const [year = 0, month = 0] = period.split('-').map(Number);
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10).replaceAll('-', '');
  const range = `${day(Date.UTC(year, month - 1, 1))}-${day(Date.UTC(year, month, 1))}`;
  // Legacy CUR repeats its name, and does not pad months.
  return { data: `${base}${name}/year=${year}/month=${month}/`, manifest: `${base}${range}/` };
}
