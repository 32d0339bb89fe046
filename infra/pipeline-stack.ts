import { CustomResource, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Env as MaterialiseEnv } from '../functions/materialise.ts';
import type { Env as PlanEnv } from '../functions/plan.ts';
import type { Env as PublishEnv } from '../functions/publish.ts';
import { billTable } from '../shared/cloud-bill/bill.ts';
import { INBOX } from '../shared/platform.ts';
import { prefixOf } from '../shared/table.ts';
import { copiesOf, copyTables } from '../shared/tables/copies.ts';
import { cloudPrincipals, FACTS, STATUS } from '../shared/tables/index.ts';
import { CANDIDATES, MATERIALISED } from '../shared/tables/materialised.ts';
import { Alarms } from './alarms.ts';
import type { Alerts } from './alerts-stack.ts';
import { mayReadBills } from './cloud-bill.ts';
import {
  mayKeepState,
  mayPoint,
  mayPublish,
  mayQuery,
  mayRead,
  mayReadSecrets,
  mayRemove,
  mayReplace,
  maySee,
  mayWrite,
} from './grants.ts';
import type { Lake } from './lake-stack.ts';
import { Lambda } from './lambda.ts';
import { Operators } from './operators.ts';
import { PRICES_HASH } from './prices.ts';
import { Regularly } from './regularly.ts';
import type { Settings } from './settings.ts';
import { READABLE, SQL_HASH, VIEWS } from './sql.ts';
import { VendorCollector } from './vendor.ts';

/** What the pipeline stands on. */
export interface PipelineProps {
  readonly settings: Settings;
  readonly lake: Lake;
  readonly alerts: Alerts;
}

/** The longest a Lambda runs: a month of a large company is made in one. */
const LONGEST = Duration.minutes(15);

/** Schedule, collectors, materialised months, views. */
export class PipelineStack extends Stack {
  private readonly settings: Settings;
  private readonly lake: Lake;
  private readonly alarms: Alarms;

  constructor(scope: Construct, id: string, { settings, lake, alerts }: PipelineProps, props: StackProps) {
    super(scope, id, props);
    this.settings = settings;
    this.lake = lake;
    this.alarms = new Alarms(this, 'Alarms', { topic: alerts.alarmTopic, prefix: settings.aws.name });
    this.materialise();
    const vendors = Map.groupBy(settings.resolved, ({ vendor }) => vendor);
    const collectors = [...vendors].map(
      ([vendor, connections]) =>
        new VendorCollector(this, vendor, { settings, lake, connections, alarms: this.alarms }),
    );
    const plan = this.plan(collectors);
    const published = this.publish();
    new Operators(this, 'Operators', { lake, collectors });
    // The first run starts when all stands, and again when a connection or a copy is added.
    const first = new CustomResource(this, 'FirstRun', {
      resourceType: 'Custom::OutlayFirstRun',
      serviceToken: plan.functionArn,
      serviceTimeout: Duration.minutes(10),
      properties: { connections: JSON.stringify(settings.resolved), historyDays: settings.historyDays, ...this.copied },
    });
    first.node.addDependency(published, ...collectors.map(({ work }) => work));
  }

  /** A copy that is new has its months made; a deployment without one is as it was. */
  private get copied() {
    const { copies } = this.settings;
    return copies.length === 0 ? {} : { copies: JSON.stringify(copies) };
  }

  /** Environment and rights that every function over the lake has. */
  private get common() {
    const { lake, settings } = this;
    return {
      logDays: settings.aws.retention.logDays,
      environment: { LAKE_BUCKET: lake.bucket.bucketName, STATE_TABLE: lake.state.tableName },
      warehouse: { ATHENA_WORKGROUP: lake.workgroup, GLUE_DATABASE: lake.database },
    };
  }

