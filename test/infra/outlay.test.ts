import { Capture, Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { VENDORS } from '../../shared/sources/index.ts';
import { TABLES } from '../../shared/tables/index.ts';
import { CANDIDATES, MATERIALISED } from '../../shared/tables/materialised.ts';
import { resources, synth } from './app.ts';

const { lake, all } = synth();

const statement = z.object({
  Effect: z.string(),
  Action: z.union([z.string(), z.array(z.string())]).transform((of) => [of].flat()),
  Resource: z.unknown().transform((of) => [of].flat().map((one) => JSON.stringify(one))),
});
const policy = z.object({
  PolicyDocument: z.object({ Statement: z.array(statement) }),
  Roles: z.array(z.object({ Ref: z.string() })),
});
// What does not fit a role's own policy overflows into managed ones.
const POLICIES = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'];
/** Every statement of every role: role, action and resource, one by one. */
const grants = all.flatMap((template) =>
  POLICIES.flatMap((type) => resources(template, type)).flatMap(([, { Properties }]) => {
    const { PolicyDocument, Roles } = policy.parse(Properties);
    return PolicyDocument.Statement.flatMap(({ Action, Resource }) =>
      Roles.flatMap(({ Ref }) =>
        Action.flatMap((action) =>
          Resource.map((on) => ({ role: Ref.replace(/(Role)?[0-9A-F]{8}$/, ''), action, on })),
        ),
      ),
    );
  }),
);
const prefixOf = (on: string): string | null => /"\/([^"]*)\*"\]\]\}$/.exec(on)?.[1] ?? null;

describe('the lake', () => {
  it('encrypts with its own key, keeps versions, refuses the public, and stays when the stack goes', () => {
    lake.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            {
              BucketKeyEnabled: true,
              ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: Match.anyValue() },
            },
          ],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        VersioningConfiguration: { Status: 'Enabled' },
      },
    });
    lake.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ],
      },
    });
  });

  it('lets answers, query results and what has been replaced expire, names within a day, and never a fact', () => {
    const rules = new Capture();
    lake.hasResourceProperties('AWS::S3::Bucket', { LifecycleConfiguration: { Rules: rules } });
    const rule = z.object({
      Prefix: z.string().optional(),
      ExpirationInDays: z.number().optional(),
      NoncurrentVersionExpiration: z.object({ NoncurrentDays: z.number() }).optional(),
    });
    const told = z.array(rule).parse(rules.asArray());
    expect(told.map((of) => [of.Prefix, of.ExpirationInDays, of.NoncurrentVersionExpiration?.NoncurrentDays])).toEqual([
      ['raw/', 90, 1],
      ['athena-results/', 7, 1],
      ['facts/', undefined, 30],
      ['reference/', undefined, 30],
      ['marts/', undefined, 7],
      ['status/', undefined, 1],
      ['identities/', undefined, 1],
      [undefined, undefined, undefined],
    ]);
  });

  it('keeps key, state and pseudonym key; the state can be restored and forgets by itself', () => {
    const kept = resources(lake).filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain');
    expect(kept.map(([, { Type }]) => Type).sort()).toEqual([
      'AWS::DynamoDB::Table',
      'AWS::KMS::Key',
      'AWS::S3::Bucket',
      'AWS::SecretsManager::Secret',
    ]);
    lake.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
    lake.hasResourceProperties('AWS::DynamoDB::Table', {
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'expires_at', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  });

  it('has every table with its columns and months, as the definitions say', () => {
    const table = z.object({
      TableInput: z.object({
        Name: z.string(),
        PartitionKeys: z.array(z.object({ Name: z.string() })),
        StorageDescriptor: z.object({ Columns: z.array(z.object({ Name: z.string(), Type: z.string() })) }),
      }),
    });
    const made = resources(lake, 'AWS::Glue::Table').map(([, { Properties }]) => table.parse(Properties).TableInput);
    expect(
      made.map(({ Name, PartitionKeys, StorageDescriptor: { Columns } }) => [
        Name,
        PartitionKeys.length,
        Columns.map((of) => [of.Name, of.Type]),
      ]),
    ).toEqual(
      [...TABLES, ...MATERIALISED, ...CANDIDATES].map(({ name, partitioned, columns }) => [
        name,
        partitioned ? 1 : 0,
        Object.entries(columns).map(([column, { type }]) => [column, type]),
      ]),
    );
  });

  it('runs queries in a workgroup that cannot be talked out of encryption and a limit', () => {
    lake.hasResourceProperties('AWS::Athena::WorkGroup', {
      WorkGroupConfiguration: {
        EnforceWorkGroupConfiguration: true,
        BytesScannedCutoffPerQuery: 20_000_000_000,
        ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_KMS' } },
      },
    });
  });
});

