import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type Clock, SecretError, type Secrets } from '../../shared/platform.ts';
import { placeOf } from '../../shared/secret-place.ts';
import { isNamed } from './failure.ts';

/** How long a value read is used again: a key put anew is used within five minutes, and a busy hour reads it once. */
const KEPT = 300_000;

/** Secrets Manager, asked once in five minutes for each name. */
export function awsSecrets(client: SecretsManagerClient, clock: Clock): Secrets {
  const known = new Map<string, { readonly value: string; readonly until: number }>();
  return {
    read: async (name) => {
      const kept = known.get(name);
      if (kept !== undefined && kept.until > clock.now()) return kept.value;
      const value = await currentValue(client, name);
      known.set(name, { value, until: clock.now() + KEPT });
      return value;
    },
  };
}

async function currentValue(client: SecretsManagerClient, name: string): Promise<string> {
  const { secret: SecretId, label } = placeOf(name);
  const asked = new GetSecretValueCommand({ SecretId, ...(label === null ? {} : { VersionStage: label }) });
  try {
    const { SecretString = '' } = await client.send(asked);
    if (SecretString.trim() !== '') return SecretString.trim();
  } catch (cause) {
    if (isNamed(cause, 'AccessDeniedException'))
      throw new SecretError(`read secret ${name}: this function may not; deploy again so that its grant exists`, {
        cause,
      });
    if (!isNamed(cause, 'ResourceNotFoundException')) throw new Error(`read secret ${name}: no answer`, { cause });
  }
  throw new SecretError(`read secret ${name}: it has no value yet; put one with npm run secret -- put CONNECTION`);
}
