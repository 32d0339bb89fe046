import { type Answer, json } from '../http-server.ts';

/** A request that the vendor refuses with 400 and this sentence. */
export class InvalidRequest extends Error {
  readonly param: string | null;

  constructor(message: string, param: string | null = null) {
    super(message);
    this.param = param;
  }
}

/** What the error body says beside the sentence. */
export interface Cause {
  readonly type: string;
  readonly param?: string | null;
  readonly code?: string | null;
}

/** An error answer in OpenAI's form. */
export function refuse(
  status: number,
  message: string,
  cause: Cause = { type: 'invalid_request_error' },
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const error = { message, type: cause.type, param: cause.param ?? null, code: cause.code ?? null };
  return json(status, { error }, { 'x-request-id': 'req_simulated', ...headers });
}
