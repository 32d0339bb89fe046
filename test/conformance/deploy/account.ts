import { GetQueueAttributesCommand, GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { Emulator, EmulatorClient } from '../engines/emulator.ts';

/** A function as deployed. */
export interface DeployedFunction {
  readonly name: string;
  readonly role: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** How an invocation ended. */
export interface Invoked {
  /** Null: it succeeded. */
  readonly error: string | null;
}

/** What waits in a queue. */
export interface Waiting {
  readonly waiting: number;
  readonly inFlight: number;
}

/** An account as its owner works it: for calls that the project has no SDK client for, plain HTTP. */
export interface Account {
  /** Functions whose name, less the stack's, begins so. */
  fn(logicalId: string): Promise<DeployedFunction>;
  functions(): Promise<DeployedFunction[]>;
  invoke(name: string, event: unknown): Promise<Invoked>;
  /** Sets the time limit of a function, in seconds. */
  limit(name: string, seconds: number): Promise<void>;
  /** Sends a message to a FIFO queue; `id` is its deduplication id. */
  send(url: string, group: string, id: string, body: unknown): Promise<void>;
  waiting(url: string): Promise<Waiting>;
  deadLettersOf(url: string): Promise<string>;
  /** Deletes the inline policies of a role; the returned function puts them back. */
  strip(role: string): Promise<() => Promise<void>>;
  /** Credentials of a role, as its function has them. */
  as(role: string): Promise<EmulatorClient>;
  /** What the functions logged since an instant (epoch milliseconds), line by line. */
  log(since?: number): Promise<string[]>;
  /** Makes the hourly schedule fire each minute; the returned function puts it back. */
  everyMinute(): Promise<() => Promise<void>>;
}

const listed = z.object({
  Functions: z.array(
    z
      .object({
        FunctionName: z.string(),
        Role: z.string(),
        Environment: z.object({ Variables: z.record(z.string(), z.string()).default({}) }).default({ Variables: {} }),
      })
      .transform(({ FunctionName: name, Role: role, Environment }) => ({
        name,
        role,
        environment: Environment.Variables,
      })),
  ),
});
const failure = z.object({ errorMessage: z.string() });
const redrive = z.object({ deadLetterTargetArn: z.string() });
const schedules = z.object({ Schedules: z.array(z.object({ Name: z.string(), GroupName: z.string() })) });
const groups = z.object({ logGroups: z.array(z.object({ logGroupName: z.string() })) });
const page = z.object({ events: z.array(z.object({ message: z.string() })), nextToken: z.string().optional() });
const STRIPPED = 'arn:aws:iam::000000000000:role/';

/** The account of an emulator. */
export function accountOf(emulator: Emulator): Account {
  const sqs = new SQSClient(emulator.client);
  const call = async (service: string, path: string, init: RequestInit = {}): Promise<Response> => {
    // The emulator takes the root's key without a signature, but wants to see whose it is, and for which service.
    const authorization = `AWS4-HMAC-SHA256 Credential=test/20261101/us-east-1/${service}/aws4_request`;
    return fetch(`${emulator.url}${path}`, { ...init, headers: { authorization, ...init.headers } });
  };
  const query = async (service: string, Version: string, parameters: Record<string, string>): Promise<string> => {
    const body = new URLSearchParams({ Version, ...parameters });
    const answered = await call(service, '/', { method: 'POST', body });
    const text = await answered.text();
    if (!answered.ok)
      throw new Error(`${service} ${parameters.Action} answered ${answered.status}: ${text.slice(0, 300)}`);
    return text;
  };
  const iam = (Action: string, parameters: Record<string, string>) =>
    query('iam', '2010-05-08', { Action, ...parameters });
  const logs = async (target: string, body: object): Promise<unknown> => {
    const headers = { 'x-amz-target': `Logs_20140328.${target}`, 'content-type': 'application/x-amz-json-1.1' };
    return (await call('logs', '/', { method: 'POST', headers, body: JSON.stringify(body) })).json();
  };
  const inside = (xml: string, tag: string): string[] =>
    [...xml.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, 'g'))].map(([, value = '']) => value);
  const functions = async (): Promise<DeployedFunction[]> =>
    listed.parse(await (await call('lambda', '/2015-03-31/functions/?MaxItems=50')).json()).Functions;

  return {
    functions,
    fn: async (logicalId) => {
      const known = await functions();
      const found = known.find(({ name }) => name.split('-')[1]?.startsWith(logicalId));
      if (found === undefined)
        throw new Error(`no function ${logicalId} in ${known.map(({ name }) => name).join(', ')}`);
      return found;
    },
    invoke: async (name, event) => {
      const answered = await call('lambda', `/2015-03-31/functions/${name}/invocations`, {
        method: 'POST',
        body: JSON.stringify(event),
      });
      const body: unknown = JSON.parse((await answered.text()) || 'null');
      const failed = answered.headers.has('x-amz-function-error') || !answered.ok;
      return { error: failed ? failure.parse(body).errorMessage : null };
    },
    limit: async (name, Timeout) => {
      const path = `/2015-03-31/functions/${name}/configuration`;
      const answered = await call('lambda', path, { method: 'PUT', body: JSON.stringify({ Timeout }) });
      if (!answered.ok) throw new Error(`the time limit of ${name} was not set: ${answered.status}`);
    },
    send: async (QueueUrl, MessageGroupId, MessageDeduplicationId, body) => {
      const MessageBody = typeof body === 'string' ? body : JSON.stringify(body);
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageGroupId, MessageDeduplicationId, MessageBody }));
    },
    waiting: async (QueueUrl) => {
      const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
      const { ApproximateNumberOfMessages = 0, ApproximateNumberOfMessagesDelayed = 0 } = Attributes;
      return {
        waiting: Number(ApproximateNumberOfMessages) + Number(ApproximateNumberOfMessagesDelayed),
        inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
      };
    },
    deadLettersOf: async (QueueUrl) => {
      const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['RedrivePolicy'] });
      const { deadLetterTargetArn } = redrive.parse(
        JSON.parse((await sqs.send(asked)).Attributes?.RedrivePolicy ?? ''),
      );
      const QueueName = deadLetterTargetArn.split(':').at(-1) ?? '';
      return (await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl ?? '';
    },
    strip: async (role) => {
      const RoleName = role.replace(STRIPPED, '');
      const names = inside(await iam('ListRolePolicies', { RoleName }), 'member');
      const policies: Record<string, string>[] = [];
      for (const PolicyName of names) {
        const [document = ''] = inside(await iam('GetRolePolicy', { RoleName, PolicyName }), 'PolicyDocument');
        policies.push({ RoleName, PolicyName, PolicyDocument: decodeURIComponent(document) });
        await iam('DeleteRolePolicy', { RoleName, PolicyName });
      }
      if (policies.length === 0) throw new Error(`the role ${RoleName} has no inline policy`);
      return async () => {
        for (const policy of policies) await iam('PutRolePolicy', policy);
      };
    },
    as: async (RoleArn) => {
      const xml = await query('sts', '2011-06-15', { Action: 'AssumeRole', RoleArn, RoleSessionName: 'conformance' });
      const [accessKeyId = ''] = inside(xml, 'AccessKeyId');
      const [secretAccessKey = ''] = inside(xml, 'SecretAccessKey');
      const [sessionToken = ''] = inside(xml, 'SessionToken');
      const credentials = { accessKeyId, secretAccessKey, sessionToken };
      return { ...emulator.client, credentials };
    },
    log: async (since = 0) => {
      const { logGroups } = groups.parse(await logs('DescribeLogGroups', {}));
      const all = await Promise.all(
        logGroups.map(async ({ logGroupName }) => {
          const lines: string[] = [];
          for (let token: string | undefined, more = true; more; more = token !== undefined) {
            const asked = { logGroupName, startTime: since, ...(token === undefined ? {} : { nextToken: token }) };
            const { events, nextToken } = page.parse(await logs('FilterLogEvents', asked));
            lines.push(...events.map(({ message }) => message));
            token = nextToken;
          }
          return lines;
        }),
      );
      return all.flat();
    },
    everyMinute: async () => {
      const { Schedules } = schedules.parse(await (await call('scheduler', '/schedules')).json());
      const hourly = Schedules.find(({ Name }) => Name.includes('Hourly'));
      if (hourly === undefined) throw new Error('the account has no hourly schedule');
      const path = `/schedules/${hourly.Name}?groupName=${hourly.GroupName}`;
      const former = z.record(z.string(), z.unknown()).parse(await (await call('scheduler', path)).json());
      const put = async (schedule: object): Promise<void> => {
        const init = { method: 'PUT', body: JSON.stringify(schedule), headers: { 'content-type': 'application/json' } };
        const answered = await call('scheduler', path, init);
        if (!answered.ok) throw new Error(`the schedule was not changed: ${answered.status} ${await answered.text()}`);
      };
      await put({ ...former, ScheduleExpression: 'rate(1 minute)' });
      return () => put(former);
    },
  };
}
