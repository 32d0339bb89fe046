import { type Answer, json } from '../http-server.ts';

/** An error answer in OpenRouter's form. */
export const refuse = (status: number, message: string, headers: Readonly<Record<string, string>> = {}): Answer =>
  json(status, { error: { code: status, message } }, headers);
