import { type Answer, json } from '../http-server.ts';

/** A request that the vendor documents to refuse with 400 `invalid_request_error`. */
export class InvalidRequest extends Error {}

const types: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  410: 'invalid_request_error',
  429: 'rate_limit_error',
  500: 'api_error',
  529: 'overloaded_error',
};

/** An error answer in Anthropic's form. */
export function refuse(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Answer {
  const request = 'req_011CVSimulated';
  const error = { type: types[status] ?? 'api_error', message };
  return json(status, { type: 'error', error, request_id: request }, { 'request-id': request, ...headers });
}
