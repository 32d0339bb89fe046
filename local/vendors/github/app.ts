import { generateKeyPairSync, verify } from 'node:crypto';
import * as z from 'zod';
import { instantText } from '../calendar.ts';
import { type Answer, type Asked, bearer, json } from '../http-server.ts';
import { identifier } from '../random.ts';

/** A GitHub App that is installed in the organisation. */
export interface App {
  /** What the collector is given: JSON with app, installation and private key. */
  readonly secret: string;
  /** Whether a token was given to the installation, and lives. */
  readonly accepts: (token: string) => boolean;
  /** The answer to an app that asks for a token of its installation; null: another question. */
  readonly answer: (asked: Asked) => Answer | null;
}

const HOUR_MS = 3_600_000;
const LONGEST_LIFE = 600;
const SKEW = 60;

const claims = z.object({ iat: z.int(), exp: z.int(), iss: z.string() });

/**
 * Installs an app; `now` is the laptop's clock in epoch milliseconds, `proofsNow` that by which proofs are dated. The key
 * pair is new each time, the rest fixed by the seed.
 */
export function installApp(seed: number, name: string, now: () => number, proofsNow = now): App {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const appId = `Iv23li${identifier(14, seed, name, 'app')}`;
  const installationId = 40_000_000 + name.length;
  const lives = new Map<string, number>();

  const isTheApp = (proof: string): boolean => {
    const [head = '', body = '', signature = ''] = proof.split('.');
    if (!verify('RSA-SHA256', Buffer.from(`${head}.${body}`), publicKey, Buffer.from(signature, 'base64url')))
      return false;
    const told = claims.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8'))).data;
    const seconds = proofsNow() / 1000;
    return (
      told !== undefined &&
      told.iss === appId &&
      told.iat <= seconds + SKEW &&
      told.exp > seconds &&
      told.exp - told.iat <= LONGEST_LIFE
    );
  };

  return {
    secret: JSON.stringify({ appId, installationId, privateKey }),
    accepts: (token) => (lives.get(token) ?? 0) > now(),
    answer: ({ method, path, headers }) => {
      if (method !== 'POST' || !/^\/app\/installations\/[^/]+\/access_tokens$/.test(path)) return null;
      if (!isTheApp(bearer(headers) ?? '')) return refusal(401, 'A JSON web token could not be decoded');
      if (path !== `/app/installations/${installationId}/access_tokens`) return refusal(404, 'Not Found');
      const expires = now() + HOUR_MS;
      const token = `ghs_${identifier(36, seed, name, lives.size)}`;
      lives.set(token, expires);
      return json(201, { token, expires_at: instantText(expires), permissions: { metadata: 'read' } });
    },
  };
}

function refusal(status: number, message: string): Answer {
  return json(status, { message, documentation_url: 'https://docs.github.com/rest', status: String(status) });
}
