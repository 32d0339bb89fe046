-- One row per charge that a vendor has billed, with every column that a version of FOCUS wants of it; what the ledger does not have yet is left out. Names stay ids: this lake keeps names apart.
with named as (
    select
        h.*,
        m.consumed_unit,
        m.pricing_unit,
        m.sku_meter,
        -- A tax is of no SKU.
        case
            when h.charge_category <> 'Tax'
                then coalesce(h.model || '-' || h.meter, h.sku_id, h.model, h.meter, h.charge_description)
        end as sku,
        case when h.charge_category <> 'Tax' then h.model end as sku_model,
        -- What is drawn from money paid before, that money itself, and what of it was not used.
        case
            when h.charge_category = 'Usage' or (h.charge_category = 'Purchase' and h.meter is null) then h.contract_id
        end as commitment_id,
        case when h.charge_category = 'Purchase' then h.billed_cost else h.effective_cost end as commitment_cost,
        case
            when h.provider = 'anthropic' then 'Anthropic'
            when h.provider = 'openai' then 'OpenAI'
            when h.provider = 'cursor' then 'Cursor'
            when h.provider = 'copilot' then 'GitHub'
            when h.provider = 'chatgpt' then 'OpenAI'
            when h.provider = 'devin' then 'Cognition'
            when h.provider = 'openrouter' then 'OpenRouter'
            when h.provider = 'litellm' then 'LiteLLM'
            else h.provider
        end as provider_name,
        case
            when h.provider = 'anthropic' then 'Claude API'
            when h.provider = 'openai' then 'OpenAI API'
            when h.provider = 'cursor' then 'Cursor'
            when h.provider = 'copilot' then 'GitHub Copilot'
            when h.provider = 'chatgpt' then 'ChatGPT Enterprise'
            when h.provider = 'devin' then 'Devin'
            when h.provider = 'openrouter' then 'OpenRouter'
            when h.provider = 'litellm' then 'LiteLLM'
            else h.provider
        end as service_name,
        case
            when h.provider = 'openai' then 'Project'
            when h.provider = 'copilot' then 'Organization'
            else 'Workspace'
        end as sub_account_type,
        -- One block is 1, 1000 or 1000000 units: multiplied, for division is not exact.
        case
            when m.block = 1000000 then cast('0.000001' as decimal(10,6))
            when m.block = 1000 then cast('0.001' as decimal(10,6))
            when m.block = 1 then cast('1' as decimal(10,6))
        end as block_share,
        m.block,
        case when h.contracted_cost = h.list_cost then 'yes' else 'no' end as is_undiscounted
    from charges as h
    left join meters as m
        on m.meter = h.meter
    where h.status = 'billed'
),

called as (
    select
        n.*,
        cast(n.quantity * n.block_share as decimal(38,12)) as pricing_quantity,
        cast(n.list_unit_price * n.block as decimal(28,14)) as listed_price
    from named as n
)

