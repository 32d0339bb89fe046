import { type Answer, json } from '../http-server.ts';

/** An error answer; the real one's form is not documented, so only its status is to be relied on. */
export const refuse = (status: number, detail: string, headers: Readonly<Record<string, string>> = {}): Answer =>
  json(status, { detail }, headers);
