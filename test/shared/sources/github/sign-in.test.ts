import { generateKeyPairSync, verify } from 'node:crypto';
import { expect, it } from 'vitest';
import { signIn } from '../../../../shared/sources/github/sign-in.ts';
import { testPlatform } from '../../../platform/index.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PEM = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
const NOW = '2026-11-25T06:00:00Z';
const SECOND = Date.parse(NOW) / 1000;
const BASE = 'https://api.github.test';

function github(answers: readonly (() => Response)[]) {
  const heard: { url: string; method: string | undefined; key: string }[] = [];
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    heard.push({
      url: String(input),
      method: init?.method,
      key: new Headers(init?.headers).get('authorization')?.replace('Bearer ', '') ?? '',
    });
    return answers[heard.length - 1]?.() ?? new Response('', { status: 503 });
  };
  const { platform } = testPlatform({ fetch, now: NOW });
  return { heard, sign: (secret: string) => signIn(platform, secret, BASE), platform };
}

const token = () => Response.json({ token: 'ghs_abc', expires_at: '2026-11-25T07:00:00Z' }, { status: 201 });
const decoded = (part: string | undefined) => JSON.parse(Buffer.from(part ?? '', 'base64url').toString());

it.each([
  ['as the file has it', PEM],
  ['with its line breaks written out', PEM.replaceAll('\n', '\\n')],
])('proves to be the app by its key, %s, and signs in by a token of its installation', async (_how, key) => {
  const { heard, sign } = github([token]);
  const headers = await sign(JSON.stringify({ appId: 123, installationId: '987', privateKey: key }));
  expect(headers).toEqual({ authorization: 'Bearer ghs_abc', 'x-github-api-version': '2022-11-28' });
  const [asked] = heard;
  const [head, claims, signature] = (asked?.key ?? '').split('.');
  expect([asked?.url, asked?.method]).toEqual([`${BASE}/app/installations/987/access_tokens`, 'POST']);
  expect([decoded(head), decoded(claims)]).toEqual([
    { alg: 'RS256', typ: 'JWT' },
    { iat: SECOND - 60, exp: SECOND + 540, iss: '123' },
  ]);
  const signed = Buffer.from(`${head}.${claims}`);
  expect(verify('RSA-SHA256', signed, publicKey, Buffer.from(signature ?? '', 'base64url'))).toBe(true);
});

it('asks nobody when the secret is a token', async () => {
  const { heard, sign } = github([]);
  expect(await sign('github_pat_x\n')).toMatchObject({ authorization: 'Bearer github_pat_x' });
  expect(heard).toEqual([]);
});

const APP = JSON.stringify({ appId: 'Iv1.x', installationId: 1, privateKey: PEM });

it('asks again when GitHub is limited, down or silent', async () => {
  const { heard, sign } = github([
    () => Response.json({ message: 'You have exceeded a secondary rate limit.' }, { status: 403 }),
    () => new Response('', { status: 502 }),
    () => {
      throw new TypeError('socket hang up');
    },
    token,
  ]);
  expect(await sign(APP)).toMatchObject({ authorization: 'Bearer ghs_abc' });
  expect(heard).toHaveLength(4);
});

it("says in GitHub's words why an app is not taken, with no word of its key", async () => {
  const { heard, sign } = github([
    () => Response.json({ message: 'A JSON web token could not be decoded' }, { status: 401 }),
  ]);
  const error: unknown = await sign(APP).catch((cause: unknown) => cause);
  expect(error).toMatchObject({
    status: 401,
    message:
      "asked GitHub at /app/installations/1/access_tokens for a token of the app's installation, and got 401: A JSON web token could not be decoded; look at appId, installationId and the app's private key",
  });
  expect(heard).toHaveLength(1);
});

it.each([
  ['{"appId":1,"installationId":2}', 'privateKey is missing or wrong'],
  ['{"appId":1,"installationId":2,"privateKey":"-----BEGIN', 'JSON is missing or wrong'],
  ['{"appId":"a/../b","installationId":2,"privateKey":"x"}', 'appId is missing or wrong'],
])('says what a broken secret lacks, and repeats nothing of it', async (secret, says) => {
  const error: unknown = await github([])
    .sign(secret)
    .catch((cause: unknown) => cause);
  expect(String(error)).toContain(says);
  expect(String(error)).not.toContain('a/../b');
});
