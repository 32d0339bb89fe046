// Put together on 2026-11-26; whoever began to sell AI tools later, or changed name, is not in it.

/**
 * Names that sellers of AI tools have on card statements, and whose tool is paid; whatever follows the name is the
 * product or a place. A seller of much else besides (Google, Microsoft, GitHub, Notion) is not here: its name does not
 * say what was bought.
 */
const BEGINS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    anthropic: 'anthropic',
    'claude.ai': 'anthropic',
    openai: 'openai',
    chatgpt: 'openai',
    'cursor, ai powered ide': 'cursor',
    'cursor ai': 'cursor',
    anysphere: 'cursor',
    'github copilot': 'copilot',
    openrouter: 'openrouter',
    'openrouter.ai': 'openrouter',
    'perplexity ai': 'perplexity',
    'perplexity.ai': 'perplexity',
    midjourney: 'midjourney',
    codeium: 'windsurf',
    'cognition ai': 'devin',
    'devin.ai': 'devin',
    'replit, inc.': 'replit',
    'lovable.dev': 'lovable',
    elevenlabs: 'elevenlabs',
    'elevenlabs.io': 'elevenlabs',
    'mistral ai': 'mistral',
    'mistral.ai': 'mistral',
    'x.ai': 'xai',
    runwayml: 'runway',
    'poe.com': 'poe',
    'together ai': 'together',
    'together.ai': 'together',
    huggingface: 'huggingface',
    'hugging face': 'huggingface',
  }),
);

/** Names that are words or people's names too: they count when nothing follows. */
const EQUALS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    cursor: 'cursor',
    devin: 'devin',
    lovable: 'lovable',
    perplexity: 'perplexity',
    replicate: 'replicate',
    replit: 'replit',
    suno: 'suno',
    windsurf: 'windsurf',
    xai: 'xai',
  }),
);

/** Longest first: a name may begin with another. */
const NAMES = [...BEGINS.keys()].toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1));

/**
 * Whose AI tool a merchant sells; null when it is not known to sell any.
 * The statement's name is folded (case, blanks, `*` between name and product). It equals a name, or begins with one that
 * no letter, digit, dot or hyphen follows: `OPENAI *CHATGPT SUBSCR` is OpenAI, `OPENAIR FESTIVAL` is not.
 */
export function providerOf(merchant: string): string | null {
  const folded = merchant
    .toLowerCase()
    .replaceAll(/[\s*]+/g, ' ')
    .trim();
  const name = NAMES.find((one) => folded.startsWith(one) && !/^[\p{L}\p{N}.-]/u.test(folded.slice(one.length)));
  return (name === undefined ? EQUALS.get(folded) : BEGINS.get(name)) ?? null;
}
