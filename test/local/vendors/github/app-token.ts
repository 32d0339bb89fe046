import type { App } from '../../../../local/vendors/github/app.ts';
import { signIn } from '../../../../shared/sources/github/sign-in.ts';
import { testPlatform } from '../../../platform/index.ts';
import { get, MORNING } from '../asking.ts';

/** The `authorization` that a secret gives at a simulated app, by the real sign-in. */
export async function authorizationOf(app: App, secret = app.secret): Promise<string> {
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const headers = Object.fromEntries(new Headers(init?.headers));
    const answer = app.answer({ ...get(new URL(String(input)).pathname, headers), method: init?.method ?? 'GET' });
    return new Response(answer?.body ?? '', { status: answer?.status ?? 404 });
  };
  const { platform } = testPlatform({ fetch, now: new Date(MORNING).toISOString() });
  return (await signIn(platform, secret, 'http://vendor.invalid')).authorization ?? '';
}
