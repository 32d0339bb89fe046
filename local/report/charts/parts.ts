import { n, svg } from './svg.ts';

/** Parts of one whole as a bar; shares add up to at most 1. */
export interface Parts {
  readonly width: number;
  readonly parts: readonly { readonly id: string; readonly share: number }[];
}

/** One bar cut into its parts, each with the class `b-<id>`. */
export function parts({ width, parts }: Parts): string {
  let x = 0;
  let body = '';
  for (const { id, share } of parts) {
    if (share > 0) {
      const room = Math.max(1, share * width - 0.8);
      body += `<rect x="${n(x)}" y="0" width="${n(room)}" height="10" class="b-${id}"/>`;
    }
    x += share * width;
  }
  return svg(width, 10, body);
}
