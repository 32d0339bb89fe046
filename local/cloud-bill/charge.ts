/** What a line of the made-up company's bill is about, whatever form it is written in. */
export interface Charge {
  readonly kind:
    | 'usage'
    | 'covered'
    | 'plan_day'
    | 'plan_upfront'
    | 'plan_refund'
    | 'reserved'
    | 'reservation_month'
    | 'reservation_upfront'
    | 'fee'
    | 'tax'
    | 'credit'
    | 'refund'
    | 'pod';
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly account: Account;
  readonly service: ServiceId;
  readonly usageType: string;
  readonly operation: string;
  readonly description: string;
  readonly unit: string;
  readonly quantity: number;
  /** Millionths of a dollar: what the invoice shows for it alone. */
  readonly cost: number;
  /** Millionths: at list price; of covered and reserved use. */
  readonly list?: number;
  /** Millionths: what a commitment makes of it; of a fee, what of it went unused. */
  readonly effective?: number;
  /** Millionths: of a fee, what of an upfront fee falls into it. */
  readonly upfront?: number;
  readonly team?: string;
  readonly costCenter?: string;
  readonly resource?: string;
  readonly principal?: string;
  readonly principalTeam?: string;
}

/** An account of the made-up company. */
export interface Account {
  readonly id: string;
  readonly name: string;
}

/** The payer account of the made-up company. */
export const PAYER: Account = { id: '111122223333', name: 'halden-management' };
/** Its other accounts. */
export const ACCOUNTS = {
  production: { id: '222233334444', name: 'halden-production' },
  data: { id: '333344445555', name: 'halden-data' },
  sandbox: { id: '444455556666', name: 'halden-sandbox' },
} as const satisfies Record<string, Account>;

/** Arns of its two commitments. */
export const PLAN = 'arn:aws:savingsplans::111122223333:savingsplan/1f4c7a2e-0d31-4b8e-9f55-2b7c6f1f9a10';
export const RESERVATION = 'arn:aws:rds:us-east-1:111122223333:ri:ri-2026-03-01-aurora';

const AMAZON = 'Amazon Web Services, Inc.';

/** Services it uses: code, name, category of FOCUS, seller. */
export const SERVICES = {
  ec2: ['AmazonEC2', 'Amazon Elastic Compute Cloud', 'Compute', AMAZON],
  s3: ['AmazonS3', 'Amazon Simple Storage Service', 'Storage', AMAZON],
  rds: ['AmazonRDS', 'Amazon Relational Database Service', 'Databases', AMAZON],
  lambda: ['AWSLambda', 'AWS Lambda', 'Compute', AMAZON],
  watch: ['AmazonCloudWatch', 'AmazonCloudWatch', 'Management and Governance', AMAZON],
  plans: ['ComputeSavingsPlans', 'Savings Plans for AWS Compute usage', 'Compute', AMAZON],
  bedrock: ['AmazonBedrock', 'Amazon Bedrock', 'AI and Machine Learning', AMAZON],
  opus: ['9k2x7opusbedrock', 'Claude Opus 4.8 (Amazon Bedrock Edition)', 'AI and Machine Learning', 'Anthropic, PBC'],
  platform: ['4hq8claudeplatform', 'Claude Platform on AWS', 'AI and Machine Learning', 'Anthropic, PBC'],
  monitor: ['7z1northwind', 'Northwind Monitoring', 'Other', 'Northwind Software Ltd'],
} as const satisfies Record<string, readonly [code: string, name: string, category: string, seller: string]>;

/** A service by its short name. */
export type ServiceId = keyof typeof SERVICES;

/** What every service is in. */
export const REGION = 'us-east-1';
