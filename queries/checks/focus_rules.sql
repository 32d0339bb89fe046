-- No row: every row of focus_1_2 keeps the rules of FOCUS 1.2 that SQL can say.
with broken as (
    select
        billing_period,
        x_ConnectionId as connection_id,
        count_if(
            BilledCost is null
        ) as rule_1,
        count_if(
            EffectiveCost is null
        ) as rule_2,
        count_if(
            ListCost is null
        ) as rule_3,
        count_if(
            ContractedCost is null
        ) as rule_4,
        count_if(
            BillingAccountId is null or BillingAccountId = ''
        ) as rule_5,
        count_if(
            BillingCurrency is null or length(BillingCurrency) <> 3 or BillingCurrency <> upper(BillingCurrency)
        ) as rule_6,
        count_if(
            BillingPeriodEnd is null or BillingPeriodStart is null or BillingPeriodEnd <= BillingPeriodStart
        ) as rule_7,
        count_if(
            ChargePeriodEnd is null or ChargePeriodStart is null or ChargePeriodEnd <= ChargePeriodStart
        ) as rule_8,
        count_if(
            ChargeClass is null and (ChargePeriodStart < BillingPeriodStart or ChargePeriodEnd > BillingPeriodEnd)
        ) as rule_9,
        count_if(
            ChargeCategory is null or ChargeCategory not in ('Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment')
        ) as rule_10,
        count_if(
            ChargeClass <> 'Correction'
        ) as rule_11,
        count_if(
            ChargeDescription = ''
        ) as rule_12,
        count_if(
            ChargeFrequency is null or ChargeFrequency not in ('One-Time', 'Recurring', 'Usage-Based')
        ) as rule_13,
        count_if(
            ChargeCategory = 'Purchase' and ChargeFrequency = 'Usage-Based'
        ) as rule_14,
        count_if(
            ChargeCategory <> 'Usage' and ConsumedQuantity is not null
        ) as rule_15,
        count_if(
            (ConsumedUnit is null) <> (ConsumedQuantity is null)
        ) as rule_16,
        count_if(
            (PricingUnit is null) <> (PricingQuantity is null)
        ) as rule_17,
        count_if(
            ChargeCategory = 'Tax' and (PricingQuantity is not null or ListUnitPrice is not null or SkuPriceId is not null)
        ) as rule_18,
        count_if(
            (ChargeCategory = 'Tax' and PricingCategory is not null) or (ChargeCategory in ('Usage', 'Purchase') and PricingCategory is null)
        ) as rule_19,
        count_if(
            ListUnitPrice < 0 or ContractedUnitPrice < 0
        ) as rule_20,
        count_if(
            ChargeCategory = 'Usage' and CommitmentDiscountId is null and EffectiveCost <> BilledCost
        ) as rule_21,
        count_if(
            (SkuId is null) <> (SkuPriceId is null)
        ) as rule_22,
        count_if(
            (SubAccountId is null) <> (SubAccountName is null) or (SubAccountId is null) <> (SubAccountType is null)
        ) as rule_23,
        count_if(
            (RegionId is null) <> (RegionName is null)
        ) as rule_24,
        count_if(
            ProviderName is null or PublisherName is null or InvoiceIssuerName is null or ProviderName = ''
        ) as rule_25,
        count_if(
            ServiceCategory is null or (ServiceSubcategory = 'Generative AI' and ServiceCategory <> 'AI and Machine Learning')
        ) as rule_26,
        count_if(
            PricingUnit in ('1M tokens', 'MTok', '') or ConsumedUnit = ''
        ) as rule_27,
        count_if(
            (CommitmentDiscountId is null) <> (CommitmentDiscountCategory is null)
            or (CommitmentDiscountId is null) <> (CommitmentDiscountType is null)
            or (CommitmentDiscountId is null) <> (CommitmentDiscountQuantity is null)
            or (CommitmentDiscountQuantity is null) <> (CommitmentDiscountUnit is null)
        ) as rule_28,
        count_if(
            (CommitmentDiscountStatus is not null) <> (CommitmentDiscountId is not null and ChargeCategory = 'Usage')
        ) as rule_29,
        count_if(
            coalesce(PricingCategory, '') = 'Committed' and CommitmentDiscountStatus is null
            or coalesce(PricingCategory, '') <> 'Committed' and CommitmentDiscountStatus is not null
        ) as rule_30
    from focus_1_2
    group by billing_period, x_ConnectionId
),

