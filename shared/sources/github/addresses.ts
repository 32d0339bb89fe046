/** Whose an e-mail address in a commit is. */
export type Address =
  /** The number in it is the account's id: certain. */
  | { readonly kind: 'account'; readonly id: string; readonly login: string }
  /** The login alone: a hint, as long as nobody else takes it over. */
  | { readonly kind: 'login'; readonly login: string }
  | { readonly kind: 'tool'; readonly tool: string }
  /** The web committer and other machines: they identify nobody. */
  | { readonly kind: 'nobody' }
  | { readonly kind: 'mailbox'; readonly address: string };

/** Addresses by which AI tools sign commits; one address carries many model names, so names are never looked at. */
const TOOLS: Readonly<Record<string, string>> = {
  'noreply@anthropic.com': 'claude_code',
  '198982749+copilot@users.noreply.github.com': 'copilot_agent',
  // Some feature of it was touched, maybe one completion.
  'copilot@github.com': 'copilot',
  '175728472+copilot@users.noreply.github.com': 'copilot',
  'cursoragent@cursor.com': 'cursor',
  '161369871+google-labs-jules[bot]@users.noreply.github.com': 'jules',
  'openhands@all-hands.dev': 'openhands',
  '158243242+devin-ai-integration[bot]@users.noreply.github.com': 'devin',
};

const NOBODY = new Set(['noreply@github.com', 'support@github.com']);

/** Masked addresses: https://docs.github.com/en/account-and-profile/reference/email-addresses-reference */
const WITH_ID = /^(\d+)\+(.+)@users\.noreply\.[a-z0-9.-]+$/;
const WITH_LOGIN = /^([^+@]+)@users\.noreply\.[a-z0-9.-]+$/;

/** Reads an address, without regard to case and surrounding blanks. */
export function addressOf(text: string): Address {
  const address = text.trim().toLowerCase();
  const tool = TOOLS[address];
  if (tool !== undefined) return { kind: 'tool', tool };
  if (NOBODY.has(address)) return { kind: 'nobody' };
  const [, id, login] = WITH_ID.exec(address) ?? [];
  if (id !== undefined && login !== undefined) return { kind: 'account', id, login };
  const bare = WITH_LOGIN.exec(address)?.[1];
  return bare === undefined ? { kind: 'mailbox', address } : { kind: 'login', login: bare };
}