  /** Sources change a month one after the other; it is made once for all of them. */
  private materialise(): void {
    const { lake, settings } = this;
    const { logDays, environment, warehouse } = this.common;
    const fn = new Lambda<MaterialiseEnv>(this, 'MaterialiseFunction', 'materialise', {
      description: 'Makes months of the materialised tables anew where their inputs changed',
      logDays,
      timeout: LONGEST,
      withQueries: true,
      environment: {
        ...environment,
        ...warehouse,
        CONNECTIONS: JSON.stringify(settings.resolved),
        PSEUDONYM_SECRET: lake.pseudonymKey.secretArn,
        BILLS: JSON.stringify(settings.cloudBill),
        COPIES: JSON.stringify(settings.copies),
        QUEUES: JSON.stringify({ detect: INBOX }),
      },
    });
    mayRead(fn, lake, ['facts/', 'reference/', 'status/', 'marts/']);
    mayWrite(fn, lake, ['marts/', 'status/']);
    mayRemove(fn, lake, ['marts/']);
    mayKeepState(fn, lake);
    mayQuery(fn, lake);
    // Callers of Bedrock get their pseudonyms here: of names it sees these alone.
    const callers = prefixOf(cloudPrincipals);
    mayRead(fn, lake, [callers]);
    mayWrite(fn, lake, [callers]);
    mayReadSecrets(fn, [lake.pseudonymKey.secretArn]);
    const bills = settings.cloudBill.map(billTable);
    mayReadBills(fn, settings.cloudBill);
    const copies = copyTables(settings.copies).map(({ name }) => name);
    const candidates = CANDIDATES.map(({ name }) => name);
    maySee(fn, lake, [...READABLE, cloudPrincipals.name, ...bills, ...candidates, ...copies]);
    mayPoint(fn, lake, [...MATERIALISED.map(({ name }) => name), ...candidates, ...bills, ...copies]);
    const run = new Regularly(this, 'Materialise', {
      fn,
      description: 'make months whose inputs changed',
      minute: `*/${settings.aws.settleMinutes}`,
      worth: Duration.minutes(15),
    });
    this.alarms.deadLetters('materialise_dead_letters', run.deadLetters);
  }

  private plan(collectors: readonly VendorCollector[]): Lambda<PlanEnv> {
    const { lake, settings } = this;
    const { logDays, environment, warehouse } = this.common;
    const fn = new Lambda<PlanEnv>(this, 'Plan', 'plan', {
      description: 'Says what is due and queues it',
      logDays,
      environment: {
        ...environment,
        ...warehouse,
        CONNECTIONS: JSON.stringify(settings.resolved),
        BILLS: JSON.stringify(settings.cloudBill),
        COPIES: JSON.stringify(settings.copies),
        HISTORY_DAYS: String(settings.historyDays),
        QUEUES: this.toJsonString({
          ...Object.fromEntries(collectors.map(({ node, work }) => [`collect.${node.id}`, work.queue.queueUrl])),
          materialise: INBOX,
        }),
      },
    });
    const tables = [...FACTS, ...STATUS].filter(({ partitioned }) => partitioned).map(({ name }) => name);
    mayRead(fn, lake, ['facts/', 'status/']);
    mayWrite(fn, lake, ['status/']);
    mayKeepState(fn, lake);
    mayReadBills(fn, settings.cloudBill);
    mayPoint(fn, lake, [...tables, ...settings.cloudBill.map(billTable)]);
    maySee(
      fn,
      lake,
      [...MATERIALISED, ...copiesOf(settings.copies)].map(({ name }) => name),
    );
    for (const { work } of collectors) work.queue.grantSendMessages(fn);
    const run = new Regularly(this, 'Hourly', {
      fn,
      description: 'plan what is due',
      // Seven past: vendors' hours have closed, and the full hour's crowd has passed.
      minute: '7',
      worth: Duration.minutes(50),
    });
    this.alarms.deadLetters('plan_dead_letters', run.deadLetters);
    this.alarms.silent('plan_silent', fn, 3);
    return fn;
  }

  private publish(): CustomResource {
    const { lake } = this;
    const { logDays, environment, warehouse } = this.common;
    const fn = new Lambda<PublishEnv>(this, 'Publish', 'publish', {
      description: 'Puts changed views into Athena, validated first, and prices into the lake',
      logDays,
      timeout: LONGEST,
      withQueries: true,
      environment: {
        ...environment,
        ...warehouse,
        BILLS: JSON.stringify(this.settings.cloudBill),
        HISTORY_DAYS: String(this.settings.historyDays),
        QUEUES: JSON.stringify({ materialise: INBOX }),
      },
    });
    mayRead(fn, lake, ['facts/', 'reference/', 'status/', 'marts/']);
    // The lake is given the prices of this version, and one without reference data an empty list of people.
    mayWrite(fn, lake, ['reference/', 'reference-versions/']);
    mayReplace(fn, lake, 'identities/identities/people.parquet');
    mayKeepState(fn, lake);
    mayQuery(fn, lake);
    maySee(fn, lake, [...READABLE, ...this.settings.cloudBill.map(billTable)]);
    mayReadBills(fn, this.settings.cloudBill);
    mayPublish(fn, lake, VIEWS);
    return new CustomResource(this, 'Views', {
      resourceType: 'Custom::OutlayViews',
      serviceToken: fn.functionArn,
      serviceTimeout: LONGEST.plus(Duration.minutes(1)),
      properties: {
        sql: SQL_HASH,
        prices: PRICES_HASH,
        database: lake.database,
        // Another bill is another text of stg_cloud_bill.
        ...(this.settings.cloudBill.length === 0 ? {} : { bills: JSON.stringify(this.settings.cloudBill) }),
      },
    });
  }
}
