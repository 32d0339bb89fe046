import { describe, expect, it } from 'vitest';
import { adapted } from './bill-of.ts';

const row = (more: object) => ({
  billedcost: 1,
  effectivecost: 1,
  listcost: 2,
  contractedcost: 1.5,
  chargecategory: 'Usage',
  billingcurrency: 'USD',
  ...more,
});

describe.each(['focus_1_0', 'focus_1_2'] as const)('a bill in the form %s', (form) => {
  const meter = form === 'focus_1_0' ? 'x_usagetype' : 'skumeter';

  it('takes the four costs as they are; zero, empty and negative are three things', async () => {
    const rows = [
      row({ billedcost: 0, effectivecost: 0.4, listcost: null, contractedcost: null }),
      row({
        billedcost: -12.5,
        effectivecost: -12.5,
        listcost: -12.5,
        contractedcost: -12.5,
        chargecategory: 'Credit',
      }),
      row({ billedcost: null, effectivecost: 1.5 }),
    ];
    expect(
      await adapted(
        form,
        rows,
        'select charge_category, billed_cost, effective_cost, list_cost, contracted_cost from stg_cloud_bill order by effective_cost',
      ),
    ).toEqual([
      {
        charge_category: 'Credit',
        billed_cost: '-12.5000000000',
        effective_cost: '-12.5000000000',
        list_cost: '-12.5000000000',
        contracted_cost: '-12.5000000000',
      },
      {
        charge_category: 'Usage',
        billed_cost: '0.0000000000',
        effective_cost: '0.4000000000',
        list_cost: null,
        contracted_cost: null,
      },
      {
        charge_category: 'Usage',
        billed_cost: null,
        effective_cost: '1.5000000000',
        list_cost: '2.0000000000',
        contracted_cost: '1.5000000000',
      },
    ]);
  });

  it('knows Bedrock by product code and by the name the Marketplace sells it under, and has no unblended cost', async () => {
    const rows = [
      row({
        x_servicecode: 'AmazonBedrock',
        servicename: 'Amazon Bedrock',
        [meter]: 'USE1-Claude4.6Sonnet-cache-read-input-token-count',
        consumedquantity: 3,
        pricingunit: '1K tokens',
      }),
      row({
        x_servicecode: 'zzz',
        servicename: 'Claude Opus 4.8 (Amazon Bedrock Edition)',
        publishername: 'Anthropic, PBC',
        [meter]: 'USE1-MP:USE1_OutputTokenCount-Units',
        consumedquantity: 3,
        pricingunit: 'Units',
      }),
    ];
    expect(
      await adapted(
        form,
        rows,
        'select biller, ai_product, model, meter, quantity, unblended_cost, amortised_cost from stg_cloud_bill order by model',
      ),
    ).toEqual([
      {
        biller: 'AWS Marketplace',
        ai_product: 'bedrock',
        model: 'claude-opus-4-8',
        meter: 'output_tokens',
        quantity: '3000000.000000',
        unblended_cost: null,
        amortised_cost: null,
      },
      {
        biller: 'AWS',
        ai_product: 'bedrock',
        model: 'claude-sonnet-4-6',
        meter: 'cache_read_tokens',
        quantity: '3000.000000',
        unblended_cost: null,
        amortised_cost: null,
      },
    ]);
  });

  it('does not count as use what went unused, or what corrects', async () => {
    const rows = [
      row({ consumedquantity: 5 }),
      row({ consumedquantity: 7, commitmentdiscountstatus: 'Unused' }),
      row({ consumedquantity: 9, chargeclass: 'Correction' }),
    ];
    expect(await adapted(form, rows, 'select sum(quantity) as quantity from stg_cloud_bill')).toEqual([
      { quantity: '5.000000' },
    ]);
  });
});
