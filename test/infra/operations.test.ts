import { readFileSync } from 'node:fs';
import { Match } from 'aws-cdk-lib/assertions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { env as collectEnv } from '../../functions/collect.ts';
import { env as detectEnv } from '../../functions/detect.ts';
import { env as materialiseEnv } from '../../functions/materialise.ts';
import { env as notifyEnv } from '../../functions/notify.ts';
import { env as planEnv } from '../../functions/plan.ts';
import { env as publishEnv } from '../../functions/publish.ts';
import { ALARMS } from '../../infra/alarms.ts';
import { appOf, COMPANY, resources, synth } from './app.ts';

const { alerts, pipeline, all } = synth();
const functionsOf = (template = pipeline) => resources(template, 'AWS::Lambda::Function');

describe('functions', () => {
  const every = [...functionsOf(pipeline), ...functionsOf(alerts)];

  it('run on Node 24 and arm64, log JSON into a log of their own that expires', () => {
    expect(
      every.map(([, { Properties }]) => [Properties.Runtime, Properties.Architectures, Properties.Handler]),
    ).toEqual(every.map(() => ['nodejs24.x', ['arm64'], 'index.main']));
    expect(every.map(([, { Properties }]) => Properties.LoggingConfig)).toEqual(
      every.map(() => ({ LogFormat: 'JSON', LogGroup: expect.anything() })),
    );
    expect(
      all
        .flatMap((template) => resources(template, 'AWS::Logs::LogGroup'))
        .map(([, { Properties }]) => Properties.RetentionInDays),
    ).toEqual(every.map(() => 30));
  });

  it.each([
    ['Plan', planEnv],
    ['anthropicCollect', collectEnv],
    ['MaterialiseFunction', materialiseEnv],
    ['Publish', publishEnv],
    ['DetectFunction', detectEnv],
    ['Notify', notifyEnv],
  ])('%s is given the environment its schema asks for, and no more', (name, schema) => {
    const found = every.filter(([id]) => id.replace(/[0-9A-F]{8}$/, '') === name);
    const environment = z.object({ Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }) });
    expect(
      found.map(([, { Properties }]) => Object.keys(environment.parse(Properties).Environment.Variables).sort()),
    ).toEqual([['NODE_OPTIONS', ...Object.keys(schema.shape)].sort()]);
  });

  it.each([
    ['as it is', COMPANY, 'true'],
    ['as an operator may choose', { ...COMPANY, report: { showPeople: false } }, 'false'],
  ])('tells whoever posts to Slack whether people are to be shown: %s', (_, config, says) => {
    synth(config).alerts.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { SLACK_SECRET: Match.anyValue(), SHOW_PEOPLE: says } },
    });
  });

  it('refuses connections that do not fit into an environment, with a sentence', () => {
    const connections = Array.from({ length: 40 }, (_, index) => ({ id: `anthropic.organisation-number-${index}` }));
    expect(() => appOf({ ...COMPANY, connections })).toThrow('spread the connections over two deployments');
  });
});

