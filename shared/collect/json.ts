/** A parsed body, or why it could not be parsed. */
export type Parsed = { readonly value: unknown; readonly torn: null } | { readonly torn: string };

/**
 * Parses JSON, with the named members' numbers kept as the text that was sent: a double would round money.
 * Only a member's own number is quoted; text inside strings cannot match, since a quote there is escaped.
 */
export function exactJson(body: string, names: readonly string[]): Parsed {
  try {
    return { value: JSON.parse(names.length === 0 ? body : quoteNumbers(body, names)), torn: null };
  } catch (error) {
    return { torn: error instanceof Error ? error.message.replace(/".*"/s, '…').slice(0, 120) : 'no JSON' };
  }
}

const patterns = new Map<string, RegExp>();

function quoteNumbers(body: string, names: readonly string[]): string {
  const id = names.join('|');
  let pattern = patterns.get(id);
  if (pattern === undefined) {
    pattern = new RegExp(`"(${id})"\\s*:\\s*(-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)`, 'g');
    patterns.set(id, pattern);
  }
  return body.replace(pattern, '"$1":"$2"');
}
