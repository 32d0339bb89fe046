import type { Ask } from '../../source.ts';
import { address, from } from '../paging.ts';

/** The list of keys, switched-off ones included: https://openrouter.ai/docs/api-reference/api-keys/list-api-keys */
export const keysAsked = (baseUrl: string): Ask => ({
  url: address(baseUrl, '/keys', [
    ['include_disabled', 'true'],
    ['offset', '0'],
  ]),
  about: { list: 'keys' },
});

/** The keys after these. The list tells neither its length nor its page's: it has ended where a page is empty. */
export const keysAfter = (asked: Ask, count: number): Ask[] =>
  count === 0 ? [] : [from(asked, 'offset', String(Number(new URL(asked.url).searchParams.get('offset')) + count))];