describe('queues and the schedule', () => {
  const queues = all.flatMap((template) => resources(template, 'AWS::SQS::Queue'));

  it('encrypts every queue and refuses plain HTTP to each', () => {
    expect(queues.map(([, { Properties }]) => Properties.SqsManagedSseEnabled)).toEqual(queues.map(() => true));
    const denied = all.flatMap((template) => resources(template, 'AWS::SQS::QueuePolicy'));
    expect(denied.map(([, { Properties }]) => JSON.stringify(Properties))).toEqual(
      queues.map(() => expect.stringContaining('"aws:SecureTransport":"false"')),
    );
  });

  it('has one collector with queue and dead letters for each vendor', () => {
    const work = queues
      .filter(([, { Properties }]) => Properties.RedrivePolicy !== undefined)
      .map(([id]) => id.replace(/[0-9A-F]{8}$/, ''));
    expect(work.sort()).toEqual(['anthropicWorkQueue', 'openaiWorkQueue']);
    expect(
      functionsOf()
        .map(([id]) => id.replace(/[0-9A-F]{8}$/, ''))
        .filter((id) => id.endsWith('Collect')),
    ).toEqual(['anthropicCollect', 'openaiCollect']);
  });

  it('shows a message again only after its function has ended, and tells of each failed message', () => {
    pipeline.allResourcesProperties('AWS::Lambda::EventSourceMapping', {
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    const timeouts = new Map(
      functionsOf().map(([id, { Properties }]) => [id.replace(/[0-9A-F]{8}$/, ''), Number(Properties.Timeout)]),
    );
    const visible = new Map(
      queues.map(([id, { Properties }]) => [id.replace(/[0-9A-F]{8}$/, ''), Number(Properties.VisibilityTimeout)]),
    );
    expect(visible.get('anthropicWorkQueue')).toEqual((timeouts.get('anthropicCollect') ?? Number.NaN) + 60);
  });

  it('plans every hour in UTC, and keeps a plan that failed', () => {
    pipeline.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'cron(7 * * * ? *)',
      ScheduleExpressionTimezone: 'Etc/UTC',
      FlexibleTimeWindow: { Mode: 'OFF' },
      State: 'ENABLED',
      Target: {
        Input: '{"scheduledAt":"<aws.scheduler.scheduled-time>"}',
        RetryPolicy: { MaximumEventAgeInSeconds: 3000, MaximumRetryAttempts: 3 },
        DeadLetterConfig: { Arn: Match.anyValue() },
      },
    });
    pipeline.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
    });
  });

  it('looks every five minutes for months to make and days to judge, three times if need be', () => {
    for (const template of [pipeline, alerts]) {
      template.hasResourceProperties('AWS::Scheduler::Schedule', {
        ScheduleExpression: 'cron(*/5 * * * ? *)',
        Target: { RetryPolicy: { MaximumEventAgeInSeconds: 900 }, DeadLetterConfig: { Arn: Match.anyValue() } },
      });
      template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
        MaximumRetryAttempts: 2,
        MaximumEventAgeInSeconds: 900,
        DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
      });
    }
  });

  it('finds a queue of a vendor by its name', () => {
    const names = queues.flatMap(([, { Properties }]) => Properties.QueueName ?? []);
    expect(names).toEqual(['outlay-collect-anthropic.fifo', 'outlay-collect-openai.fifo']);
  });

  it('starts the first run after the views are there, and again when a connection is added', () => {
    pipeline.hasResource('Custom::OutlayFirstRun', {
      DependsOn: Match.arrayWith(['Views']),
      Properties: { connections: Match.stringLikeRegexp('openai.main'), historyDays: 90 },
    });
  });
});

describe('alarms', () => {
  const made = all
    .flatMap((template) => resources(template, 'AWS::CloudWatch::Alarm'))
    .map(([, { Properties }]) => Properties);

  it('watch the dead letters of every queue, and the silence of the plan', () => {
    const dimensions = made.map(({ Dimensions }) => JSON.stringify(Dimensions));
    const watched = (id: string): boolean => dimensions.some((of) => of.includes(`"${id}"`));
    const letters = all
      .flatMap((template) => resources(template, 'AWS::SQS::Queue'))
      .map(([id]) => id)
      .filter((id) => id.includes('DeadLetters'));
    expect(letters.filter((id) => !watched(id))).toEqual([]);
    pipeline.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'Invocations',
      TreatMissingData: 'breaching',
      ComparisonOperator: 'LessThanThreshold',
      EvaluationPeriods: 3,
    });
  });

  it('tell their severity and where to read on, to somebody', () => {
    expect(made.map(({ AlarmDescription }) => String(AlarmDescription))).toEqual(
      made.map(() => expect.stringMatching(/^(critical|high|low): .+ See docs\/runbook\.md, [a-z_]+\.$/)),
    );
    expect(made.map(({ AlarmActions }) => AlarmActions)).toEqual(made.map(() => [expect.anything()]));
    alerts.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'ops@example.com' });
  });

  it('have each a heading in the runbook, with its severity, and the runbook has no other', () => {
    const headings = readFileSync('docs/runbook.md', 'utf8').matchAll(/^## ([a-z_]+) \((critical|high|low)\)$/gm);
    expect([...headings].map(([, name, severity]) => [name, severity])).toEqual(
      Object.entries(ALARMS).map(([name, { severity }]) => [name, severity]),
    );
  });
});

