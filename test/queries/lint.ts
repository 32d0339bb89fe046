import { bare, LAYERS, type Queries, type Query } from '../../shared/queries.ts';

/** Functions that mean the same in Trino and DuckDB, types too. */
const FUNCTIONS = new Set(
  (
    'cast try_cast coalesce nullif count sum min max min_by max_by count_if avg greatest least round abs ' +
    'row_number lag lead rank dense_rank first_value last_value date_trunc date_diff extract year month hour ' +
    'lower upper substr strpos length replace starts_with split_part concat_ws lpad contains map_keys map_from_entries ' +
    'array_agg array_sort array_distinct map unnest bool_or bool_and any_value try regexp_extract'
  ).split(' '),
);
/** Words before a parenthesis that are no functions. */
const SYNTAX = new Set(
  (
    'in as and or not on when then else case over by select from where join using values exists filter decimal timestamp ' +
    'varchar array having union all distinct with partition between is map char'
  ).split(' '),
);

/** What a query may not hold, with the words that say so. */
const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [/::/, 'write cast(x as type), not x::type'],
  [/\bqualify\b/i, 'QUALIFY is not in Athena'],
  [/\bilike\b/i, 'ILIKE is not in Athena: lower(x) like'],
  [/\b(group|order) by all\b/i, 'GROUP BY ALL is not in Athena'],
  [/\bexclude\s*\(|\breplace\s*\([^,)]* as /i, 'SELECT * EXCLUDE or REPLACE is not in Athena'],
  [/\bdecimal\s+''/i, "write cast('…' as decimal(p,s)), not DECIMAL '…': its type differs"],
  [/\brecursive\b/i, 'WITH RECURSIVE is not in Athena'],
  [/\bnatural\s+join\b/i, 'NATURAL JOIN is not in Trino'],
  [/\bignore\s+nulls\b/i, 'IGNORE NULLS stands elsewhere in each engine'],
  [/\blimit\b/i, 'LIMIT without an order is chance: use row_number'],
  [/\bat\s+time\s+zone\b/i, 'everything is UTC: no AT TIME ZONE'],
  [/\bis\s+(not\s+)?(true|false)\b/i, 'IS TRUE is not in Trino 435'],
  [/\bcast\s*\([^()]*\bas\s+(text|int8|float8|hugeint|string)\b/i, 'a type of one engine only'],
  [/\bcurrent_(date|time|timestamp)\b|\bnow\s*\(/i, 'no clock: what is now comes from the tables'],
  [/;\s*$/, 'no semicolon at the end'],
  [/,\s*\n?\s*(from|where|group by|order by|\))/i, 'no trailing comma'],
  [/"/, 'names are lower case without quotes'],
];

/** Largest query text that Athena takes, in bytes of UTF-8, and most arguments of a call. */
const MOST = { bytes: 262_144, arguments: 127, elements: 254 };

/** What of a query lies outside what Athena, Trino and DuckDB read alike, or breaks the house rules; empty: nothing. */
export function lint(query: Query, queries: Queries, tables: readonly string[]): string[] {
  const found: string[] = [];
  const text = bare(query.sql);
  if (query.grain === '') found.push('the first line must be a comment that says what a row is');
  if (query.layer === 'checks' && !query.grain.startsWith('No row: '))
    found.push("a check's first line begins 'No row: '");
  if (new TextEncoder().encode(query.sql).length > MOST.bytes) found.push(`more than ${MOST.bytes} bytes`);
  for (const [pattern, says] of FORBIDDEN) if (pattern.test(text)) found.push(says);
  for (const [, name = ''] of text.matchAll(/\b([a-z_][a-z0-9_]*)\s*\(/gi))
    if (!FUNCTIONS.has(name.toLowerCase()) && !SYNTAX.has(name.toLowerCase()) && !isStep(text, name))
      found.push(`${name} is not on the list of functions that both engines read alike`);
  found.push(...tooLong(text), ...divisions(text), ...reading(query, queries, tables));
  return found;
}

/** A CTE or an alias with columns, such as `t(x)`. */
const isStep = (text: string, name: string): boolean => new RegExp(`\\bas\\s+${name}\\s*\\(`, 'i').test(text);

/** Decimals and whole numbers divide differently: a ratio is of doubles, rounded, then cast. */
function divisions(text: string): string[] {
  return [...text.matchAll(/\/\s*(\w+)\s*\(\s*(\w*)/g)].length ===
    [...text.matchAll(/\/\s*nullif\s*\(\s*cast/g)].length &&
    count(text, /\//g) === count(text, /\/\s*nullif\s*\(\s*cast/g)
    ? []
    : [
        'divide only as cast(a as double) / nullif(cast(b as double), cast(0 as double)), rounded and cast to a decimal',
      ];
}

const count = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;

/** Calls with too many arguments, and arrays with too many elements. */
function tooLong(text: string): string[] {
  const found: string[] = [];
  const open: { readonly mark: string; parts: number }[] = [];
  for (const character of text) {
    if (character === '(' || character === '[') open.push({ mark: character, parts: 1 });
    else if (character === ',') {
      const last = open.at(-1);
      if (last !== undefined) last.parts += 1;
    } else if (character === ')' || character === ']') {
      const closed = open.pop();
      if (closed?.mark === '(' && closed.parts > MOST.arguments)
        found.push(`a call with more than ${MOST.arguments} arguments`);
      if (closed?.mark === '[' && closed.parts > MOST.elements) found.push(`an array of more than ${MOST.elements}`);
    }
  }
  return found;
}

/** A view reads lower layers, or its own layer's queries that do not read it; marts read no facts. */
function reading({ name, layer, reads }: Query, queries: Queries, tables: readonly string[]): string[] {
  return reads.flatMap((read) => {
    const below = queries.get(read);
    if (below === undefined)
      return tables.includes(read) ? factRead(layer, read) : [`${name} reads ${read}, which is nowhere`];
    return LAYERS.indexOf(below.layer) > LAYERS.indexOf(layer) ? [`${layer} may not read ${below.layer}: ${read}`] : [];
  });
}

const FACTS = ['usage', 'costs', 'outputs', 'principals'];

const factRead = (layer: Query['layer'], table: string): string[] =>
  FACTS.includes(table) && (layer === 'marts' || layer === 'findings')
    ? [`${layer} read nothing below the materialised tables: ${table}`]
    : [];
