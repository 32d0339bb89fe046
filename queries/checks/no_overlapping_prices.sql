-- No row: on any day at most one price holds for a use.
with following as (
    select
        provider,
        model,
        meter,
        service_tier,
        speed,
        region,
        context_window,
        valid_from,
        valid_to,
        lead(valid_from) over (
            partition by provider, model, meter, service_tier, speed, region, context_window
            order by valid_from, valid_to
        ) as next_from
    from prices
)

select
    'two prices of ' || provider || ' ' || model || ', ' || meter || ', hold on ' || cast(next_from as varchar) as says,
    provider,
    model,
    meter,
    service_tier,
    speed,
    region,
    context_window,
    next_from as day
from following
where next_from < valid_to
