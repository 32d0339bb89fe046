import { type Answer, json } from '../http-server.ts';

const NAMES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
};

/** An error answer in Cursor's form. */
export function refuse(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return json(status, { error: NAMES[status] ?? 'Error', message }, headers);
}

/** A request that the vendor refuses with 400 and this sentence. */
export class InvalidRequest extends Error {}
