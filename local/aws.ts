import { type Asked, findDeployment } from '../functions/lib/deployment.ts';
import { awsPlatform } from '../functions/lib/platform.ts';
import type { Config } from '../shared/config.ts';
import type { Platform } from '../shared/platform.ts';

/** What an `--aws` command needs of a deployment. */
export type Needed = Omit<Asked, 'name'>;

/** Where the sentence about a missing right sends its reader. */
const RIGHTS = "docs/runbook.md, 'Rights of an operator', names the role that has it";
const DENIED = ['AccessDenied', 'AccessDeniedException', 'AccessDenied.Exception', 'KMSAccessDeniedException'];
const UNSIGNED = ['CredentialsProviderError', 'ExpiredTokenException', 'ExpiredToken', 'UnrecognizedClientException'];

/**
 * Does an operator's work on the deployed lake, with the credentials of the shell.
 * @throws Error in a sentence: no credentials, no Region, nothing deployed there, a right that is missing
 */
export async function onAws<T>(
  { aws }: Pick<Config, 'aws'>,
  needed: Needed,
  work: (platform: Platform) => Promise<T>,
  find: typeof platformOf = platformOf,
): Promise<T> {
  // The SDK's clients take the Region from here, unless the shell names one.
  if (aws.region !== undefined) process.env.AWS_REGION ??= aws.region;
  try {
    return await work(await find({ name: aws.name, ...needed }));
  } catch (error) {
    throw inWords(error);
  }
}

const platformOf = async (asked: Asked): Promise<Platform> => awsPlatform(await findDeployment(asked));

/** An error of AWS as a sentence that says what to do; any other as it is. */
export function inWords(error: unknown): unknown {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (isDenied(cause)) return new Error(`AWS refused: ${sentence(cause.message)} ${RIGHTS}.`, { cause: error });
    if (UNSIGNED.includes(cause.name))
      return new Error(
        `There are no AWS credentials that serve (${cause.name}): set AWS_PROFILE to a profile, or sign in again ('aws sso login').`,
        { cause: error },
      );
    if (cause.message === 'Region is missing')
      return new Error('No Region is named: set AWS_REGION, or aws.region in the settings.', { cause: error });
  }
  return error;
}

/** Whether AWS refused for want of a right. */
export const isDenied = (error: unknown): boolean => error instanceof Error && DENIED.includes(error.name);

const sentence = (text: string): string => `${text.trim().replace(/[.;]$/, '')};`;
