/** What Athena calls a statement: rows (DML), definitions (DDL) or a look at the catalogue (UTILITY). */
export type StatementType = 'DML' | 'DDL' | 'UTILITY';

/** A statement that Athena would take, as Trino is to run it. */
export type Statement =
  | { readonly kind: 'plain'; readonly type: StatementType; readonly sql: string }
  | {
      readonly kind: 'unload';
      readonly type: 'DML';
      readonly select: string;
      readonly to: string;
      readonly codec: string;
    };

/** A statement that Athena refuses at once; the message is for the caller. */
export class Refused extends Error {}

/** Longest text of a query, in bytes: https://docs.aws.amazon.com/athena/latest/ug/service-limits.html */
export const LONGEST = 262_144;
const CODECS = ['ZSTD', 'SNAPPY', 'GZIP', 'NONE'];
const UNLOAD = /^unload\s*\(([\s\S]*)\)\s*to\s+'(s3:\/\/[^']+)'\s*with\s*\(([^()]*)\)$/i;
const PLAIN: readonly (readonly [RegExp, StatementType])[] = [
  [/^(select|with|values|\()/i, 'DML'],
  [/^(create\s+(or\s+replace\s+)?view|drop\s+view)\b/i, 'DDL'],
  [/^(show\s+(tables|columns|create|schemas|functions)|describe|explain)\b/i, 'UTILITY'],
];

/** Reads a query as Athena would: limits first, then what kind it is. */
export function readStatement(text: string): Statement {
  const bytes = Buffer.byteLength(text);
  if (bytes > LONGEST)
    throw new Refused(
      `Value at 'queryString' failed to satisfy constraint: Member must have length less than or equal to ${LONGEST} (${bytes})`,
    );
  const bare = withoutComments(text).trim();
  if (bare.endsWith(';')) throw new Refused('Only one sql statement is allowed, without a semicolon at its end');
  if (/\bwith\s+recursive\b/i.test(bare.replaceAll(/'(?:[^']|'')*'/g, "''")))
    throw new Refused('NOT_SUPPORTED: recursive queries are not supported');
  const unload = UNLOAD.exec(bare);
  if (unload !== null) return readUnload(unload);
  const known = PLAIN.find(([begins]) => begins.test(bare));
  if (known === undefined) throw new Refused(`this double of Athena does not know '${bare.slice(0, 60)}'`);
  return { kind: 'plain', type: known[1], sql: bare };
}

function readUnload([, select = '', to = '', rest = '']: RegExpExecArray): Statement {
  const options = new Map<string, string>();
  for (const [, name = '', value = ''] of rest.matchAll(/(\w+)\s*=\s*'([^']*)'/g))
    options.set(name.toLowerCase(), value.toUpperCase());
  // Gzip unless told otherwise: https://docs.aws.amazon.com/athena/latest/ug/unload.html
  const { format, compression: codec = 'GZIP', ...others } = Object.fromEntries(options);
  if (format !== 'PARQUET' || Object.keys(others).length > 0 || !CODECS.includes(codec))
    throw new Refused(`this double of Athena unloads Parquet with a codec only, not (${rest.trim()})`);
  return { kind: 'unload', type: 'DML', select, to, codec };
}

/** The text without its comments; literals and quoted names stay as they are. */
const withoutComments = (text: string): string =>
  text.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\//g, (part) =>
    part.startsWith('--') || part.startsWith('/*') ? ' ' : part,
  );
