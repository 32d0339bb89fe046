import { expect, it } from 'vitest';
import * as z from 'zod';
import { addressOf } from '../../../../shared/sources/github/addresses.ts';
import { recorded } from '../recorded.ts';

it('tells certain, likely, nobody and tools apart (case masked-addresses-of-one-account)', () => {
  const { given } = z
    .object({ given: z.object({ commit_authors: z.array(z.string()) }) })
    .parse(JSON.parse(recorded('cases/masked-addresses-of-one-account')));
  expect(given.commit_authors.map(addressOf)).toEqual([
    { kind: 'account', id: '1234567', login: 'ana-ruiz' },
    { kind: 'login', login: 'ana-ruiz' },
    { kind: 'mailbox', address: 'ana@acme.example' },
    { kind: 'nobody' },
    { kind: 'tool', tool: 'claude_code' },
  ]);
});

it.each([
  ['198982749+Copilot@users.noreply.github.com', 'copilot_agent'],
  ['175728472+Copilot@users.noreply.github.com', 'copilot'],
  ['copilot@github.com', 'copilot'],
  ['CursorAgent@cursor.com', 'cursor'],
  ['161369871+google-labs-jules[bot]@users.noreply.github.com', 'jules'],
  ['openhands@all-hands.dev', 'openhands'],
  ['158243242+devin-ai-integration[bot]@users.noreply.github.com', 'devin'],
])('knows %s as a tool', (address, tool) => {
  expect(addressOf(address)).toEqual({ kind: 'tool', tool });
});

it('does not merge mailboxes that differ by dots or a suffix', () => {
  expect(['a.na@acme.example', 'ana+ci@acme.example'].map(addressOf)).toEqual([
    { kind: 'mailbox', address: 'a.na@acme.example' },
    { kind: 'mailbox', address: 'ana+ci@acme.example' },
  ]);
});

it('reads masked addresses of a self-hosted server', () => {
  expect(addressOf('77+kim@users.noreply.git.acme.example')).toEqual({ kind: 'account', id: '77', login: 'kim' });
});
