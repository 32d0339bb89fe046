-- One row per line of a vendor's ledger. What the line does not tell stays null; what it tells is in the words of the price list, a dated id of a model without its date.
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
    coalesce(nullif(regexp_extract(model, '^(.+)-\d{4}-\d{2}-\d{2}$', 1), ''), model) as model,
    case
        when service_tier = 'default' then 'standard'
        else service_tier
    end as service_tier,
    speed,
    case
        when context_window = '0-200k' then 'base'
        else context_window
    end as context_window,
    case
        when region = 'not_available' then 'global'
        else region
    end as region,
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
    sku_id
from costs
