import type { Crypto } from './platform.ts';

/** Keyed pseudonyms: the same person is the same id everywhere, and nobody without the key can tell who. */
export interface Pseudonyms {
  /** Of an e-mail address, trimmed and in lower case; also a person's id. */
  readonly email: (address: string) => string;
  /** Of a vendor's own user id, public or not: what usage and costs carry as `principal_id`. */
  readonly user: (vendor: string, id: string | number) => string;
  /** Of a login at a vendor. */
  readonly login: (vendor: string, login: string) => string;
}

const PSEUDONYM = /^[pul]_[0-9a-f]{32}$/;

/** Whether an id is a pseudonym, and so a person's. */
export const isPseudonym = (id: string): boolean => PSEUDONYM.test(id);

/** Pseudonyms under the lake's key; the prefix says which kind of hash it is. */
export function pseudonyms(crypto: Crypto): Pseudonyms {
  // A day names the same person thousands of times.
  const known = new Map<string, string>();
  const of = (prefix: string, text: string): string => {
    const asked = `${prefix}:${text}`;
    let id = known.get(asked);
    if (id === undefined) {
      id = `${prefix}_${crypto.pseudonym(asked)}`;
      known.set(asked, id);
    }
    return id;
  };
  return {
    email: (address) => of('p', address.trim().toLowerCase()),
    user: (vendor, id) => of('u', `${vendor}:${id}`),
    login: (vendor, login) =>
      of(
        'l',
        `${vendor}:${login
          .trim()
          .toLowerCase()
          .replace(/\[bot\]$/, '')}`,
      ),
  };
}
