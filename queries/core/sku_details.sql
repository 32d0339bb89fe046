-- One row per month, vendor, model and meter that it has billed (no meter: empty): what FOCUS calls SkuPriceDetails. Said once for each, because a map for every charge would cost more than all its other cells.
with sold as (
    select distinct
        billing_period,
        provider,
        model,
        coalesce(meter, '') as meter
    from charges
    where status = 'billed' and charge_category <> 'Tax' and model is not null
),

developed as (
    select
        s.*,
        m.token_direction,
        m.token_cache_action,
        -- Who sells others' models does not tell who made them.
        case
            when s.provider = 'anthropic' then 'Anthropic'
            when s.provider = 'openai' then 'OpenAI'
        end as model_developer
    from sold as s
    left join meters as m
        on m.meter = s.meter
)

select
    d.billing_period,
    d.provider,
    d.model,
    d.meter,
    case
        when d.model_developer is null and d.token_direction is null then map(array['x_ModelId'], array[d.model])
        when d.token_direction is null then map(
            array['x_ModelDeveloper', 'x_ModelId'],
            array[d.model_developer, d.model]
        )
        when d.model_developer is null and d.token_cache_action is null then map(
            array['x_ModelId', 'x_TokenDirection'],
            array[d.model, d.token_direction]
        )
        when d.token_cache_action is null then map(
            array['x_ModelDeveloper', 'x_ModelId', 'x_TokenDirection'],
            array[d.model_developer, d.model, d.token_direction]
        )
        when d.model_developer is null then map(
            array['x_ModelId', 'x_TokenDirection', 'x_TokenCacheAction'],
            array[d.model, d.token_direction, d.token_cache_action]
        )
        else map(
            array['x_ModelDeveloper', 'x_ModelId', 'x_TokenDirection', 'x_TokenCacheAction'],
            array[d.model_developer, d.model, d.token_direction, d.token_cache_action]
        )
    end as price_details
from developed as d
