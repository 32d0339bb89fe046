import { createHash, createHmac } from 'node:crypto';
import type { Crypto } from '../../shared/platform.ts';

/** Keyed hashes under a key. */
export const keyedCrypto = (key: string | Uint8Array): Crypto => ({
  pseudonym: (text) => createHmac('sha256', key).update(text).digest('hex').slice(0, 32),
  digest: (of) => createHash('sha256').update(of).digest('hex'),
});
