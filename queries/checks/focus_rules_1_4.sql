-- No row: every row of focus_1_4 keeps what FOCUS 1.4 wants beyond 1.2, and its costs are those of the ledger. What both versions share stands once, and focus_rules looks at it.
with judged as (
    select
        billing_period,
        x_ConnectionId as connection_id,
        case
            when ServiceProviderName is null or ServiceProviderName = '' then 'ServiceProviderName is not null and not empty'
            when HostProviderName = '' then 'HostProviderName is not empty'
            when InvoiceIssuerName is null or InvoiceIssuerName = '' then 'InvoiceIssuerName is not null and not empty'
            when SkuPriceId is null and (ListUnitPrice is not null or ContractedUnitPrice is not null)
                then 'unit prices are null when SkuPriceId is'
            when SkuPriceId is null and SkuPriceDetails is not null then 'SkuPriceDetails is null when SkuPriceId is'
            when ChargeClass is null and ChargeCategory in ('Usage', 'Purchase') and SkuPriceId is null
                then 'usage and purchases have a SkuPriceId'
            when
                AllocatedMethodId is null
                and (AllocatedMethodDetails is not null or AllocatedResourceId is not null or AllocatedTags is not null)
                then 'what is allocated names its AllocatedMethodId'
            when AllocatedResourceName is not null and AllocatedResourceId is null
                then 'AllocatedResourceName stands beside AllocatedResourceId'
            when InvoiceDetailId is not null and InvoiceId is null then 'InvoiceDetailId stands beside InvoiceId'
            when CommitmentDiscountName is not null and CommitmentDiscountId is null
                then 'CommitmentDiscountName is null when CommitmentDiscountId is'
            when ChargeCategory = 'Purchase' and CommitmentDiscountId is not null and EffectiveCost <> 0
                then 'a purchase that covers other charges has an EffectiveCost of 0'
            when (ResourceId is null) <> (ResourceType is null) then 'ResourceType is null exactly when ResourceId is'
            when CapacityReservationId is null and CapacityReservationStatus is not null
                then 'CapacityReservationStatus is null when CapacityReservationId is'
            when ChargeCategory = 'Tax' and SkuId is not null then 'a tax has no SKU'
            when PricingCurrency is null or length(PricingCurrency) <> 3 or PricingCurrency <> upper(PricingCurrency)
                then 'PricingCurrency has three capital letters'
        end as rule
    from focus_1_4
),

ledger as (
    select
        billing_period,
        connection_id,
        billing_currency,
        cast(sum(billed_cost) as decimal(28,10)) as billed_cost,
        cast(sum(effective_cost) as decimal(28,10)) as effective_cost
    from charges
    where status = 'billed'
    group by billing_period, connection_id, billing_currency
),

told as (
    select
        billing_period,
        x_ConnectionId as connection_id,
        BillingCurrency as billing_currency,
        cast(sum(BilledCost) as decimal(28,10)) as billed_cost,
        cast(sum(EffectiveCost) as decimal(28,10)) as effective_cost
    from focus_1_4
    group by billing_period, x_ConnectionId, BillingCurrency
)

select
    'FOCUS 1.4 wants: ' || rule || '; ' || cast(count(*) as varchar) || ' rows of ' || connection_id || ' in '
    || billing_period || ' do not keep it' as says,
    rule,
    billing_period,
    connection_id
from judged
where rule is not null
group by billing_period, connection_id, rule

union all

select
    'focus_1_4 says ' || coalesce(cast(t.billed_cost as varchar), 'nothing') || ' of '
    || coalesce(l.connection_id, t.connection_id) || ' in ' || coalesce(l.billing_period, t.billing_period)
    || ', the ledger ' || coalesce(cast(l.billed_cost as varchar), 'nothing') as says,
    'BilledCost and EffectiveCost sum to the ledger' as rule,
    coalesce(l.billing_period, t.billing_period) as billing_period,
    coalesce(l.connection_id, t.connection_id) as connection_id
from ledger as l
full join told as t
    on
        t.billing_period = l.billing_period
        and t.connection_id = l.connection_id
        and t.billing_currency = l.billing_currency
where t.billed_cost is distinct from l.billed_cost or t.effective_cost is distinct from l.effective_cost
