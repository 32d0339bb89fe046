import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import type { PlatformEnv } from './env.ts';
import { parse, type Shape, type Supply, type Work, worker } from './handler.ts';
import { awsPlatform } from './platform.ts';

/** What CloudFormation sends. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html */
const request = z.object({
  RequestType: z.enum(['Create', 'Update', 'Delete']),
  ResponseURL: z.url(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
});
type Request = z.infer<typeof request>;

/** CloudFormation cuts a longer reason off in the middle of the answer. */
const LONGEST_REASON = 1000;

/**
 * A Lambda that is a custom resource, or an ordinary event. Whatever happens CloudFormation is answered, so that no
 * deployment hangs; a failure rolls back. Deleting changes nothing: what it made belongs to the lake.
 */
export function customResource<Event, Env extends PlatformEnv>(
  shape: Shape<Event, Env>,
  work: Work<Event, Env>,
  supply: Supply = awsPlatform,
  fetch: typeof globalThis.fetch = globalThis.fetch,
) {
  const run = worker(shape, work, supply);
  return middy().handler(async (event: unknown, context: Context): Promise<void> => {
    if (!isRequest(event)) return run(event, context);
    const asked = parse('event', request, event);
    if (asked.RequestType === 'Delete') return answer(fetch, asked, null);
    const failure = await run(event, context).then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    return answer(fetch, asked, failure);
  });
}

const isRequest = (event: unknown): boolean => z.object({ ResponseURL: z.string() }).safeParse(event).success;

async function answer(fetch: typeof globalThis.fetch, asked: Request, failure: string | null): Promise<void> {
  const { StackId, RequestId, LogicalResourceId } = asked;
  const body = JSON.stringify({
    Status: failure === null ? 'SUCCESS' : 'FAILED',
    Reason: failure?.slice(0, LONGEST_REASON) ?? 'done',
    PhysicalResourceId: LogicalResourceId,
    StackId,
    RequestId,
    LogicalResourceId,
  });
  // The address is signed without a content type.
  const answered = await fetch(asked.ResponseURL, { method: 'PUT', body, headers: { 'content-type': '' } });
  if (!answered.ok) throw new Error(`CloudFormation did not take the answer: HTTP ${answered.status}`);
}