describe('who may do what', () => {
  it('names every resource; the only wildcards are keys below a prefix, and each is listed here', () => {
    expect(grants.filter(({ action }) => action.includes('*'))).toEqual([]);
    const wild = grants
      .filter(({ on }) => on.includes('*'))
      .map(({ role, action, on }) => `${role} ${action} ${prefixOf(on)}`);
    expect(
      [
        ...new Set(
          wild.map((line) =>
            line
              .replace(/ s3:(Abort\w+|PutObject) /, ' write ')
              .replace(' s3:GetObject ', ' read ')
              .replace(' s3:DeleteObject ', ' remove '),
          ),
        ),
      ].sort(),
    ).toEqual([
      'DetectFunction read athena-results/',
      'DetectFunction read facts/',
      'DetectFunction read marts/',
      'DetectFunction read reference/',
      'DetectFunction read status/',
      'DetectFunction write athena-results/',
      'DetectFunction write status/',
      'MaterialiseFunction read athena-results/',
      'MaterialiseFunction read facts/',
      'MaterialiseFunction read identities/cloud_principals/',
      'MaterialiseFunction read marts/',
      'MaterialiseFunction read reference/',
      'MaterialiseFunction read status/',
      'MaterialiseFunction remove marts/',
      'MaterialiseFunction write athena-results/',
      'MaterialiseFunction write identities/cloud_principals/',
      'MaterialiseFunction write marts/',
      'MaterialiseFunction write status/',
      'Notify read identities/',
      'Notify read reference/',
      ...['read', 'remove', 'write'].map(
        (may) => `OperatorsImporter ${may} facts/costs/billing_period=*/focus_import.`,
      ),
      'OperatorsOperator read athena-results/',
      'OperatorsOperator read facts/',
      'OperatorsOperator read marts/',
      'OperatorsOperator read reference/',
      'OperatorsOperator read status/',
      'OperatorsOperator write athena-results/',
      'OperatorsOperator write status/',
      'OperatorsRegistrar read facts/',
      'OperatorsRegistrar read identities/',
      'OperatorsRegistrar read reference/',
      'OperatorsRegistrar write identities/',
      'OperatorsRegistrar write reference-versions/',
      'OperatorsRegistrar write reference/',
      'Plan read facts/',
      'Plan read status/',
      'Plan write status/',
      'Publish read athena-results/',
      'Publish read facts/',
      'Publish read marts/',
      'Publish read reference/',
      'Publish read status/',
      'Publish write athena-results/',
      'Publish write reference-versions/',
      'Publish write reference/',
      ...['anthropic', 'openai'].flatMap((vendor) => [
        `${vendor}Collect read facts/`,
        `${vendor}Collect read identities/`,
        `${vendor}Collect read raw/`,
        `${vendor}Collect remove raw/`,
        `${vendor}Collect write facts/`,
        `${vendor}Collect write identities/`,
        `${vendor}Collect write raw/`,
      ]),
    ]);
  });

  it("gives a collector its own vendor's secrets and the pseudonym key, and nobody else a vendor's secret", () => {
    const secrets = grants.filter(({ action }) => action === 'secretsmanager:GetSecretValue');
    expect(
      secrets
        .map(
          ({ role, on }) =>
            `${role} ${/Secret(\w+?)[0-9A-F]{8}"|(PseudonymKey|Slack)/.exec(on)?.slice(1).find(Boolean)}`,
        )
        .sort(),
    ).toEqual([
      // Callers of Bedrock in the AWS bill get their pseudonyms where its months are made.
      'MaterialiseFunction PseudonymKey',
      'Notify Slack',
      'OperatorsRegistrar PseudonymKey',
      'anthropicCollect PseudonymKey',
      'anthropicCollect outlayanthropic',
      'openaiCollect PseudonymKey',
      'openaiCollect outlayopenai',
    ]);
  });

  it("lets an operator store every vendor's keys and read none, and write to the collectors' queues alone", () => {
    const own = grants.filter(({ role }) => role === 'OperatorsOperator');
    const named = (service: string) =>
      own
        .filter(({ action }) => action.startsWith(service))
        .map(({ action, on }) => `${action} ${/"(\w+?)[0-9A-F]{8}"/.exec(on)?.[1]}`);
    expect(named('secretsmanager:').sort()).toEqual([
      'secretsmanager:PutSecretValue anthropicSecretoutlayanthropic',
      'secretsmanager:PutSecretValue openaiSecretoutlayopenai',
    ]);
    expect(named('sqs:').sort()).toEqual([
      'sqs:GetQueueUrl anthropicWorkQueue',
      'sqs:GetQueueUrl openaiWorkQueue',
      'sqs:SendMessage anthropicWorkQueue',
      'sqs:SendMessage openaiWorkQueue',
    ]);
    expect(own.filter(({ on }) => on.includes('identities/'))).toEqual([]);
  });

  it('lets each schedule invoke its function and nothing else', () => {
    expect(
      grants
        .filter(({ role }) => ['Hourly', 'Materialise', 'Detect'].includes(role))
        .map(({ role, action, on }) => `${role} ${action} ${/"(\w+?)[0-9A-F]{8}"/.exec(on)?.[1]}`)
        .sort(),
    ).toEqual([
      'Detect lambda:InvokeFunction DetectFunction',
      'Detect sqs:SendMessage DetectDeadLetters',
      'Hourly lambda:InvokeFunction Plan',
      'Hourly sqs:SendMessage HourlyDeadLetters',
      'Materialise lambda:InvokeFunction MaterialiseFunction',
      'Materialise sqs:SendMessage MaterialiseDeadLetters',
    ]);
  });

  it('lets only the publisher make views, and never replace a table', () => {
    const made = grants.filter(({ action }) => action === 'glue:CreateTable' || action === 'glue:UpdateTable');
    const names = made.flatMap(({ on }) => /table\/outlay\/(\w+)/.exec(on)?.[1] ?? []);
    expect(new Set(made.map(({ role }) => role))).toEqual(new Set(['Publish']));
    expect(names).toContain('daily_cost');
    expect(names.filter((name) => [...TABLES, ...MATERIALISED].some((table) => table.name === name))).toEqual([]);
  });
});

describe('with every vendor there is', () => {
  it('keeps each stack far below the 500 resources that CloudFormation takes', () => {
    const connections = VENDORS.map(({ id }) => ({
      id: `${id}.main`,
      baseUrl: 'https://proxy.example',
      settings: { organization: 'example' },
    }));
    const { all: every } = synth({ company: 'Example', connections, alerts: { slack: true } });
    const counts = every.map((template) => resources(template).length);
    expect(counts.filter((count) => count > 250)).toEqual([]);
  });
});
