import { NO_BILLS } from '../../shared/cloud-bill/delivery.ts';
import { DETECTORS } from '../../shared/detectors/index.ts';
import { tablesFor } from '../../shared/materialise.ts';

/** What decides a month's bill. */
export interface Scenario {
  readonly developers: number;
  readonly connections: number;
  readonly vendors: number;
  readonly slack: boolean;
  /** A key of the company's own is used (`aws.existing.key`). */
  readonly ownKey: boolean;
  /** Whether the account still has AWS's always-free amounts (SQS, Lambda, alarms, logs) to itself. */
  readonly freeTier: boolean;
}

/** One line of the bill, in USD a month. */
export interface Line {
  readonly service: string;
  readonly count: number;
  readonly unit: string;
  /** USD for one. */
  readonly price: number;
  readonly free: number;
  readonly cost: number;
  /** Where the count comes from. */
  readonly because: string;
}

const HOURS = 730;
const MILLION = 1_000_000;
/** Queries of one hour in which something changed: each table made and compared, the status read, and what the detectors ask; counted by a test. */
export const QUERIES = {
  materialise: 2 * tablesFor(NO_BILLS).length + 1,
  detect: 2 + new Set(DETECTORS.map(({ feed }) => feed.view)).size,
};
/** Looks into each of two inboxes, mostly for nothing. */
const LOOKS_AN_HOUR = 12;
/** Sources of a connection that are asked hourly, and how much asking again while a day settles adds. */
const HOURLY_SOURCES = 2;
const SETTLING = 1.25;
/**
 * Lambda keeps five long polls of twenty seconds on a queue, whether there is a message or not.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
const POLLS_AN_HOUR = (5 * 3600) / 20;

/** A month's bill in us-east-1, at list prices as we know them (look them up before you rely on them); BI and telemetry apart. */
export function bill(of: Scenario): Line[] {
  const { developers, connections, vendors, slack, ownKey, freeTier } = of;
  const runs = connections * HOURLY_SOURCES * SETTLING * HOURS;
  const queries = (QUERIES.materialise + QUERIES.detect) * HOURS;
  const alarms = vendors + 4 + (slack ? 1 : 0);
  const messages = runs * 3;
  // A guess that matters little: half a megabyte a developer, with what is kept of former versions and raw answers.
  const stored = 0.05 + developers * 0.0005;
  // Files that a query over a month of usage, or of costs, opens: on average half the days, one a connection.
  const opened = connections * 15;
  const seconds = runs * 6 + HOURS * (40 + 20 + 5 + 2 * LOOKS_AN_HOUR);
  const line = (service: string, count: number, unit: string, price: number, because: string, free = 0): Line => {
    const kept = freeTier ? free : 0;
    return { service, count, unit, price, free: kept, cost: Math.max(0, count - kept) * price, because };
  };
  return [
    line('KMS key', ownKey ? 0 : 1, 'keys', 1, 'one for the lake and its notifications'),
    line(
      'Secrets Manager',
      vendors + 1 + (slack ? 1 : 0),
      'secrets',
      0.4,
      "each vendor's keys, the pseudonym key, the webhook",
    ),
    line(
      'SQS (FIFO)',
      vendors * POLLS_AN_HOUR * HOURS + messages,
      'requests',
      0.5 / MILLION,
      'long polls of a queue per vendor, and the messages',
      MILLION,
    ),
    line(
      'Athena',
      (queries * 10) / MILLION,
      'TB',
      5,
      `${QUERIES.materialise + QUERIES.detect} queries an hour at the least of 10 MB each`,
    ),
    line(
      'S3 puts and lists',
      runs * 4 + queries * 6 + HOURS * 24,
      'requests',
      5 / MILLION,
      'a run: window, day, two lists; a query: two results, four prefixes; status, inputs',
    ),
    line(
      'S3 gets',
      runs * 6 + queries * 10 + HOURS * 4 * opened * 2,
      'requests',
      0.4 / MILLION,
      "four queries an hour open the month's files of a table, twice each",
    ),
    line('S3 storage', stored, 'GB', 0.023, 'facts and what replaced them, raw answers of 90 days'),
    line('DynamoDB writes', runs * 8 + HOURS * 60, 'units', 0.625 / MILLION, 'what is due, limits, locks, series'),
    line(
      'DynamoDB reads',
      HOURS * (connections * 60 + developers * 3 + 2 * LOOKS_AN_HOUR),
      'units',
      0.125 / MILLION,
      'status of ninety days, series, inboxes',
    ),
    line(
      'Secrets and KMS calls',
      connections * 2 * HOURS,
      'calls',
      5 / MILLION,
      'a key and the pseudonym key, once in five minutes',
    ),
    line('Lambda', seconds * 0.75, 'GB-seconds', 0.0000133334, 'arm64, 0.5 to 1 GB', 400_000),
    line('CloudWatch alarms', alarms, 'alarms', 0.1, 'dead letters of each queue, a silent plan', 10),
    line('CloudWatch logs', 0.05, 'GB', 0.5, 'a line a run', 5),
  ];
}

/** The sum of a bill. */
export const total = (lines: readonly Line[]): number => lines.reduce((sum, { cost }) => sum + cost, 0);
