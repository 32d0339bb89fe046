import { identifier } from '../random.ts';

/** The made-up ids that vendors give to things: fixed by seed, kind and name, so that any part can name any other. */
export const ids = {
  anthropicUser: (seed: number, organisation: string, person: number): string =>
    `user_01${identifier(22, seed, organisation, 'user', person)}`,
  anthropicWorkspace: (seed: number, organisation: string, name: string): string =>
    `wrkspc_01${identifier(22, seed, organisation, 'workspace', name)}`,
  anthropicKey: (seed: number, organisation: string, name: string): string =>
    `apikey_01${identifier(22, seed, organisation, 'key', name)}`,
  anthropicServiceAccount: (seed: number, organisation: string, name: string): string =>
    `svac_01${identifier(22, seed, organisation, 'service', name)}`,
  openaiUser: (seed: number, person: number): string => `user-${identifier(24, seed, 'openai user', person)}`,
  openaiProject: (seed: number, name: string): string => `proj_${identifier(24, seed, 'openai project', name)}`,
  openaiKey: (seed: number, name: string): string => `key_${identifier(16, seed, 'openai key', name)}`,
  openaiServiceAccount: (seed: number, name: string): string =>
    `svc_acct_${identifier(16, seed, 'openai service', name)}`,
} as const;
