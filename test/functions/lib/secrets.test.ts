import type { GetSecretValueCommandInput, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, it } from 'vitest';
import { awsSecrets } from '../../../functions/lib/secrets.ts';

/** A client that holds values by secret and label, and remembers what it was asked. */
function clientOf(values: Readonly<Record<string, string>>) {
  const asked: GetSecretValueCommandInput[] = [];
  const client = {
    send: async ({ input }: { input: GetSecretValueCommandInput }) => {
      asked.push(input);
      const SecretString = values[`${input.SecretId} ${input.VersionStage ?? 'AWSCURRENT'}`];
      if (SecretString === undefined) throw Object.assign(new Error('none'), { name: 'ResourceNotFoundException' });
      return { SecretString };
    },
    // The client's own type is far wider than the one call that is made of it.
  } as unknown as SecretsManagerClient;
  return { asked, secrets: awsSecrets(client, { now: () => 0, sleep: async () => {} }) };
}

it("reads a connection's key under its label, and a whole secret without one", async () => {
  const { asked, secrets } = clientOf({ 'outlay/anthropic main': 'one', 'outlay/slack AWSCURRENT': 'two' });
  expect([await secrets.read('outlay/anthropic#main'), await secrets.read('outlay/slack')]).toEqual(['one', 'two']);
  expect(asked).toEqual([{ SecretId: 'outlay/anthropic', VersionStage: 'main' }, { SecretId: 'outlay/slack' }]);
});

it('says of a label without a value what to do, and never takes another connection’s key for it', async () => {
  const { secrets } = clientOf({ 'outlay/anthropic main': 'one', 'outlay/anthropic AWSCURRENT': 'one' });
  await expect(secrets.read('outlay/anthropic#research')).rejects.toThrow(
    'read secret outlay/anthropic#research: it has no value yet; put one with npm run secret -- put CONNECTION',
  );
});
