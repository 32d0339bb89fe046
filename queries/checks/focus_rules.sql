-- No row: every row of focus_1_2 keeps the rules of FOCUS 1.2 that SQL can say.
with tried as (
    select
        f.billing_period,
        f.x_ConnectionId,
        f.ChargePeriodStart,
        f.SkuId,
        r.rule
    from focus_1_2 as f
    cross join unnest(
        array[
            case
                when BilledCost is null
                    then 'BilledCost is not null'
            end,
            case
                when EffectiveCost is null
                    then 'EffectiveCost is not null'
            end,
            case
                when ListCost is null
                    then 'ListCost is not null'
            end,
            case
                when ContractedCost is null
                    then 'ContractedCost is not null'
            end,
            case
                when BillingAccountId is null or BillingAccountId = ''
                    then 'BillingAccountId is not null and not empty'
            end,
            case
                when BillingCurrency is null or length(BillingCurrency) <> 3 or BillingCurrency <> upper(BillingCurrency)
                    then 'BillingCurrency has three capital letters'
            end,
            case
                when BillingPeriodEnd is null or BillingPeriodStart is null or BillingPeriodEnd <= BillingPeriodStart
                    then 'BillingPeriodEnd is after BillingPeriodStart'
            end,
            case
                when ChargePeriodEnd is null or ChargePeriodStart is null or ChargePeriodEnd <= ChargePeriodStart
                    then 'ChargePeriodEnd is after ChargePeriodStart'
            end,
            case
                when ChargeClass is null and (ChargePeriodStart < BillingPeriodStart or ChargePeriodEnd > BillingPeriodEnd)
                    then 'the charge period lies in the billing period unless the charge is a correction'
            end,
            case
                when ChargeCategory is null or ChargeCategory not in ('Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment')
                    then 'ChargeCategory is one of FOCUS''s'
            end,
            case
                when ChargeClass <> 'Correction'
                    then 'ChargeClass is Correction or null'
            end,
            case
                when ChargeDescription = ''
                    then 'ChargeDescription is not empty'
            end,
            case
                when ChargeFrequency is null or ChargeFrequency not in ('One-Time', 'Recurring', 'Usage-Based')
                    then 'ChargeFrequency is one of FOCUS''s'
            end,
            case
                when ChargeCategory = 'Purchase' and ChargeFrequency = 'Usage-Based'
                    then 'a purchase is not Usage-Based'
            end,
            case
                when ChargeCategory <> 'Usage' and ConsumedQuantity is not null
                    then 'ConsumedQuantity stands on usage alone'
            end,
            case
                when (ConsumedUnit is null) <> (ConsumedQuantity is null)
                    then 'ConsumedUnit is null exactly when ConsumedQuantity is'
            end,
            case
                when (PricingUnit is null) <> (PricingQuantity is null)
                    then 'PricingUnit is null exactly when PricingQuantity is'
            end,
            case
                when ChargeCategory = 'Tax' and (PricingQuantity is not null or ListUnitPrice is not null or SkuPriceId is not null)
                    then 'a tax has no PricingQuantity, unit prices or SKU'
            end,
            case
                when (ChargeCategory = 'Tax' and PricingCategory is not null) or (ChargeCategory in ('Usage', 'Purchase') and PricingCategory is null)
                    then 'PricingCategory is null for a tax and not for usage or purchase'
            end,
            case
                when ListUnitPrice < 0 or ContractedUnitPrice < 0
                    then 'unit prices are not negative'
            end,
            case
                when cast(cast(PricingQuantity as decimal(24,12)) * cast(ListUnitPrice as decimal(14,8)) as decimal(28,10)) <> ListCost and cast(ListUnitPrice as decimal(14,8)) = ListUnitPrice
                    then 'ListCost is ListUnitPrice times PricingQuantity'
            end,
            case
                when cast(cast(PricingQuantity as decimal(24,12)) * cast(ContractedUnitPrice as decimal(14,8)) as decimal(28,10)) <> ContractedCost and cast(ContractedUnitPrice as decimal(14,8)) = ContractedUnitPrice
                    then 'ContractedCost is ContractedUnitPrice times PricingQuantity'
            end,
            case
                when ChargeCategory = 'Usage' and CommitmentDiscountId is null and EffectiveCost <> BilledCost
                    then 'usage that covers nothing costs what is billed'
            end,
            case
                when (SkuId is null) <> (SkuPriceId is null)
                    then 'SkuId and SkuPriceId are told together'
            end,
            case
                when (SubAccountId is null) <> (SubAccountName is null) or (SubAccountId is null) <> (SubAccountType is null)
                    then 'SubAccountName and SubAccountType are null exactly when SubAccountId is'
            end,
            case
                when (RegionId is null) <> (RegionName is null)
                    then 'RegionName is null exactly when RegionId is'
            end,
            case
                when ProviderName is null or PublisherName is null or InvoiceIssuerName is null or ProviderName = ''
                    then 'ProviderName, PublisherName, InvoiceIssuerName are not empty'
            end,
            case
                when ServiceCategory is null or (ServiceSubcategory = 'Generative AI' and ServiceCategory <> 'AI and Machine Learning')
                    then 'ServiceSubcategory belongs to ServiceCategory'
            end,
            case
                when PricingUnit in ('1M tokens', 'MTok', '') or ConsumedUnit = ''
                    then 'units are plural words, with a whole number before them at most'
            end
        ]
    ) as r(rule)
    where r.rule is not null
),

sku_prices as (
    select
        SkuPriceId,
        count(distinct SkuId) as sku_count
    from focus_1_2
    where SkuPriceId is not null
    group by SkuPriceId
),

services as (
    select
        ServiceName,
        count(distinct ServiceCategory) as category_count
    from focus_1_2
    group by ServiceName
)

select
    'FOCUS: not so, that ' || rule || ', in ' || cast(count(*) as varchar) || ' rows of ' || x_ConnectionId
    || ', first on ' || substr(cast(min(ChargePeriodStart) as varchar), 1, 10) as says,
    rule,
    billing_period,
    x_ConnectionId as connection_id,
    count(*) as row_count
from tried
group by rule, billing_period, x_ConnectionId

union all

select
    'FOCUS: SkuPriceId ' || SkuPriceId || ' has more than one SkuId' as says,
    'one SkuId per SkuPriceId' as rule,
    cast(null as varchar) as billing_period,
    cast(null as varchar) as connection_id,
    sku_count as row_count
from sku_prices
where sku_count > 1

union all

select
    'FOCUS: ServiceName ' || ServiceName || ' has more than one ServiceCategory' as says,
    'one ServiceCategory per ServiceName' as rule,
    cast(null as varchar) as billing_period,
    cast(null as varchar) as connection_id,
    category_count as row_count
from services
where category_count > 1
