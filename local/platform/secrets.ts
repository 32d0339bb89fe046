import { SecretError, type Secrets } from '../../shared/platform.ts';

/** Keys held in memory. */
export const knownKeys = (keys: Readonly<Record<string, string>>): Secrets => ({
  read: async (name) => {
    const secret = keys[name];
    if (secret === undefined) throw new SecretError(`The simulated vendors know no key for ${name}.`);
    return secret;
  },
});
