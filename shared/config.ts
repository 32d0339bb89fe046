import * as z from 'zod';
import { cloudBill, problemsOf } from './cloud-bill/settings.ts';
import { secretOf } from './secret-place.ts';
import type { Connection, Vendor } from './source.ts';
import { COPY_NAMES } from './tables/copies.ts';

/** Where a vendor is asked: https, or http on this machine (a simulated vendor, a tunnel). */
const baseUrl = z
  .url()
  .refine((text) => {
    const { protocol, hostname } = new URL(text);
    return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname));
  }, 'must be https, or http on loopback')
  .transform((text) => text.replace(/\/+$/, ''));

const connection = z.strictObject({
  /** `<vendor>.<alias>`; never renamed: it is part of every object's key. */
  id: z.string().regex(/^[a-z][a-z0-9_]*\.[a-z0-9][a-z0-9-]*$/, 'must look like anthropic.main'),
  /** A proxy, gateway or self-hosted forge; the vendor's own address otherwise. */
  baseUrl: baseUrl.optional(),
  /** Billing account, where the vendor's answers do not name it. */
  accountId: z.string().min(1).optional(),
  /**
   * Name of its secret; or the ARN of one that is there, so that the first run can use it. Otherwise the vendor's own secret
   * holds it, under the connection's alias: `outlay/<vendor>#<alias>`.
   */
  secret: z
    .string()
    .regex(
      /^(arn:aws[a-z-]*:secretsmanager:\S+|[A-Za-z0-9/_+=.@-]+)$/,
      'must be a name that Secrets Manager takes, or the ARN of a secret',
    )
    .optional(),
  /** What the vendor needs to know besides, e.g. the GitHub organisation. */
  settings: z.record(z.string(), z.string()).default({}),
});

const days = z.int().min(1).max(3650);
const arn = (service: string) =>
  z.string().regex(new RegExp(`^arn:aws[a-z-]*:${service}:`), `must be an ARN of ${service}`);

/** What an operator chooses about the AWS side. */
const aws = z.strictObject({
  account: z
    .string()
    .regex(/^\d{12}$/, 'must be twelve digits')
    .optional(),
  region: z.string().min(1).optional(),
  /** Put on everything that takes tags. */
  tags: z.record(z.string(), z.string()).default({}),
  /** Name of database, workgroup and secrets; two deployments in one account differ here. */
  name: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,30}$/, 'must be lower case letters, digits and underscores')
    .default('outlay'),
  /** What stands already: a bucket to use, and what a former deployment left. All are kept by `cdk destroy`. */
  existing: z
    .strictObject({
      bucket: z.string().min(3).optional(),
      key: arn('kms').optional(),
      stateTable: z.string().min(3).optional(),
      pseudonymSecret: arn('secretsmanager').optional(),
    })
    .default({}),
  retention: z
    .strictObject({
      /** Answers as given, names taken out; replay needs them. */
      rawDays: days.default(90),
      /** Former versions of facts and reference data, to undo a mistake. */
      formerDays: days.default(30),
      /** Results of queries. */
      resultDays: days.default(7),
      logDays: z.union([7, 14, 30, 60, 90, 180, 365].map((n) => z.literal(n))).default(30),
    })
    .prefault({}),
  /** How often it is looked whether months must be made anew, and days judged: shorter is sooner and costs more queries. */
  settleMinutes: z.int().min(1).max(59).default(5),
  /** Most gigabytes one query may scan before Athena ends it. */
  scanLimitGb: z.number().min(0.01).max(10_000).default(20),
  /** Who is told when Outlay itself is in trouble. */
  alarmEmails: z.array(z.email()).default([]),
});

/** Everything an operator chooses, as outlay.config.ts says it. */
export const configSchema = z
  .strictObject({
    company: z.string().min(1),
    connections: z.array(connection),
    /** How far back the first run goes. */
    historyDays: z.int().min(1).max(1100).default(90),
    alerts: z
      .strictObject({
        /** Post to Slack: the webhook's address is the secret `<name>/slack`. */
        slack: z.boolean().default(false),
        /** Who gets incidents by mail, in words and under pseudonyms; each address confirms once. */
        emails: z.array(z.email()).default([]),
        /** What the topic gives its subscribers by https: the data, or what Amazon Q in chat applications shows. */
        form: z.enum(['data', 'amazon-q']).default('data'),
      })
      .prefault({}),
    /** The report's page, the terminal and Slack: false, and nobody is shown by name; teams, keys and sums stay. */
    report: z.object({ showPeople: z.boolean().default(true) }).prefault({}),
    /** The AWS bills of the company's payer accounts, one form of each. */
    cloudBill: z.array(cloudBill).default([]),
    /** Copies of marts for other tools: `cid_focus` is found by Cloud Intelligence Dashboards. Each costs some queries an hour. */
    copies: z.array(z.enum(COPY_NAMES)).default([]),
    aws: aws.prefault({}),
  })
  .superRefine(({ connections, cloudBill: bills, aws }, context) => {
    for (const { index, field, says } of problemsOf(bills, aws))
      context.addIssue({ code: 'custom', path: ['cloudBill', index, field], message: says });
    const ids = connections.map(({ id }) => id);
    for (const [index, id] of ids.entries())
      if (ids.indexOf(id) < index)
        context.addIssue({ code: 'custom', path: ['connections', index, 'id'], message: `'${id}' stands twice` });
    if (aws.existing.stateTable !== undefined && aws.existing.pseudonymSecret === undefined)
      context.addIssue({
        code: 'custom',
        path: ['aws', 'existing', 'pseudonymSecret'],
        message:
          'must be named with the state table of a former deployment, or the same person would get a new pseudonym',
      });
  });

/** An operator's settings as written. */
export type ConfigInput = z.input<typeof configSchema>;
/** An operator's settings, checked, with what was left out filled in. */
export type Config = z.output<typeof configSchema>;

/** Types an outlay.config.ts; checked by `parseConfig` where it is read. */
export const defineConfig = (config: ConfigInput): ConfigInput => config;

/** Checks settings. @throws Error naming the file, each wrong setting and what would be right. */
export function parseConfig(value: unknown, file = 'outlay.config.ts'): Config {
  const parsed = configSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`${file} is not as expected: ${wrong.join('; ')}`);
}

/** The connections of a config, each with its vendor's defaults. @throws Error when no such vendor is known, or nobody says where it is. */
export function connectionsOf(config: Pick<Config, 'connections' | 'aws'>, vendors: readonly Vendor[]): Connection[] {
  return config.connections.map(({ id, baseUrl, accountId, secret, settings }) => {
    const vendor = vendors.find((known) => id.startsWith(`${known.id}.`));
    if (vendor === undefined)
      throw new Error(
        `connection '${id}' in outlay.config.ts: no vendor has that name; known are ${vendors.map((known) => known.id).join(', ')}`,
      );
    const address = baseUrl ?? vendor.baseUrl;
    if (address === null)
      throw new Error(
        `connection '${id}' in outlay.config.ts: ${vendor.title} runs at an address of your own; give its baseUrl, e.g. https://${vendor.id}.example.com`,
      );
    return {
      id,
      vendor: vendor.id,
      baseUrl: address,
      secret: secret ?? secretOf(config.aws.name, vendor.id, id.slice(vendor.id.length + 1)),
      accountId: accountId ?? null,
      settings,
    };
  });
}
