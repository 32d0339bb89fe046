import { parseCsv } from '../reference/csv.ts';
import type { Ask } from '../source.ts';
import { exactJson, type Parsed } from './json.ts';

/** A body that is larger than any answer should be: packed it may have been small. */
export class TooLarge extends Error {}

/**
 * Reads a body as text up to so many bytes, unpacked; what comes beyond is never held.
 * @throws TooLarge
 */
export async function textOf(response: Response, mostBytes: number): Promise<string> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let text = '';
  let bytes = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    bytes += read.value.byteLength;
    if (bytes > mostBytes) {
      await reader.cancel();
      throw new TooLarge(`more than ${mostBytes} bytes`);
    }
    text += decoder.decode(read.value, { stream: true });
  }
  return text + decoder.decode();
}

/** Parses a body as its question says it is written, the named members' numbers kept as text. */
export function parsedBody(body: string, written: Ask['written'], exact: readonly string[]): Parsed {
  switch (written) {
    case undefined:
      return exactJson(body, exact);
    case 'lines': {
      // One array instead of many values: the numbers are quoted in one pass.
      const lines = body.split('\n').filter((line) => line.trim() !== '');
      const parsed = exactJson(`[${lines.join(',')}]`, exact);
      return parsed.torn === null ? { value: { lines: parsed.value }, torn: null } : parsed;
    }
    case 'csv': {
      const { lines, problems } = parseCsv(body);
      const [first] = problems;
      if (first !== undefined) return { torn: `line ${first.line} ${first.says}` };
      return { value: { lines: lines.map(({ cells }) => cells) }, torn: null };
    }
    default:
      return written satisfies never;
  }
}

/** The address of `rel="next"` in a `Link` header (RFC 8288); null: it has none. */
export function followingIn(link: string | null): string | null {
  for (const [, url, parameters] of (link ?? '').matchAll(/<([^>]*)>([^<]*)/g))
    if (/;\s*rel="?([^";]*\s)?next(\s[^";]*)?"?/i.test(parameters ?? '')) return url ?? null;
  return null;
}
