import type { Argument, Document, Selection } from './graphql-parse.ts';

/** An error as the vendor lists it beside, or in place of, data. */
export class QueryError extends Error {
  readonly type: string | null;

  constructor(message: string, type: string | null = null) {
    super(message);
    this.type = type;
  }
}

/** Values of a query's variables by name. */
export type Variables = Readonly<Record<string, unknown>>;

/** A value that can be asked for by fields; `__typename` says what it is. A function is a field with arguments. */
export interface Node {
  readonly __typename: string;
  readonly [field: string]: unknown;
}

const actors: ReadonlySet<string> = new Set(['User', 'Bot', 'Mannequin', 'Organization', 'EnterpriseUserAccount']);

/** Answers a document from a root value: exactly the fields asked for, under their aliases; throws `QueryError`. */
export function run(document: Document, root: Node, variables: Variables): Readonly<Record<string, unknown>> {
  const select = (value: Node, selections: readonly Selection[]): Record<string, unknown> => {
    const found: Record<string, unknown> = {};
    for (const selection of selections) {
      if (selection.kind === 'field') {
        found[selection.alias] = field(value, selection);
        continue;
      }
      const part = selection.kind === 'inline' ? selection : document.fragments.get(selection.name);
      if (part === undefined) throw new QueryError('A fragment that is spread was not defined');
      const { on } = part;
      const applies = on === null || on === value.__typename || (on === 'Actor' && actors.has(value.__typename));
      if (applies) Object.assign(found, select(value, part.selections));
    }
    return found;
  };
  const field = (value: Node, asked: Extract<Selection, { kind: 'field' }>): unknown => {
    if (!Object.hasOwn(value, asked.name))
      throw new QueryError(`Field '${asked.name}' doesn't exist on type '${value.__typename}'`);
    const own = value[asked.name];
    const args = Object.fromEntries(Object.entries(asked.args).map(([name, arg]) => [name, argument(arg, variables)]));
    const resolved = typeof own === 'function' ? own(args) : sliced(own, args);
    return complete(resolved, asked);
  };
  const complete = (value: unknown, asked: Extract<Selection, { kind: 'field' }>): unknown => {
    if (Array.isArray(value)) return value.map((each) => complete(each, asked));
    if (!isNode(value)) return value;
    if (asked.selections === null)
      throw new QueryError(`Field must have selections (field '${asked.name}' returns ${value.__typename})`);
    return select(value, asked.selections);
  };
  return select(root, document.selections);
}

function argument(arg: Argument, variables: Variables): unknown {
  return 'variable' in arg ? (variables[arg.variable] ?? null) : arg.literal;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && '__typename' in value;
}

/** A connection within a node holds all its nodes; `first` says how many are wanted. */
function sliced(value: unknown, args: Readonly<Record<string, unknown>>): unknown {
  if (!isNode(value) || !Array.isArray(value.nodes) || typeof args.first !== 'number') return value;
  return { ...value, nodes: value.nodes.slice(0, args.first) };
}