describe('settings', () => {
  it('take up a lake that stands: nothing that holds data is made anew', () => {
    const existing = {
      bucket: 'example-lake',
      key: 'arn:aws:kms:eu-west-1:111122223333:key/4d2c',
      stateTable: 'example-state',
      pseudonymSecret: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:example-AbCdEf',
    };
    const taken = synth({ ...COMPANY, aws: { existing, account: '111122223333', region: 'eu-west-1' } });
    expect(resources(taken.lake).filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain')).toEqual([]);
    taken.lake.hasResourceProperties('AWS::Athena::WorkGroup', {
      WorkGroupConfiguration: { ResultConfiguration: { OutputLocation: 's3://example-lake/athena-results/' } },
    });
    expect(JSON.stringify(taken.pipeline.toJSON())).toContain('example-AbCdEf');
  });

  it('use a secret that is there instead of making one', () => {
    const secret = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:ai/anthropic-AbCdEf';
    const set = synth({ company: 'Example', connections: [{ id: 'anthropic.main', secret }] });
    expect(resources(set.pipeline, 'AWS::SecretsManager::Secret')).toEqual([]);
    set.pipeline.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: 'secretsmanager:GetSecretValue', Resource: Match.arrayWith([secret]) }),
        ]),
      },
    });
  });

  it('refuse a former state table without the key of its pseudonyms', () => {
    expect(() => synth({ ...COMPANY, aws: { existing: { stateTable: 'example-state' } } })).toThrow(
      'would get a new pseudonym',
    );
  });

  it('send incidents by mail, and let Amazon Q read the topic', () => {
    const set = synth({ ...COMPANY, alerts: { emails: ['finops@example.com'], form: 'amazon-q' } });
    set.alerts.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'finops@example.com' });
    set.alerts.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { ALERT_FORM: 'amazon-q' } },
    });
    set.alerts.hasOutput('IncidentsTopic', {});
    set.pipeline.hasOutput('OperatorRoleArn', {});
    set.pipeline.hasOutput('RegistrarRoleArn', {});
    set.pipeline.hasOutput('ImporterRoleArn', {});
  });

  it('set retention, tags, name, history and limit', () => {
    const set = synth({
      company: 'Example',
      connections: [{ id: 'anthropic.main', baseUrl: 'https://proxy.example/anthropic/' }],
      historyDays: 7,
      aws: { name: 'finops', tags: { owner: 'platform' }, retention: { rawDays: 14, logDays: 7 }, scanLimitGb: 1 },
    });
    // CloudFormation hands a stack's tags down to all it makes.
    expect(set.tags).toEqual(Array(3).fill({ application: 'outlay', owner: 'platform' }));
    set.lake.hasResourceProperties('AWS::Glue::Database', { DatabaseInput: { Name: 'finops' } });
    set.lake.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: { Rules: Match.arrayWith([Match.objectLike({ Prefix: 'raw/', ExpirationInDays: 14 })]) },
    });
    set.pipeline.hasResourceProperties('AWS::SecretsManager::Secret', {
      Name: 'finops/anthropic',
      SecretString: Match.absent(),
    });
    set.pipeline.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: { HISTORY_DAYS: '7' } } });
    set.pipeline.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { CONNECTIONS: Match.stringLikeRegexp('"https://proxy.example/anthropic"') } },
    });
    expect(resources(set.alerts, 'AWS::Lambda::Function')).toHaveLength(1);
  });
});

describe('cdk-nag', () => {
  it('finds nothing in the app, and would find a queue without TLS', () => {
    const { app, stacks } = appOf();
    new sqs.Queue(stacks.lake, 'Careless');
    expect(() => app.synth()).toThrow(/AwsSolutions-SQS4|Validation failed/);
  });
});
