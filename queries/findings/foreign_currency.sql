-- One row per connection and currency that cannot be added to the others on some days: no rate of theirs stands in fx.csv.
with lines as (
    select
        billing_currency,
        row_number() over (order by count(*) desc, billing_currency) as line_rank
    from allocated_cost
    group by billing_currency
),

-- Amounts of two currencies cannot be compared, so it is lines that are counted.
main_currency as (
    select billing_currency
    from lines
    where line_rank = 1
),

foreign_days as (
    select
        c.connection_id,
        c.provider,
        c.billing_currency,
        c.reporting_currency,
        -- Where nobody has named a currency, it is that of most lines.
        coalesce(c.reporting_currency, m.billing_currency) as wanted_currency,
        c.allocated_cost,
        c.day
    from cost_in_reporting_currency as c
    cross join main_currency as m
    where c.rate is null
),

unrated as (
    select
        connection_id,
        provider,
        billing_currency,
        reporting_currency,
        wanted_currency,
        cast(sum(allocated_cost) as decimal(28,10)) as allocated_cost,
        count(distinct day) as day_count,
        min(day) as first_day,
        max(day) as last_day
    from foreign_days
    where billing_currency <> wanted_currency
    group by connection_id, provider, billing_currency, reporting_currency, wanted_currency
)

select
    case
        when reporting_currency is null
            then connection_id || ' bills in ' || billing_currency || ', most others in ' || wanted_currency
                || ': these are not added; rates of fx.csv would tell them in one currency'
        else connection_id || ' bills in ' || billing_currency || ', and fx.csv has no rate to ' || reporting_currency
            || ' for ' || cast(day_count as varchar) || ' days from ' || cast(first_day as varchar) || ' to '
            || cast(last_day as varchar) || ': these are not added'
    end as says,
    connection_id,
    provider,
    billing_currency,
    wanted_currency as reporting_currency,
    allocated_cost,
    day_count,
    first_day,
    last_day
from unrated