told as (
    select
        b.billing_period,
        b.connection_id,
        r.rule,
        case r.rule_number
            when 1 then b.rule_1
            when 2 then b.rule_2
            when 3 then b.rule_3
            when 4 then b.rule_4
            when 5 then b.rule_5
            when 6 then b.rule_6
            when 7 then b.rule_7
            when 8 then b.rule_8
            when 9 then b.rule_9
            when 10 then b.rule_10
            when 11 then b.rule_11
            when 12 then b.rule_12
            when 13 then b.rule_13
            when 14 then b.rule_14
            when 15 then b.rule_15
            when 16 then b.rule_16
            when 17 then b.rule_17
            when 18 then b.rule_18
            when 19 then b.rule_19
            when 20 then b.rule_20
            when 21 then b.rule_21
            when 22 then b.rule_22
            when 23 then b.rule_23
            when 24 then b.rule_24
            when 25 then b.rule_25
            when 26 then b.rule_26
            when 27 then b.rule_27
            when 28 then b.rule_28
            when 29 then b.rule_29
            when 30 then b.rule_30
        end as row_count
    from broken as b
    cross join unnest(
        array[
            'BilledCost is not null',
            'EffectiveCost is not null',
            'ListCost is not null',
            'ContractedCost is not null',
            'BillingAccountId is not null and not empty',
            'BillingCurrency has three capital letters',
            'BillingPeriodEnd is after BillingPeriodStart',
            'ChargePeriodEnd is after ChargePeriodStart',
            'the charge period lies in the billing period unless the charge is a correction',
            'ChargeCategory is one of FOCUS''s',
            'ChargeClass is Correction or null',
            'ChargeDescription is not empty',
            'ChargeFrequency is one of FOCUS''s',
            'a purchase is not Usage-Based',
            'ConsumedQuantity stands on usage alone',
            'ConsumedUnit is null exactly when ConsumedQuantity is',
            'PricingUnit is null exactly when PricingQuantity is',
            'a tax has no PricingQuantity, unit prices or SKU',
            'PricingCategory is null for a tax and not for usage or purchase',
            'unit prices are not negative',
            'usage that covers nothing costs what is billed',
            'SkuId and SkuPriceId are told together',
            'SubAccountName and SubAccountType are null exactly when SubAccountId is',
            'RegionName is null exactly when RegionId is',
            'ProviderName, PublisherName, InvoiceIssuerName are not empty',
            'ServiceSubcategory belongs to ServiceCategory',
            'units are plural words, with a whole number before them at most',
            'what is told of a commitment is told with its CommitmentDiscountId',
            'CommitmentDiscountStatus stands on usage of a commitment alone',
            'PricingCategory is Committed exactly where a commitment covers'
        ]
    ) with ordinality as r(rule, rule_number)
),

sku_prices as (
    select
        SkuPriceId as id,
        'SkuPriceId has one SkuId' as rule
    from focus_1_2
    where SkuPriceId is not null
    group by SkuPriceId
    having min(SkuId) <> max(SkuId)
),

-- Products are compared as sums, each unit price by itself: exact, and one multiplication a price.
prices_told as (
    select
        billing_period,
        x_ConnectionId as connection_id,
        ListUnitPrice as list_price,
        ContractedUnitPrice as contracted_price,
        cast(sum(PricingQuantity) as decimal(24,12)) as quantity,
        sum(ListCost) as list_cost,
        sum(ContractedCost) as contracted_cost
    from focus_1_2
    where ChargeClass is null and PricingQuantity is not null
    group by billing_period, x_ConnectionId, ListUnitPrice, ContractedUnitPrice
),

-- A price of more than eight places would not fit beside the quantity.
products as (
    select
        t.*,
        case when try_cast(list_price as decimal(14,8)) = list_price then quantity * try_cast(list_price as decimal(14,8)) end as list_product,
        case
            when try_cast(contracted_price as decimal(14,8)) = contracted_price
                then quantity * try_cast(contracted_price as decimal(14,8))
        end as contracted_product
    from prices_told as t
),

services as (
    select
        ServiceName as id,
        'ServiceName has one ServiceCategory' as rule
    from focus_1_2
    group by ServiceName
    having min(ServiceCategory) <> max(ServiceCategory)
)

select
    'FOCUS wants: ' || rule || '; ' || cast(row_count as varchar) || ' rows of ' || connection_id || ' in '
    || billing_period || ' do not keep it' as says,
    rule,
    billing_period,
    connection_id,
    cast(row_count as bigint) as row_count
from told
where row_count > 0

union all

select
    'FOCUS wants: ListCost and ContractedCost are their unit price times PricingQuantity; not so for ' || connection_id
    || ' in ' || billing_period || ' at ' || cast(list_price as varchar) as says,
    'costs are unit price times PricingQuantity' as rule,
    billing_period,
    connection_id,
    cast(null as bigint) as row_count
from products
where list_product <> list_cost or contracted_product <> contracted_cost

union all

select
    'FOCUS wants: ' || rule || '; not so for ' || id as says,
    rule,
    cast(null as varchar) as billing_period,
    cast(null as varchar) as connection_id,
    cast(null as bigint) as row_count
from (
    select
        id,
        rule
    from sku_prices

    union all

    select
        id,
        rule
    from services
) as others
