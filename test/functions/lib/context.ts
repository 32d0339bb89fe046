import type { Context } from 'aws-lambda';

/** A Lambda's context with a minute left. */
export const context: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'test',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:test',
  memoryLimitInMB: '128',
  awsRequestId: 'request',
  logGroupName: 'log',
  logStreamName: 'stream',
  getRemainingTimeInMillis: () => 60_000,
  done: () => {},
  fail: () => {},
  succeed: () => {},
};
