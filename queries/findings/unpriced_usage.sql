-- One row per vendor, model, meter, tier, speed, region and context bracket that was used and has no list price; its cost is unknown, not 0.
select
    provider || ' ' || coalesce(model, 'without a model') || ', ' || meter || ': no list price, '
    || cast(cast(sum(quantity) as decimal(28,0)) as varchar) || ' counted since ' || cast(min(day) as varchar) as says,
    provider,
    model,
    meter,
    service_tier,
    speed,
    region,
    context_window,
    cast(sum(quantity) as decimal(28,6)) as quantity,
    min(day) as first_day,
    max(day) as last_day,
    'add its price to prices.csv, or run npm run prices' as next_step
from priced_usage
where
    unit_price is null and price_note = 'no_price' and quantity > 0
    -- Usage that says itself what it costs, or is worth, needs no price.
    and claim is null
group by provider, model, meter, service_tier, speed, region, context_window
