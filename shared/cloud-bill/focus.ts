import type { Bill } from './bill.ts';
import { first, type Reader } from './expressions.ts';
import type { Form } from './lines.ts';

/** AWS's FOCUS export 1.0 or 1.2; it has neither unblended cost nor the caller of Bedrock. */
export function focusForm({ account, tags }: Bill, table: string, of: Reader): Form {
  const unknown = 'cast(null as varchar)';
  const none = 'cast(null as decimal(28,10))';
  const tag = (name: string): string => of.key('tags', name, `user:${name}`, `user_${name}`);
  return {
    rows: table,
    words: {
      billing_period: 'billing_period',
      day: 'cast(chargeperiodstart as date)',
      payer_account_id: `coalesce(${of.text('billingaccountid')}, '${account}')`,
      account_id: of.text('subaccountid'),
      account_name: of.text('subaccountname'),
      // The export has no billing entity: who publishes what the marketplace sells is not Amazon.
      biller: `case
        when lower(${of.text('publishername')}) like 'amazon%' or ${of.text('publishername')} is null then 'AWS'
        else 'AWS Marketplace'
    end`,
      service_code: of.text('x_servicecode'),
      service_name: first([of.text('servicename'), of.text('x_servicecode')]),
      region_id: of.text('regionid'),
      charge_description: of.text('chargedescription'),
      usage_type: first([of.text('skumeter'), of.text('x_usagetype')]),
      operation: of.text('x_operation'),
      resource_id: of.text('resourceid'),
      invoice_id: of.text('invoiceid'),
      commitment_id: of.text('commitmentdiscountid'),
      iam_principal: unknown,
      team_tag: tag(tags.team),
      principal_team_tag: unknown,
      account_team_tag: unknown,
      cost_center_tag: tag(tags.costCenter),
      pricing_unit: first([of.text('pricingunit'), of.text('consumedunit')]),
      billing_currency: `coalesce(${of.text('billingcurrency')}, 'USD')`,
    },
    kinds: {
      service_category: of.text('servicecategory'),
      service_subcategory: of.text('servicesubcategory'),
      charge_category: of.text('chargecategory'),
      charge_class: of.text('chargeclass'),
      charge_frequency: of.text('chargefrequency'),
      commitment_status: of.text('commitmentdiscountstatus'),
    },
    usage: `case
        when ${of.text('chargecategory')} = 'Usage' and ${of.text('commitmentdiscountstatus')} is distinct from 'Unused'
            and ${of.text('chargeclass')} is null
            then coalesce(${of.number('consumedquantity')}, ${of.number('pricingquantity')})
    end`,
    figures: {
      list_cost: of.number('listcost'),
      contracted_cost: of.number('contractedcost'),
      billed_cost: of.number('billedcost'),
      effective_cost: of.number('effectivecost'),
    },
    // Never null in FOCUS: one that is stays null, and is counted.
    needed: ['billed_cost', 'effective_cost'],
    parts: '',
    charge: {
      service_category: 'service_category',
      service_subcategory: 'service_subcategory',
      charge_category: 'charge_category',
      charge_class: 'charge_class',
      charge_frequency: 'charge_frequency',
      line_type: unknown,
      commitment_status: 'commitment_status',
      list_cost: 'list_cost',
      contracted_cost: 'contracted_cost',
      billed_cost: 'billed_cost',
      effective_cost: 'effective_cost',
      unblended_cost: none,
      amortised_cost: none,
      upfront_fee_cost: none,
      trueup_cost: none,
    },
  };
}
