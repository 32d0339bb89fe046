/** An argument: a literal, or the variable that holds it. */
export type Argument = { readonly variable: string } | { readonly literal: string | number | boolean | null };

/** One thing asked for within braces. */
export type Selection =
  | {
      readonly kind: 'field';
      readonly name: string;
      readonly alias: string;
      readonly args: Readonly<Record<string, Argument>>;
      readonly selections: readonly Selection[] | null;
    }
  | { readonly kind: 'inline'; readonly on: string | null; readonly selections: readonly Selection[] }
  | { readonly kind: 'spread'; readonly name: string };

/** A query document: what its operation asks for, and its named fragments. */
export interface Document {
  readonly selections: readonly Selection[];
  readonly fragments: ReadonlyMap<string, { readonly on: string; readonly selections: readonly Selection[] }>;
}

/** A document that does not follow the grammar, as far as this reader knows it. */
export class GrammarError extends Error {}

const TOKEN = /\s+|,|#[^\n]*|(\.\.\.|[!$():=@[\]{|}]|"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|[A-Za-z_]\w*)/y;

/** Reads the part of GraphQL that collectors use: one query, variables, fragments, arguments; no directives. */
export function parseDocument(text: string): Document {
  const tokens = tokensOf(text);
  let at = 0;
  const peek = (): string => tokens[at] ?? '';
  const take = (expected?: string): string => {
    const token = tokens[at];
    if (token === undefined) throw new GrammarError('Parse error on end of file');
    if (expected !== undefined && token !== expected)
      throw new GrammarError(`Parse error on "${token}", expected "${expected}"`);
    at += 1;
    return token;
  };

  const argument = (): Argument => {
    const token = take();
    if (token === '$') return { variable: take() };
    if (token.startsWith('"')) return { literal: String(JSON.parse(token)) };
    if (/^-?\d/.test(token)) return { literal: Number(token) };
    if (token === 'true' || token === 'false') return { literal: token === 'true' };
    if (token !== '{') return { literal: token === 'null' ? null : token };
    // An input object, such as an order: this server has one order only.
    while (take() !== '}');
    return { literal: null };
  };
  const args = (): Record<string, Argument> => {
    const found: Record<string, Argument> = {};
    if (peek() !== '(') return found;
    take('(');
    while (peek() !== ')') {
      const name = take();
      take(':');
      found[name] = argument();
    }
    take(')');
    return found;
  };
  const selectionSet = (): Selection[] => {
    const found: Selection[] = [];
    take('{');
    while (peek() !== '}') found.push(selection());
    take('}');
    return found;
  };
  const selection = (): Selection => {
    const first = take();
    if (first === '...') {
      if (peek() === 'on') {
        take('on');
        return { kind: 'inline', on: take(), selections: selectionSet() };
      }
      return peek() === '{'
        ? { kind: 'inline', on: null, selections: selectionSet() }
        : { kind: 'spread', name: take() };
    }
    const aliased = peek() === ':';
    if (aliased) take(':');
    const name = aliased ? take() : first;
    return { kind: 'field', name, alias: first, args: args(), selections: peek() === '{' ? selectionSet() : null };
  };

  let selections: readonly Selection[] = [];
  const fragments = new Map<string, { readonly on: string; readonly selections: readonly Selection[] }>();
  while (at < tokens.length) {
    if (peek() === 'fragment') {
      take('fragment');
      const name = take();
      take('on');
      fragments.set(name, { on: take(), selections: selectionSet() });
      continue;
    }
    if (peek() === 'mutation' || peek() === 'subscription') throw new GrammarError(`A ${peek()} is not served here`);
    while (peek() !== '{') take();
    selections = selectionSet();
  }
  return { selections, fragments };
}

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const begins = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw new GrammarError(`Parse error on "${text[begins]}"`);
    if (match[1] !== undefined) tokens.push(match[1]);
  }
  return tokens;
}
