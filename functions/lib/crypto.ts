import { createHash, createHmac, createPrivateKey, createSign, type KeyObject } from 'node:crypto';
import type { Crypto } from '../../shared/platform.ts';

/** Hashes under the lake's pseudonym key; without the key (null) a pseudonym is refused. */
export function keyedCrypto(key: string | null): Crypto {
  return {
    pseudonym: (text) => {
      if (key === null) throw new Error('make a pseudonym: this function does not hold the key');
      return createHmac('sha256', key).update(text).digest('hex').slice(0, 32);
    },
    digest: (text) => createHash('sha256').update(text).digest('hex'),
    sign: (text, privateKey) => createSign('RSA-SHA256').update(text).sign(rsaKey(privateKey), 'base64url'),
  };
}

function rsaKey(pem: string): KeyObject {
  // What the platform says of an unreadable key may hold pieces of it.
  const key = (() => {
    try {
      return createPrivateKey(pem);
    } catch {
      return null;
    }
  })();
  if (key?.asymmetricKeyType !== 'rsa')
    throw new Error(
      'sign with a private key: it is no RSA key in PEM, from -----BEGIN to -----END, line breaks as they were',
    );
  return key;
}
