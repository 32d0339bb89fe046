import { expect, it } from 'vitest';
import { sum } from '../../../../shared/money.ts';
import { isWanted } from '../../../../shared/source.ts';
import { anthropicClaudeCode } from '../../../../shared/sources/anthropic/claude-code.ts';
import { conversationOf } from '../conversations.ts';
import { asking, converse, names, read, recorded } from '../recorded.ts';

const { where, vendor } = conversationOf('anthropic_claude_code');
const { connection } = where;
const heard = converse(anthropicClaudeCode, where, vendor);
const ana = names.email('ana.ruiz@acme.example');
const key = names.user('anthropic', 'key ci-agent');

const line = {
  day: '2026-11-18',
  hour_at: null,
  account_id: 'acct-1',
  workspace_id: null,
  credential_id: null,
  principal_id: ana,
  product: 'claude_code',
  session_id: null,
  model: 'claude-sonnet-5-5',
  service_tier: null,
  speed: null,
  context_window: null,
  region: null,
  claimed_cost: null,
  claim: 'copy',
  cut: 'whole',
};

it('writes the tokens of each model, the estimate beside the output, as a copy of what is billed elsewhere', () => {
  expect(heard.rows.filter(({ principal_id }) => principal_id === ana)).toEqual([
    { ...line, meter: 'input_tokens', quantity: '246527.000000' },
    { ...line, meter: 'cache_read_tokens', quantity: '25100311.000000' },
    { ...line, meter: 'cache_write_5m_tokens', quantity: '2498220.000000' },
    { ...line, meter: 'output_tokens', quantity: '356655.000000', claimed_cost: '12.8200000000' },
  ]);
});

it('takes use within a subscription for covered: no other report tells of it', () => {
  const ben = heard.rows.filter(({ principal_id }) => principal_id === names.email('ben.okafor@acme.example'));
  expect(new Set(ben.map(({ claim }) => claim))).toEqual(new Set(['covered']));
});

it('knows a key by a hash of its name, and keeps the name among the identities only', () => {
  expect(
    heard.rows.filter(({ credential_id }) => credential_id === key).map(({ meter, model }) => [meter, model]),
  ).toEqual([
    ['input_tokens', 'claude-sonnet-5-5'],
    ['cache_read_tokens', 'claude-sonnet-5-5'],
    ['cache_write_5m_tokens', 'claude-sonnet-5-5'],
    ['output_tokens', 'claude-sonnet-5-5'],
    ['input_tokens', 'claude-haiku-5-5'],
    ['output_tokens', 'claude-haiku-5-5'],
  ]);
  expect(heard.told.identities.find(({ kind }) => kind === 'credential')).toMatchObject({ id: key, label: 'ci-agent' });
  expect(JSON.stringify([heard.rows, heard.answers.map(({ page }) => page)])).not.toMatch(/ci-agent|ana\.ruiz/);
});

it('reads estimates as whole cents', () => {
  const claimed = heard.rows.flatMap(({ claimed_cost }) => (typeof claimed_cost === 'string' ? [claimed_cost] : []));
  expect(sum(claimed)).toBe('22.7500000000');
});

it('asks for one day at a time', () => {
  const run = anthropicClaudeCode.ask(asking(connection, '2026-11-18', '2026-11-20'));
  expect(run.map(({ url }) => url)).toEqual([
    'https://anthropic.test/v1/organizations/usage_report/claude_code?starting_at=2026-11-18&limit=1000',
    'https://anthropic.test/v1/organizations/usage_report/claude_code?starting_at=2026-11-19&limit=1000',
  ]);
  expect(
    anthropicClaudeCode.ask({
      connection,
      window: { from: '2026-11-18T01:00:00.000Z', to: '2026-11-18T02:00:00.000Z' },
    }),
  ).toEqual([]);
});

it('adds up a person at several terminals', () => {
  const page = recorded('anthropic/usage_report_claude_code.page2').replaceAll('"ci-agent"', '"one"');
  const twice = read(anthropicClaudeCode, page);
  const asked = { url: 'https://anthropic.test/' };
  const rows = [
    ...anthropicClaudeCode.rows(
      [
        { asked, page: twice },
        { asked, page: twice },
      ],
      where,
    ),
  ];
  expect(rows.map(({ quantity, claimed_cost }) => [quantity, claimed_cost]).slice(-2)).toEqual([
    ['804220.000000', null],
    ['76220.000000', '0.1200000000'],
  ]);
});

it('is asked only of connections that say so', () => {
  expect(isWanted(anthropicClaudeCode, connection)).toBe(false);
  expect(isWanted(anthropicClaudeCode, { ...connection, settings: { claude_code: 'yes' } })).toBe(true);
});
