import { expect, it } from 'vitest';
import type { AnySource } from '../../../shared/source.ts';
import { SOURCES } from '../../../shared/sources/index.ts';
import { conversationOf } from './conversations.ts';
import { converse } from './recorded.ts';

/** The recorded first answer of a source, which then says that there is more and names no cursor. */
function broken(source: AnySource): { readonly url: string; readonly body: string } | null {
  const { where, vendor } = conversationOf(source.id);
  const [asked] = source.ask(where);
  const body = asked === undefined ? '' : vendor(asked);
  if (asked === undefined || !/"has_more"/.test(body)) return null;
  return {
    url: asked.url,
    body: body
      .replaceAll(/"has_more":\s*false/g, '"has_more": true')
      .replaceAll(/"(next_page|next_cursor|last_id)":\s*"[^"]*"/g, '"$1": null'),
  };
}

const BROKEN = SOURCES.flatMap((source) => {
  const answer = broken(source);
  return answer === null ? [] : [[source.id, source, answer] as const];
});

it('is there to be tried: every source of a vendor whose pages have a flag and a cursor', () => {
  expect(BROKEN.map(([id]) => id)).toEqual([
    'anthropic_usage',
    'anthropic_costs',
    'anthropic_principals',
    'anthropic_claude_code',
    'anthropic_enterprise_usage',
    'anthropic_enterprise_costs',
    'openai_usage',
    'openai_costs',
    'openai_principals',
    'chatgpt_codex',
  ]);
});

it.each(BROKEN)('%s refuses an answer that says there is more and gives no cursor', (id, source, { url, body }) => {
  const { where, vendor, following } = conversationOf(id);
  expect(() => converse(source, where, (ask) => (ask.url === url ? body : vendor(ask)), following)).toThrow(
    /has_more|there is more/,
  );
});