select
    c.billing_period,
    cast(null as varchar) as AllocatedMethodDetails,
    cast(null as varchar) as AllocatedMethodId,
    cast(null as varchar) as AllocatedResourceId,
    cast(null as varchar) as AllocatedResourceName,
    cast(null as map(varchar, varchar)) as AllocatedTags,
    cast(null as varchar) as AvailabilityZone,
    c.billed_cost as BilledCost,
    coalesce(c.account_id, c.connection_id) as BillingAccountId,
    cast(null as varchar) as BillingAccountName,
    'Organization' as BillingAccountType,
    c.billing_currency as BillingCurrency,
    cast(cast(cast(date_trunc('month', c.day) as date) + interval '1' month as date) as timestamp(3)) as BillingPeriodEnd,
    cast(cast(date_trunc('month', c.day) as date) as timestamp(3)) as BillingPeriodStart,
    cast(null as varchar) as CapacityReservationId,
    cast(null as varchar) as CapacityReservationStatus,
    c.charge_category as ChargeCategory,
    c.charge_class as ChargeClass,
    coalesce(c.charge_description, c.sku_meter, c.meter) as ChargeDescription,
    c.charge_frequency as ChargeFrequency,
    cast(cast(c.day + interval '1' day as date) as timestamp(3)) as ChargePeriodEnd,
    cast(c.day as timestamp(3)) as ChargePeriodStart,
    case when c.commitment_id is not null then 'Spend' end as CommitmentDiscountCategory,
    c.commitment_id as CommitmentDiscountId,
    c.commitment_id as CommitmentDiscountName,
    case
        when c.commitment_id is null then cast(null as decimal(28,6))
        -- What fits into eighteen digits is rounded in a tenth of the time.
        when c.commitment_cost between -10000000 and 10000000
            then cast(cast(cast(c.commitment_cost as decimal(18,10)) as decimal(18,6)) as decimal(28,6))
        else cast(c.commitment_cost as decimal(28,6))
    end as CommitmentDiscountQuantity,
    case
        when c.commitment_id is null or c.charge_category <> 'Usage' then cast(null as varchar)
        when c.reason = 'unused_commitment' then 'Unused'
        else 'Used'
    end as CommitmentDiscountStatus,
    case when c.commitment_id is not null then 'Contract' end as CommitmentDiscountType,
    case when c.commitment_id is not null then c.billing_currency end as CommitmentDiscountUnit,
    cast(null as varchar) as CommitmentProgramEligibilityDetails,
    case when c.charge_category = 'Usage' then c.quantity end as ConsumedQuantity,
    case when c.charge_category = 'Usage' and c.quantity is not null then c.consumed_unit end as ConsumedUnit,
    cast(null as varchar) as ContractApplied,
    coalesce(c.contracted_cost, c.effective_cost) as ContractedCost,
    case when c.is_undiscounted = 'yes' then c.listed_price end as ContractedUnitPrice,
    c.effective_cost as EffectiveCost,
    c.provider_name as HostProviderName,
    c.invoice_id as InvoiceId,
    cast(null as varchar) as InvoiceDetailId,
    c.provider_name as InvoiceIssuerName,
    coalesce(c.list_cost, c.contracted_cost, c.effective_cost) as ListCost,
    c.listed_price as ListUnitPrice,
    case
        when c.charge_category = 'Usage' and c.commitment_id is not null then 'Committed'
        when c.charge_category in ('Usage', 'Purchase') then 'Standard'
    end as PricingCategory,
    c.billing_currency as PricingCurrency,
    case when c.is_undiscounted = 'yes' then c.listed_price end as PricingCurrencyContractedUnitPrice,
    c.effective_cost as PricingCurrencyEffectiveCost,
    c.listed_price as PricingCurrencyListUnitPrice,
    c.pricing_quantity as PricingQuantity,
    case when c.pricing_quantity is not null then c.pricing_unit end as PricingUnit,
    c.provider_name as ProviderName,
    c.provider_name as PublisherName,
    case when c.region <> 'global' then c.region end as RegionId,
    case when c.region <> 'global' then c.region end as RegionName,
    cast(null as varchar) as ResourceId,
    cast(null as varchar) as ResourceName,
    cast(null as varchar) as ResourceType,
    'AI and Machine Learning' as ServiceCategory,
    c.service_name as ServiceName,
    c.provider_name as ServiceProviderName,
    'Generative AI' as ServiceSubcategory,
    c.sku as SkuId,
    c.sku_meter as SkuMeter,
    k.price_details as SkuPriceDetails,
    c.sku || '-' || coalesce(c.service_tier, 'standard') || '-' || coalesce(c.speed, 'standard') || '-'
    || coalesce(c.region, 'global') || '-' || coalesce(c.context_window, 'base') as SkuPriceId,
    c.workspace_id as SubAccountId,
    c.workspace_id as SubAccountName,
    case when c.workspace_id is not null then c.sub_account_type end as SubAccountType,
    cast(null as map(varchar, varchar)) as Tags,
    c.basis as x_Basis,
    c.connection_id as x_ConnectionId,
    c.credential_id as x_CredentialId,
    c.principal_id as x_PrincipalId,
    c.reason as x_Reason,
    c.source as x_SourceId,
    c.status as x_Status
from called as c
left join sku_details as k
    on
        k.billing_period = c.billing_period
        and k.provider = c.provider
        and k.model = c.sku_model
        and k.meter = coalesce(c.meter, '')
