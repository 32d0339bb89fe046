-- One row per line of a vendor's ledger, and whether it names a key or a person.
select
    billing_period,
    day,
    source,
    connection_id,
    provider,
    account_id,
    workspace_id,
    credential_id,
    principal_id,
    product,
    model,
    service_tier,
    speed,
    context_window,
    region,
    meter,
    quantity,
    charge_category,
    charge_frequency,
    charge_class,
    charge_description,
    billed_cost,
    list_cost,
    contracted_cost,
    effective_cost,
    billing_currency,
    invoice_id,
    sku_id,
    case
        when credential_id is not null or principal_id is not null then 'yes'
        else 'no'
    end as is_named
from stg_costs
