const WIDTH = 150;

/** JSON text with one entry a line where it fits, so that a price change is one line of a diff. */
export function layout(value: unknown, indent = 0): string {
  const pad = ' '.repeat(indent);
  const flat = inline(value);
  if (typeof value !== 'object' || value === null || flat.length + indent <= WIDTH) return flat;
  const inner = `${pad}  `;
  if (Array.isArray(value)) {
    return `[\n${value.map((item) => inner + layout(item, indent + 2)).join(',\n')}\n${pad}]`;
  }
  const fields = Object.entries(value).map(
    ([key, item]) => `${inner}${JSON.stringify(key)}: ${layout(item, indent + 2)}`,
  );
  return `{\n${fields.join(',\n')}\n${pad}}`;
}

function inline(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  const fields = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${inline(item)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

/** A copy with the keys of every object in order, so that equal content is equal text. */
export function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sortedKeys(item)]));
}
