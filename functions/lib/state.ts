import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { State, StateItem, StateKey } from '../../shared/platform.ts';
import { unless } from './failure.ts';

const CONDITION_FAILED = 'ConditionalCheckFailedException';

/** An item as it stands in the table: data as JSON text, or a counter's total. */
const stored = z.object({
  pk: z.object({ S: z.string() }),
  sk: z.object({ S: z.string() }),
  version: z.object({ N: z.string() }),
  data: z.object({ S: z.string() }).optional(),
  total: z.object({ N: z.string() }).optional(),
});

/** Small durable state in one DynamoDB table: group and key are its two keys, `expires_at` its time to live. */
export function dynamoState(dynamo: DynamoDBClient, table: string): State {
  const keys = ({ group, key }: StateKey) => ({ pk: { S: group }, sk: { S: key } });
  return {
    get: async (at) => {
      const asked = new GetItemCommand({ TableName: table, Key: keys(at), ConsistentRead: true });
      const { Item } = await dynamo.send(asked);
      return Item === undefined ? null : itemOf(Item);
    },
    update: async (at, data, expected, { expiresAt } = {}) => {
      const put = new PutItemCommand({
        TableName: table,
        Item: {
          ...keys(at),
          version: { N: String((expected ?? 0) + 1) },
          data: { S: JSON.stringify(data) },
          ...(expiresAt === undefined ? {} : { expires_at: { N: String(Math.ceil(expiresAt / 1000)) } }),
        },
        ...ifVersion(expected),
      });
      return (await unless(CONDITION_FAILED, null, dynamo.send(put))) !== null;
    },
    remove: async (at, expected) => {
      const asked = new DeleteItemCommand({ TableName: table, Key: keys(at), ...ifVersion(expected) });
      return (await unless(CONDITION_FAILED, null, dynamo.send(asked))) !== null;
    },
    add: async (at, amount) => {
      const asked = new UpdateItemCommand({
        TableName: table,
        Key: keys(at),
        UpdateExpression: 'ADD #total :amount, #version :one',
        ExpressionAttributeNames: { '#total': 'total', '#version': 'version' },
        ExpressionAttributeValues: { ':amount': { N: String(amount) }, ':one': { N: '1' } },
        ReturnValues: 'ALL_NEW',
      });
      const { Attributes } = await dynamo.send(asked);
      return z.object({ total: z.object({ N: z.coerce.number() }) }).parse(Attributes).total.N;
    },
    range: async function* (group, from = '', to) {
      for await (const page of paginateQuery({ client: dynamo }, between(table, group, from, to)))
        for (const item of (page.Items ?? []).map(itemOf)) if (to === undefined || item.key < to) yield item;
    },
  };
}

/** A key condition holds one comparison of the sort key; BETWEEN takes its upper end in, so `range` drops it again. */
function between(table: string, group: string, from: string, to: string | undefined) {
  const [condition, values] =
    to === undefined
      ? from === ''
        ? ['', {}]
        : [' AND sk >= :from', { ':from': { S: from } }]
      : from === ''
        ? [' AND sk < :to', { ':to': { S: to } }]
        : from < to
          ? [' AND sk BETWEEN :from AND :to', { ':from': { S: from }, ':to': { S: to } }]
          : // DynamoDB refuses a BETWEEN whose ends are crossed; nothing lies there.
            [' AND sk = :to', { ':to': { S: to } }];
  return {
    TableName: table,
    KeyConditionExpression: `pk = :group${condition}`,
    ExpressionAttributeValues: { ':group': { S: group }, ...values },
    ConsistentRead: true,
  };
}

/** The condition that a change names: this version, or (null) nothing there yet. */
const ifVersion = (expected: number | null) => ({
  ExpressionAttributeNames: { '#version': 'version' },
  ...(expected === null
    ? { ConditionExpression: 'attribute_not_exists(#version)' }
    : {
        ConditionExpression: '#version = :expected',
        ExpressionAttributeValues: { ':expected': { N: String(expected) } },
      }),
});

function itemOf(item: Record<string, AttributeValue>): StateItem {
  const { pk, sk, version, data, total } = stored.parse(item);
  const value: unknown = total === undefined ? JSON.parse(data?.S ?? 'null') : Number(total.N);
  return { group: pk.S, key: sk.S, version: Number(version.N), data: value };
}
