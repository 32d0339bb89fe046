import { createHash, createHmac } from 'node:crypto';
import type { Crypto } from '../../shared/platform.ts';

/** Hashes under the lake's pseudonym key; without the key (null) a pseudonym is refused. */
export function keyedCrypto(key: string | null): Crypto {
  return {
    pseudonym: (text) => {
      if (key === null) throw new Error('make a pseudonym: this function does not hold the key');
      return createHmac('sha256', key).update(text).digest('hex').slice(0, 32);
    },
    digest: (text) => createHash('sha256').update(text).digest('hex'),
  };
}
