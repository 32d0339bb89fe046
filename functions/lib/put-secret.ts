import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { placeOf } from '../../shared/secret-place.ts';
import { isNamed } from './failure.ts';

/** Stores a secret's value in the account of the caller's own credentials. @throws Error in a sentence. */
export async function putSecret(name: string, value: string): Promise<void> {
  const { secret: SecretId, label } = placeOf(name);
  const VersionStages = label === null ? {} : { VersionStages: [label] };
  try {
    await new SecretsManagerClient({}).send(
      new PutSecretValueCommand({ SecretId, SecretString: value, ...VersionStages }),
    );
  } catch (cause) {
    if (isNamed(cause, 'ResourceNotFoundException'))
      throw new Error(`There is no secret ${SecretId} in this account and Region; 'npx cdk deploy --all' makes it.`, {
        cause,
      });
    if (isNamed(cause, 'AccessDeniedException'))
      throw new Error(`You may not write the secret ${SecretId}; it needs secretsmanager:PutSecretValue.`, { cause });
    throw new Error(
      `The secret ${SecretId} was not stored: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        cause,
      },
    );
  }
}
