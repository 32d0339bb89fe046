/** What is known of a key after it has been tried. */
export interface Tried {
  readonly secret: string;
  readonly headers: Headers;
  /** Whether a harmless question that we never need is answered with this key. */
  readonly mayRead: (path: string) => Promise<boolean>;
}

/** Says how a key is stronger than needed; null: not that we could tell. */
export type Strength = (tried: Tried) => Promise<string | null>;

/** What Copilot's seats, metrics and billing ask of a classic token. */
const COPILOT_SCOPES = ['manage_billing:copilot', 'read:enterprise', 'read:org'];

/** By vendor: how a key that may more than it must gives itself away. */
export const STRENGTH: Readonly<Record<string, Strength>> = {
  // https://platform.claude.com/docs/en/manage-claude/admin-api: an Admin key changes users, workspaces and keys.
  anthropic: async ({ secret }) =>
    secret.startsWith('sk-ant-admin')
      ? 'an Admin key may also change users, workspaces and keys; without their names an API key with scope read:analytics serves'
      : null,
  // https://platform.openai.com/docs/api-reference/admin-api-keys: reading these is none of our questions.
  openai: async ({ mayRead }) =>
    (await mayRead('/organization/admin_api_keys?limit=1'))
      ? 'it may also manage admin keys; restrict it to api.usage.read and, for names, to reading management'
      : null,
  // Only classic tokens have scopes: https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps
  github: async ({ headers }) => {
    const scopes = headers.get('x-oauth-scopes')?.trim() ?? '';
    return scopes === ''
      ? null
      : `a classic token with ${scopes}; a fine-grained one with read access to metadata, pull requests and contents serves`;
  },
  copilot: async ({ headers }) => {
    const told = (headers.get('x-oauth-scopes') ?? '').split(',').map((scope) => scope.trim());
    const more = told.filter((scope) => scope !== '' && !COPILOT_SCOPES.includes(scope));
    return more.length === 0 ? null : `a classic token with ${more.join(', ')} besides ${COPILOT_SCOPES.join(', ')}`;
  },
};
