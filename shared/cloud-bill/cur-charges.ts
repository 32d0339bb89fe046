import { NOTHING, quoted } from './expressions.ts';
import type { Form } from './lines.ts';

/** Line items that are use: only these have a quantity and a list price. */
export const USE = ['Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage', 'FlatRateSubscription'];
/** Fees for a commitment whose unused part is a charge of its own. */
export const HALVED = ['RIFee', 'SavingsPlanRecurringFee'];
/** What a commitment covers. */
const COVERED = ['SavingsPlanCoveredUsage', 'DiscountedUsage'];

/**
 * What rows of a CUR that are alike come to. A fee for a commitment is two charges: what was bought, and what of it
 * went unused.
 */
export function chargeOf(): Pick<Form, 'charge' | 'parts'> {
  const text = 'cast(null as varchar)';
  return {
    // Joined, not unnested: DuckDB makes a join of its own for every row of an unnested list.
    parts: `inner join (values ('whole', 'charge'), ('halved', 'purchase'), ('halved', 'unused')) as p(cut, part)
    on p.cut = case when r.line_type in (${quoted(HALVED)}) then 'halved' else 'whole' end`,
    charge: {
      service_category: text,
      service_subcategory: text,
      charge_category: `case
        when line_type in ('Tax', 'Credit') then line_type
        when part = 'purchase' or line_type in ('Fee', 'SavingsPlanUpfrontFee') or upfront = 'refund' then 'Purchase'
        else 'Usage'
    end`,
      charge_class: "case when line_type = 'Refund' then 'Correction' end",
      charge_frequency: `case
        when part = 'purchase' then 'Recurring'
        when line_type in ('Fee', 'SavingsPlanUpfrontFee', 'Tax', 'Credit', 'Refund') then 'One-Time'
        else 'Usage-Based'
    end`,
      line_type: 'line_type',
      commitment_status: `case
        when part = 'unused' then 'Unused'
        when line_type in (${quoted(COVERED)}) then 'Used'
    end`,
      list_cost: priced('list'),
      contracted_cost: priced('rated'),
      billed_cost: `case
        when part = 'unused' or line_type in ('SavingsPlanCoveredUsage', 'SavingsPlanNegation') then ${NOTHING}
        else net
    end`,
      effective_cost: amortised('net'),
      unblended_cost: `case when part = 'unused' then ${NOTHING} else plain end`,
      amortised_cost: amortised('plain'),
      upfront_fee_cost: `case when upfront <> 'no' then plain else ${NOTHING} end`,
      trueup_cost: `case when part = 'purchase' then trueup else ${NOTHING} end`,
    },
  };
}

/** Of use its own figure; what else is charged has no other price than what is billed. */
const priced = (figure: string): string => `case
        when part = 'charge' and line_type in (${quoted(USE)}) then ${figure}
        when part = 'unused' or line_type = 'SavingsPlanNegation' then ${NOTHING}
        else net
    end`;

/** What a charge costs with commitments spread over what they cover. */
const amortised = (figure: 'net' | 'plain'): string => `case
        when part = 'purchase' or line_type = 'SavingsPlanNegation' or upfront <> 'no' then ${NOTHING}
        when line_type in (${quoted([...COVERED, ...HALVED])}) then committed_${figure}
        else ${figure}
    end`;
