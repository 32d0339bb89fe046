import { describe, expect, it } from 'vitest';
import type { AnyRow } from '../../../shared/table.ts';
import { asked, contract, cursor } from './contracts-world.ts';
import { charged, events } from './ledger-lake.ts';

describe('usage that is its own bill', () => {
  it('is billed by its claim, covered at its value without money, and neither where it is free or a copy', async () => {
    expect(
      await charged({
        collection_status: asked('cursor.main'),
        usage: [
          ...events('p_ana', 'billed', '1000000', '2', '4.5'),
          ...events('p_ben', 'covered', '2000000', '3', '0'),
          ...events('p_cia', 'free', '5000000', '1', '0'),
          ...events('p_dan', 'copy', '7000000', '1', '9'),
        ],
      }),
    ).toEqual([
      {
        ...{ principal_id: 'p_ana', meter: 'requests', basis: 'direct', reason: null, status: 'billed' },
        ...{ list_cost: '3.0000000000', billed_cost: '4.5000000000', effective_cost: '4.5000000000' },
      },
      {
        ...{ principal_id: 'p_ben', meter: 'input_tokens', basis: 'covered', reason: null, status: 'billed' },
        ...{ list_cost: '6.0000000000', billed_cost: '0.0000000000', effective_cost: '0.0000000000' },
      },
    ]);
  });

  it('has an unknown list cost where a part of it has no price', async () => {
    const unknown = { ...cursor, principal_id: 'p_ana', claim: 'billed', model: 'new', quantity: '7' };
    expect(
      await charged(
        {
          usage: [
            { ...unknown, meter: 'input_tokens' },
            { ...unknown, meter: 'requests', claimed_cost: '0.25' },
          ],
        },
        'quantity, list_cost, effective_cost',
      ),
    ).toEqual([{ quantity: '7.000000', list_cost: null, effective_cost: '0.2500000000' }]);
  });

  it('without a person is of its workspace, without either of nobody', async () => {
    const of = (workspace_id: string | null) => ({
      ...{ ...cursor, workspace_id, claim: 'billed', meter: 'requests', quantity: '1', claimed_cost: '1' },
    });
    expect(await charged({ usage: [of('ws'), of(null)] }, 'basis, workspace_id, reason')).toEqual([
      { workspace_id: null, basis: 'unattributed', reason: 'no_key_or_person' },
      { workspace_id: 'ws', basis: 'derived', reason: null },
    ]);
  });

  it('is worth what its vendor says where no list price does', async () => {
    const unknown = events('p_ben', 'covered', '2000000', '3', '0.9').map((row) => ({ ...row, model: 'new' }));
    expect(await charged({ usage: unknown }, 'meter, list_cost, effective_cost, basis')).toEqual([
      { meter: 'input_tokens', list_cost: null, effective_cost: '0.0000000000', basis: 'covered' },
      { meter: 'requests', list_cost: '0.9000000000', effective_cost: '0.0000000000', basis: 'covered' },
    ]);
  });
});

describe('credits', () => {
  const credits = (principal_id: string, quantity: string, more: AnyRow = {}) => ({
    ...{ connection_id: 'copilot.main', provider: 'copilot', source: 'copilot_usage', product: 'copilot' },
    ...{ principal_id, meter: 'credits', quantity, ...more },
  });
  const price = { provider: 'copilot', model: '*', meter: 'credits', unit_price: '0.01' };

  it('inside the pool are covered: billed nothing, shared by what each used at list', async () => {
    expect(
      await charged(
        {
          prices: [price],
          usage: [credits('u_ana', '3000'), credits('u_ben', '1000')],
          costs: [
            {
              ...{ connection_id: 'copilot.main', provider: 'copilot', source: 'copilot_costs', product: 'copilot' },
              ...{ meter: 'credits', quantity: '4000', list_cost: '40', contracted_cost: '0', billed_cost: '0' },
            },
          ],
        },
        'principal_id, basis, quantity, list_cost, billed_cost',
      ),
    ).toEqual([
      {
        principal_id: 'u_ana',
        basis: 'covered',
        quantity: '3000.000000',
        list_cost: '30.0000000000',
        billed_cost: '0.0000000000',
      },
      {
        principal_id: 'u_ben',
        basis: 'covered',
        quantity: '1000.000000',
        list_cost: '10.0000000000',
        billed_cost: '0.0000000000',
      },
    ]);
  });

  it('cost what the contract says of their product', async () => {
    const chatgpt = { connection_id: 'openai.main', provider: 'openai', product: 'chatgpt' };
    expect(
      await charged(
        {
          contracts: [contract('credit_price', { provider: 'openai', product: 'chatgpt', unit_price: '0.04' })],
          usage: [credits('u_ana', '100', chatgpt), credits('u_ben', '100', { ...chatgpt, product: 'codex' })],
        },
        'principal_id, list_cost, status',
      ),
    ).toEqual([
      { principal_id: 'u_ana', list_cost: '4.0000000000', status: 'estimated' },
      { principal_id: 'u_ben', list_cost: null, status: 'estimated' },
    ]);
  });

  it('and so do the compute units of an agent, in their own unit', async () => {
    const devin = { connection_id: 'devin.main', provider: 'devin', source: 'devin_usage', product: 'devin' };
    const units = (principal_id: string, more: AnyRow = {}) =>
      credits(principal_id, '2.5', { ...devin, meter: 'agent_compute_units', ...more });
    expect(
      await charged(
        {
          contracts: [contract('credit_price', { provider: 'devin', product: 'devin', unit_price: '2' })],
          usage: [units('u_ana'), units('u_ben', { product: 'cascade' })],
        },
        'principal_id, meter, quantity, list_cost, status',
      ),
    ).toEqual([
      {
        ...{ principal_id: 'u_ana', meter: 'agent_compute_units', quantity: '2.500000' },
        ...{ list_cost: '5.0000000000', status: 'estimated' },
      },
      {
        ...{ principal_id: 'u_ben', meter: 'agent_compute_units', quantity: '2.500000' },
        ...{ list_cost: null, status: 'estimated' },
      },
    ]);
  });
});
