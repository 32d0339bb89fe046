import * as z from 'zod';
import { Refusal } from '../../collect/failure.ts';
import { backOff } from '../../collect/retry.ts';
import type { Platform } from '../../platform.ts';
import type { Vendor } from '../../source.ts';
import { disguised, errorMessage } from './errors.ts';

const VERSION = { 'x-github-api-version': '2022-11-28' };
const id = z.union([z.int().positive().transform(String), z.string().regex(/^[\w.-]+$/)]);
const app = z.object({ appId: id, installationId: id, privateKey: z.string().min(1) });
const installation = z.object({ token: z.string().min(1) });

type Ports = Parameters<Vendor['signIn']>[0];

/** Life of the proof that we are the app, in seconds; at most ten minutes, clocks may differ by one. */
const LIFE = 540;
const SKEW = 60;
const TRIES = 6;
/** How long one answer may take, in milliseconds. */
const PATIENCE = 15_000;

/**
 * Signs in by a token, or as a GitHub App: then the secret is JSON `{ appId, installationId, privateKey }`, and a token
 * of the installation, good for an hour, is asked for.
 * https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/authenticating-as-a-github-app-installation
 * @throws Refusal when GitHub does not take the app; Error when the secret is of neither form.
 */
export const signIn: Vendor['signIn'] = async (ports, secret, baseUrl) => ({
  authorization: `Bearer ${secret.trimStart().startsWith('{') ? await installationToken(ports, appOf(secret), baseUrl) : secret.trim()}`,
  ...VERSION,
});

function appOf(secret: string): z.infer<typeof app> {
  const told = app.safeParse(parsedOrNull(secret));
  if (told.success) return told.data;
  // Which member is wrong may be told; what stands in it may not.
  const names = [...new Set(told.error.issues.map(({ path }) => path[0] ?? 'JSON'))].map(String);
  throw new Error(
    `the secret is no GitHub App: ${names.join(', ')} is missing or wrong; it must be {"appId": …, "installationId": …, "privateKey": "-----BEGIN …"}`,
  );
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const part = (value: unknown): string => base64url(JSON.stringify(value));
/** Of text that is plain ASCII, as ours is. */
const base64url = (text: string): string => btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** A signed proof that we are the app (a JWT), for some minutes from now. */
export function proofOf(
  { clock, crypto }: Pick<Platform, 'clock' | 'crypto'>,
  { appId, privateKey }: { readonly appId: string; readonly privateKey: string },
): string {
  const now = Math.floor(clock.now() / 1000);
  const said = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iat: now - SKEW, exp: now + LIFE, iss: appId })}`;
  // Secret stores that keep one line write line breaks as \n.
  return `${said}.${crypto.sign(said, privateKey.replaceAll('\\n', '\n'))}`;
}

async function installationToken(ports: Ports, as: z.infer<typeof app>, baseUrl: string): Promise<string> {
  const path = `/app/installations/${as.installationId}/access_tokens`;
  for (let tries = 1; ; tries += 1) {
    const { status, body } = await once(ports, `${baseUrl.replace(/\/$/, '')}${path}`, proofOf(ports, as));
    const told = status === 201 || status === 200 ? installation.safeParse(parsedOrNull(body)).data : undefined;
    if (told !== undefined) return told.token;
    const again = status === null || status < 300 || status === 429 || status >= 500;
    if (!again || tries >= TRIES) {
      // Of a token half told nothing is repeated.
      const said = status === null || status < 300 ? null : errorMessage(body);
      throw new Refusal(
        `asked GitHub at ${path} for a token of the app's installation, and got ${status ?? 'no answer'}${said === null ? '' : `: ${said}`}; look at appId, installationId and the app's private key`,
        status ?? 504,
        '',
      );
    }
    await ports.clock.sleep(backOff(tries, 1));
  }
}

async function once({ fetch }: Ports, url: string, proof: string): Promise<{ status: number | null; body: string }> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        accept: 'application/vnd.github+json',
        'user-agent': 'outlay/0.1',
        authorization: `Bearer ${proof}`,
        ...VERSION,
      },
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
    });
    const body = await response.text();
    return { status: disguised(body, response.status) ?? response.status, body };
  } catch {
    return { status: null, body: '' };
  }
}
