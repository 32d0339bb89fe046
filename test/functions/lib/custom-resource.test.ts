import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { customResource } from '../../../functions/lib/custom-resource.ts';
import { testPlatform } from '../../platform/index.ts';
import { context } from './context.ts';

const request = (RequestType: string) => ({
  RequestType,
  ResponseURL: 'https://cloudformation.example/answer?signature=x',
  StackId: 'stack',
  RequestId: 'request',
  LogicalResourceId: 'Views',
});
const shape = { event: z.object({ RequestType: z.string().optional() }), env: z.object({}) };
const supply = async () => testPlatform().platform;
const answers: unknown[] = [];
const fetch = async (_to: string | URL | Request, init?: RequestInit): Promise<Response> => {
  answers.push(JSON.parse(String(init?.body)));
  return new Response();
};

beforeEach(() => {
  answers.length = 0;
  for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, 'write').mockImplementation(() => true);
});
afterEach(() => vi.restoreAllMocks());

describe('customResource', () => {
  it('answers CloudFormation when the work is done', async () => {
    await customResource(shape, async () => ({}), supply, fetch)(request('Create'), context);
    expect(answers).toEqual([
      {
        Status: 'SUCCESS',
        Reason: 'done',
        PhysicalResourceId: 'Views',
        StackId: 'stack',
        RequestId: 'request',
        LogicalResourceId: 'Views',
      },
    ]);
  });

  it('answers a failure with its words, so that the stack rolls back instead of hanging', async () => {
    const work = async () => Promise.reject(new Error('view daily_cost cannot be published'));
    await customResource(shape, work, supply, fetch)(request('Update'), context);
    expect(answers).toEqual([
      expect.objectContaining({ Status: 'FAILED', Reason: 'view daily_cost cannot be published' }),
    ]);
  });

  it('does nothing on delete but agree', async () => {
    const work = vi.fn(async () => ({}));
    await customResource(shape, work, supply, fetch)(request('Delete'), context);
    expect(work).not.toHaveBeenCalled();
    expect(answers).toEqual([expect.objectContaining({ Status: 'SUCCESS' })]);
  });

  it('works for an ordinary event, which nobody waits for', async () => {
    const work = vi.fn(async () => ({}));
    await customResource(shape, work, supply, fetch)({}, context);
    expect(work).toHaveBeenCalledOnce();
    expect(answers).toEqual([]);
  });
});
