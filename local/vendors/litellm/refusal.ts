import { type Answer, json } from '../http-server.ts';

/** An error answer in LiteLLM's form. */
export const refuse = (status: number, message: string, headers: Readonly<Record<string, string>> = {}): Answer =>
  json(status, { error: { message, type: 'auth_error', param: 'None', code: String(status) } }, headers);
