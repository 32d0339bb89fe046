import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, it } from 'vitest';
import { connectionsEnv } from '../../../functions/lib/connections.ts';
import { VENDORS } from '../../../shared/sources/index.ts';
import type { Deployed } from './deployed.ts';

/** Shows by IAM's own word that each vendor's collector reads its own key alone, and that it is its grant which lets it. */
export function onlyItsOwnSecret(at: () => Deployed): void {
  const secretOf = async (vendor: string): Promise<string> => {
    const { environment } = await at().account.fn(`${vendor}Collect`);
    return connectionsEnv.parse(environment).CONNECTIONS[0]?.secret ?? '';
  };

  it.each(VENDORS.map(({ id }) => id))(
    "let the collector of %s read its own vendor's key and no other",
    async (vendor) => {
      const { role } = await at().account.fn(`${vendor}Collect`);
      const client = new SecretsManagerClient(await at().account.as(role));
      const read = (SecretId: string): Promise<string> =>
        client.send(new GetSecretValueCommand({ SecretId })).then(
          ({ SecretString = '' }) => (SecretString === '' ? 'empty' : 'read'),
          (error: Error) => error.name,
        );
      const others = VENDORS.filter(({ id }) => id !== vendor);
      const keys = await Promise.all(others.map(({ id }) => secretOf(id)));
      const mine = await secretOf(vendor);
      expect(new Set([mine, ...keys]).size).toBe(VENDORS.length);
      expect(await read(mine)).toBe('read');
      expect(await Promise.all([...keys, 'outlay/slack'].map(read))).toEqual(
        Array.from({ length: VENDORS.length }, () => 'AccessDeniedException'),
      );
      const putBack = await at().account.strip(role);
      const without = await read(mine);
      await putBack();
      expect([without, await read(mine)]).toEqual(['AccessDeniedException', 'read']);
    },
  );
}
