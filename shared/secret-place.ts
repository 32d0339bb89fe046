/** Where a value stands: a secret, and in it the version under this label; no label: the current one. */
export interface SecretPlace {
  readonly secret: string;
  readonly label: string | null;
}

/**
 * The name of a connection's key: one secret holds the keys of all connections of a vendor, each a version under the
 * connection's alias, so that putting one neither reads nor moves the others.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html
 */
export const secretOf = (prefix: string, vendor: string, alias: string): string => `${prefix}/${vendor}#${alias}`;

/** Where a name points: `outlay/anthropic#main` is the version labelled `main` of the secret `outlay/anthropic`. */
export function placeOf(name: string): SecretPlace {
  const [secret = name, label = null] = name.split('#');
  return { secret, label };
}
