import { generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Crypto } from '../../shared/platform.ts';

/** What every supplier of hashes and signatures must do. */
export function cryptoContract(name: string, make: () => Crypto): void {
  describe(`crypto on ${name}`, () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

    it('gives the same text the same pseudonym, and another one another', () => {
      const [first, again] = [make(), make()];
      expect(first.pseudonym('a')).toMatch(/^[0-9a-f]{32}$/);
      expect(again.pseudonym('a')).toBe(first.pseudonym('a'));
      expect(first.pseudonym('b')).not.toBe(first.pseudonym('a'));
    });

    it('digests as SHA-256 does', () => {
      expect(make().digest('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    });

    it.each(['pkcs1', 'pkcs8'] as const)('signs by an RSA key in %s so that its public half can tell', (type) => {
      const signature = make().sign('header.claims', privateKey.export({ type, format: 'pem' }).toString());
      const holds = (text: string) =>
        verify('RSA-SHA256', Buffer.from(text), publicKey, Buffer.from(signature, 'base64url'));
      expect(signature).toMatch(/^[\w-]+$/);
      expect([holds('header.claims'), holds('header.claimz')]).toEqual([true, false]);
    });

    it.each([
      ['no key', '-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0\n-----END RSA PRIVATE KEY-----'],
      [
        'a key of another kind',
        generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      ],
    ])('refuses %s without a word of it', (_what, pem) => {
      const [, word = ''] = pem.split('\n');
      const attempt = (): string => make().sign('text', pem);
      expect(attempt).toThrow(/^sign with a private key: it is no RSA key in PEM/);
      expect(attempt).not.toThrow(word);
    });
  });
}
