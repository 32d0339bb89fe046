import { DuckDBInstance } from '@duckdb/node-api';
import type { Stamp } from '../../../local/report/stamp.ts';
import type { QueryRow } from '../../../shared/platform.ts';
import { addDays } from '../../../shared/time.ts';

/** First and last day of the invented lake; 24 Nov 2026 is a Tuesday. */
export const FIRST = '2026-07-28';
export const END = '2026-11-24';

const TEAMS = [
  { id: 'search', name: 'Search', center: 'CC-410', people: 8, weight: 1.4 },
  { id: 'payments', name: 'Payments', center: 'CC-410', people: 9, weight: 1.3 },
  { id: 'checkout', name: 'Checkout', center: 'CC-420', people: 8, weight: 1.1 },
  { id: 'data', name: 'Data', center: 'CC-500', people: 7, weight: 1.2 },
  { id: 'support-tools', name: 'Support Tools', center: 'CC-430', people: 5, weight: 0.4 },
] as const;

const MODELS = [
  { id: 'claude-opus-5-5', provider: 'anthropic', connection: 'anthropic.main', usd: 26 },
  { id: 'claude-sonnet-5-5', provider: 'anthropic', connection: 'anthropic.main', usd: 34 },
  { id: 'claude-haiku-5-5', provider: 'anthropic', connection: 'anthropic.research', usd: 4 },
  { id: 'gpt-6.1-sol', provider: 'openai', connection: 'openai.main', usd: 13 },
  { id: 'gpt-6.1-terra', provider: 'openai', connection: 'openai.main', usd: 5 },
  { id: 'copilot-credits', provider: 'copilot', connection: 'copilot.main', usd: 7 },
] as const;

/** Copilot has told nothing after this day: late, in no total. */
export const LATE_AFTER = '2026-11-21';
/** Anthropic's bill has not come for the days after this one: estimated. */
export const BILLED_TO = '2026-11-22';

/** The AWS bill tells no day after this one. */
export const BILL_TO = '2026-11-23';

/** A person with a seat and no use, under a pseudonym as the lake writes them. */
export const IDLE = `p_${'0a'.repeat(16)}`;

const COLUMNS =
  'billing_period varchar, day date, provider varchar, connection_id varchar, workspace_id varchar, credential_id varchar, principal_id varchar, person_id varchar, team_id varchar, cost_center varchar, project varchar, application varchar, product varchar, model varchar, meter varchar, basis varchar, reason varchar, rule_id varchar, status varchar, charge_category varchar, quantity decimal(28,6), billing_currency varchar, list_cost decimal(28,10), billed_cost decimal(28,10), allocated_cost decimal(28,10)';

const list = (rows: readonly (readonly (string | number)[])[]): string =>
  rows.map((row) => `(${row.map((cell) => (typeof cell === 'number' ? cell : `'${cell}'`)).join(', ')})`).join(', ');

/** Spend of 120 days: weekday, growth, team and model make it, a hash makes it uneven, one runaway makes it real. */
const ALLOCATED = `insert into allocated_cost
  with team(id, center, people, weight) as (values ${list(TEAMS.map(({ id, center, people, weight }) => [id, center, people, weight]))}),
  model(id, provider, connection, usd) as (values ${list(MODELS.map(({ id, provider, connection, usd }) => [id, provider, connection, usd]))}),
  part(basis, share, holder) as (values ('direct', 0.5, 'person'), ('direct', 0.2, 'key'), ('derived', 0.18, 'person'), ('shared', 0.12, 'rule')),
  every_day as (
    select cast(d as date) as day, [0.1, 1.3, 1.35, 1.3, 1.25, 1, 0.12][dayofweek(d) + 1] * (0.85 + date_diff('day', date '${FIRST}', d) / 500) as scale
    from range(date '${FIRST}', date '${addDays(END, 1)}', interval 1 day) t(d)
  ),
  bought as (
    select d.day, m.id as model, m.provider, m.connection, m.usd * d.scale as usd
    from every_day d cross join model m
    where m.connection <> 'copilot.main' or d.day <= date '${LATE_AFTER}'
  ),
  spread as (
    select b.*, t.id as team, t.center, p.basis, p.holder, hash(b.day, b.model, t.id) as luck, t.people,
      p.share * (b.usd * t.weight * (0.75 + (hash(b.day, b.model, t.id) % 1000) / 2000)
        + case when t.id = 'search' and b.model = 'claude-opus-5-5' and b.day between date '2026-11-13' and date '2026-11-16' then 120 else 0 end) as cost
    from bought b cross join team t cross join part p
    union all
    select b.*, null, null, 'unattributed', 'loose', 0, 1, b.usd * 0.3 * (hash(b.day, b.model) % 1000) / 1000 from bought b where b.provider = 'openai' or b.model = 'claude-haiku-5-5'
  )
  select strftime(day, '%Y-%m'), day, provider, connection, null,
    case when holder = 'key' then 'apikey_' || team when holder = 'loose' and provider = 'openai' then 'key_nightly_eval' end,
    null, case when holder = 'person' then 'p_' || team || '_' || ((luck + case basis when 'derived' then 3 else 0 end) % people) end,
    team, center, null, null, 'api', model, 'tokens', basis, case basis when 'unattributed' then 'no_key_or_person' end,
    case holder when 'rule' then 'by-headcount' end, case when provider = 'anthropic' and day > date '${BILLED_TO}' then 'estimated' else 'billed' end,
    'Usage', 1, 'USD', round(cost, 2), case when provider = 'anthropic' and day > date '${BILLED_TO}' then 0 else round(cost, 2) end, round(cost, 2)
  from spread order by all`;

// A free seat month: it names the currency of the product and changes no sum.
const SEATS = `insert into allocated_cost (billing_period, day, provider, connection_id, person_id, team_id, cost_center, product, meter, basis, status, charge_category, quantity, billing_currency, list_cost, billed_cost, allocated_cost) values ('2026-11', date '2026-11-01', 'copilot', 'copilot.main', 'p_data_0', 'data', 'CC-500', 'copilot', 'seat_months', 'covered', 'billed', 'Purchase', 1, 'USD', 0, 0, 0)`;

const OTHER_MARTS = [
  `create table daily_cost as select billing_period, day, provider, model, basis, status, billing_currency, cast(sum(list_cost) as decimal(28,10)) list_cost, cast(sum(billed_cost) as decimal(28,10)) billed_cost, cast(sum(allocated_cost) as decimal(28,10)) allocated_cost from allocated_cost group by all`,
  'create table calendar (day date, week date, month varchar)',
  `insert into calendar select cast(d as date), cast(date_trunc('week', d) as date), strftime(d, '%Y-%m') from range(date '2026-07-01', date '2026-12-31', interval 1 day) t(d)`,
  'create table teams (team_id varchar, team_name varchar, parent_id varchar, path varchar, cost_center varchar, owner_id varchar)',
  `insert into teams values ${TEAMS.map(({ id, name, center }) => `('${id}', '${name}', null, '${id}/', '${center}', 'p_${id}_0')`).join(', ')}`,
  'create table identities (id varchar, kind varchar, source varchar, connection_id varchar, email varchar, login varchar, name varchar, label varchar)',
  `insert into identities values ${TEAMS.flatMap(({ id, people }) => Array.from({ length: people }, (_, i) => `('p_${id}_${i}', 'person', 'people', 'people', null, '${id}-0${i + 1}', null, null)`)).join(', ')}, ('${IDLE}', 'person', 'people', 'people', null, 'search-09', null, null), ('key_nightly_eval', 'service', 'openai_keys', 'openai.main', null, null, null, 'nightly_eval'), ${TEAMS.map(({ id }) => `('apikey_${id}', 'service', 'anthropic_keys', 'anthropic.main', null, null, null, 'ci-${id}')`).join(', ')}`,
  `create table budget_status as select 'ai-' || scope_id budget_id, scope_kind, scope_id, p billing_period, amount monthly_amount, spent spent_cost, cast(round(cast(spent as double) / cast(amount as double), 10) as decimal(12,10)) spent_share, case when spent >= amount then '100' when spent * 10 >= amount * 8 then '80' when spent * 2 >= amount then '50' end threshold, 'USD' billing_currency, date '${END}' as_of from (
    select 'team' scope_kind, t.team_id scope_id, a.billing_period p, cast(case t.team_id when 'search' then 3300 when 'support-tools' then 1600 else 3900 end as decimal(28,10)) amount, cast(sum(a.allocated_cost) as decimal(28,10)) spent from teams t join allocated_cost a on a.team_id = t.team_id group by all
    union all select 'company', 'company', billing_period, cast(17500 as decimal(28,10)), cast(sum(allocated_cost) as decimal(28,10)) from allocated_cost group by all)`,
  `create table cost_per_output as select team_id, week, 'pr_merged' kind, 'USD' billing_currency, spent allocated_cost, cast(spent * 0.82 as decimal(28,10)) low_cost, cast(spent * 1.05 as decimal(28,10)) high_cost, n output_count, n matched_count,
    case when n = 0 then null else cast(round(cast(spent as double) / n, 10) as decimal(28,10)) end cost_per_output, case when n = 0 then null else cast(round(cast(spent as double) * 0.82 / n, 10) as decimal(28,10)) end low_cost_per_output, case when n = 0 then null else cast(round(cast(spent as double) * 1.05 / n, 10) as decimal(28,10)) end high_cost_per_output,
    case when n = 0 then 'no merged PR' end reason, cast(null as decimal(28,10)) trend_cost_per_output, cast(0.7 as decimal(12,10)) direct_share, cast(0.18 as decimal(12,10)) derived_share, cast(0.12 as decimal(12,10)) shared_share, cast(case team_id when 'data' then 0.71 else 0.86 end as decimal(12,10)) coverage, case when week < date '2026-11-23' then 'yes' else 'no' end is_complete
    from (select a.team_id, c.week, cast(sum(a.allocated_cost) as decimal(28,10)) spent, case when a.team_id = 'support-tools' and c.week = date '2026-10-12' then 0 else cast(12 + (hash(a.team_id || c.week) % 14) as bigint) end n from allocated_cost a join calendar c on c.day = a.day where a.team_id is not null group by all)`,
  'create table incidents (incident_id varchar, version bigint, kind varchar, scope_kind varchar, scope_id varchar, team_id varchar, owner_id varchar, provider varchar, severity varchar, state varchar, opened_day date, last_day date, opened_at timestamp, changed_at timestamp, actual_cost decimal(28,10), expected_cost decimal(28,10), excess_cost decimal(28,10), baseline varchar, cause varchar, next_step varchar, note varchar)',
  `insert into incidents values
    ('INC-116', 2, 'spend_spike', 'person', 'p_search_2', 'search', 'p_search_0', 'anthropic', 'critical', 'closed', '2026-11-13', '2026-11-16', '2026-11-13 21:15:00', '2026-11-16 08:00:00', 512.40, 32.40, 480.00, 'median of 28 days $8.10, bound $24.00', 'One session ran through the weekend on claude-opus-5-5.', 'Set a session budget of $40.', 'stopped on Monday'),
    ('INC-118', 1, 'spend_spike', 'team', 'data', 'data', 'p_data_0', 'openai', 'warning', 'open', '2026-11-19', '2026-11-24', '2026-11-19 14:05:00', '2026-11-19 14:05:00', 389.10, 244.10, 145.00, 'same weekday, median of 4 weeks $44.20, bound $61.00', 'gpt-6.1-sol rose from 20 to 46 requests a person.', 'Ask data-02 about the new agent loop.', null),
    ('INC-117', 1, 'key_burst', 'credential', 'key_nightly_eval', null, null, 'openai', 'critical', 'open', '2026-11-20', '2026-11-21', '2026-11-20 03:20:00', '2026-11-20 03:20:00', 96.30, 0, 96.30, 'no use in the 60 days before', null, 'Assign the key to a team, or revoke it.', null),
    ('INC-109', 3, 'spend_spike', 'team', 'payments', 'payments', 'p_payments_0', 'anthropic', 'info', 'expected', '2026-10-15', '2026-10-16', '2026-10-15 10:00:00', '2026-10-16 10:00:00', 210.00, 122.00, 88.00, 'same weekday, median of 4 weeks $61.00', 'Planned migration.', 'Nothing; it was planned.', 'migration of the ledger')`,
  `create table unassigned as select 'key' kind, 'key_nightly_eval' id, 'openai' provider, 'openai.main' connection_id, cast(sum(allocated_cost) as decimal(28,10)) allocated_cost, min(day) first_day, max(day) last_day, 'p_data_1' last_principal_id, 'data' likely_team_id, cast(0.71 as decimal(12,10)) likelihood, 'Assign the key to a team, or revoke it.' next_step, 'key_nightly_eval spends without an owner' says from allocated_cost where credential_id = 'key_nightly_eval'`,
  'create table data_freshness (source varchar, connection_id varchar, provider varchar, target varchar, last_whole_day date, complete_through timestamp, state varchar, late_day_count bigint, restated_count bigint, row_count bigint, message varchar)',
  `insert into data_freshness values
    ('anthropic_costs', 'anthropic.main', 'anthropic', 'costs', '${BILLED_TO}', '2026-11-23 00:00:00', 'on_time', 0, 0, 9120, null),
    ('anthropic_usage', 'anthropic.main', 'anthropic', 'usage', '${END}', '2026-11-25 00:00:00', 'on_time', 0, 2, 41862, null),
    ('copilot_costs', 'copilot.main', 'copilot', 'costs', '${LATE_AFTER}', '2026-11-22 00:00:00', 'late', 3, 0, 7012, 'HTTP 403: the key lacks organisation billing read.'),
    ('github_pull_requests', 'github.main', 'github', 'outputs', '${END}', '2026-11-25 00:00:00', 'on_time', 0, 0, 2890, null),
    ('openai_costs', 'openai.main', 'openai', 'costs', '${END}', '2026-11-25 00:00:00', 'on_time', 0, 0, 2120, null),
    ('openai_usage', 'openai.main', 'openai', 'usage', '${END}', '2026-11-25 00:00:00', 'on_time', 0, 0, 14020, null)`,
  `create table ai_and_cloud_cost as select billing_period, day, 'ledger' door, provider, cast(null as varchar) biller, connection_id billing_account_id, connection_id account_id, provider service_name, 'AI and Machine Learning' service_category, 'Generative AI' service_subcategory, cast(null as varchar) region_id, charge_category, 'yes' is_ai, team_id, cost_center, basis, reason, rule_id, status, billing_currency, cast(sum(list_cost) as decimal(28,10)) list_cost, cast(sum(billed_cost) as decimal(28,10)) billed_cost, cast(sum(allocated_cost) as decimal(28,10)) effective_cost from allocated_cost group by all`,
  `insert into ai_and_cloud_cost select strftime(d, '%Y-%m'), cast(d as date), 'aws_bill', 'aws', s.biller, '111122223333', '444455556666', s.name, s.category, null, 'eu-central-1', 'Usage', s.ai, s.team, null, case when s.team is null then 'unattributed' else 'direct' end, case when s.team is null then 'no_tag' end, null, 'billed', 'USD', s.cost, s.cost, s.cost
    from range(date '${FIRST}', date '${addDays(BILL_TO, 1)}', interval 1 day) t(d) cross join (values
      ('Amazon Elastic Compute Cloud', 'AWS', 'Compute', 'no', 'search', 1210.25), ('Amazon Elastic Compute Cloud', 'AWS', 'Compute', 'no', 'data', 640.5), ('AmazonCloudWatch', 'AWS', 'Management and Governance', 'no', null, 80.125),
      ('Amazon Bedrock', 'AWS', 'AI and Machine Learning', 'yes', 'search', 22.5), ('Claude Platform on AWS', 'AWS Marketplace', 'AI and Machine Learning', 'yes', null, 12.75)) s(name, biller, category, ai, team, cost)`,
  "insert into budget_status values ('euro', 'cost_center', 'CC-500', '2026-11', 1000, 820, 0.82, '80', 'EUR', date '2026-11-25')",
  `create table model_mix as select cast(date_trunc('week', day) as date) as week, provider, model, billing_currency, cast(sum(allocated_cost) as decimal(28,10)) allocated_cost, cast(null as decimal(28,10)) as share, cast(1000000 as decimal(28,6)) quantity_tokens, cast(case model when 'claude-opus-5-5' then 4.125 end as decimal(28,6)) cost_per_mtok, cast(case model when 'claude-opus-5-5' then 5.5 end as decimal(28,6)) list_cost_per_mtok from allocated_cost where model is not null group by all`,
  'create table cache_efficiency (team_id varchar, week date, provider varchar, model varchar, read_tokens decimal(28,6), write_tokens decimal(28,6), input_tokens decimal(28,6), read_share decimal(28,10), baseline_share decimal(28,10), waste_cost decimal(28,6))',
  `insert into cache_efficiency values
    ('data', '2026-11-09', 'anthropic', 'claude-opus-5-5', 900, 50, 50, 0.9, 0.9, 0),
    ('data', '2026-11-16', 'anthropic', 'claude-opus-5-5', 300, 100, 600, 0.3, 0.9, 145.5),
    ('data', '2026-11-16', 'openai', 'gpt-6.1-sol', 500, 0, 500, 0.5, null, null),
    ('data', '2026-11-23', 'anthropic', 'claude-opus-5-5', 1, 0, 99, 0.01, 0.8, 999),
    ('search', '2026-11-09', 'anthropic', 'claude-sonnet-5-5', 800, 0, 200, 0.8, 0.8, 0),
    ('search', '2026-11-16', 'anthropic', 'claude-sonnet-5-5', 820, 0, 180, 0.82, 0.8, 0),
    ('payments', '2026-11-16', 'openai', 'gpt-6.1-terra', 600, 0, 400, 0.6, 0.7, null)`,
  'create table contract_status (contract_id varchar, provider varchar, connection_id varchar, product varchar, kind varchar, owner_id varchar, billing_currency varchar, amount decimal(28,10), used_amount decimal(28,10), used_share decimal(28,10), left_amount decimal(28,10), daily_amount decimal(28,6), valid_from date, valid_to date, term_from date, term_to date, run_out_on date, state varchar, as_of date)',
  `insert into contract_status values
    ('openai-credits', 'openai', 'openai.main', null, 'prepaid', 'p_data_0', 'USD', 5000, 4400, 0.88, 600, 61.5, '2026-08-01', '9999-12-31', '2026-08-01', '9999-12-31', '2026-12-04', 'runs_out', '2026-11-25'),
    ('copilot-seats', 'copilot', null, 'copilot', 'seats', 'p_search_0', 'USD', 95, 57, 0.6, 38, null, '2026-01-01', '2027-01-01', '2026-11-01', '2026-12-01', null, 'unused', '2026-11-25'),
    ('anthropic-commit', 'anthropic', 'anthropic.main', null, 'commitment', null, 'EUR', 60000, 21000, 0.35, 39000, 310, '2026-07-01', '2027-07-01', '2026-07-01', '2027-07-01', null, 'on_track', '2026-11-25')`,
  `create table low_balance as select 'the balance of openai.main has 12.50 USD left and lasts to 2026-11-30' says, 'openai' provider, 'openai.main' connection_id, cast(null as varchar) contract_id, cast(null as varchar) owner_id, 'USD' billing_currency, cast(12.5 as decimal(28,10)) left_amount, date '2026-11-30' run_out_on, cast(75 as decimal(28,6)) monthly_cost, 'top it up, or ask who spends it' next_step`,
  "insert into low_balance values ('the balance of openai-credits at openai has 600.00 USD left and lasts to 2026-12-04', 'openai', 'openai.main', 'openai-credits', 'p_data_0', 'USD', 600, '2026-12-04', 1845, 'top it up, or ask who spends it')",
  'create table price_coverage (billing_period varchar, provider varchar, connection_id varchar, model varchar, billing_currency varchar, ledger_cost decimal(28,10), priced_cost decimal(28,10), explained_share decimal(28,10), factor decimal(28,10), reason varchar)',
  `insert into price_coverage values
    ('2026-10', 'openai', 'openai.main', 'gpt-6.1-sol', 'USD', 900, 900, 1, 1, null),
    ('2026-11', 'anthropic', 'anthropic.main', 'claude-opus-5-5', 'USD', 950, 1000, 1, 0.95, null),
    ('2026-11', 'anthropic', 'anthropic.research', 'claude-opus-5-5', 'USD', 50, 50, 1, 1, null),
    ('2026-11', 'anthropic', 'anthropic.main', null, 'USD', 40.5, null, 0, null, 'no_model'),
    ('2026-11', 'openai', 'openai.main', 'gpt-6.1-sol', 'USD', 200, 100, 0.5, 2, null),
    ('2026-11', 'openai', 'openai.main', 'gpt-6.2-preview', 'USD', 30, null, 0, null, 'unpriced_usage'),
    ('2026-11', 'openai', 'openai.main', 'gpt-6.1-terra', 'EUR', 77, 77, 1, 1, 'other_currency')`,
  'create table seat_use (billing_period varchar, provider varchar, connection_id varchar, product varchar, person_id varchar, team_id varchar, seat_cost decimal(28,10), used_value decimal(28,10), last_active_on date, active_day_count bigint, state varchar)',
  `insert into seat_use values
    ('2026-11', 'copilot', 'copilot.main', 'copilot', 'p_data_0', 'data', 19, 31.5, '2026-11-20', 12, 'used'),
    ('2026-11', 'copilot', 'copilot.main', 'copilot', 'p_search_1', 'search', 19, 4.25, '2026-11-19', 3, 'used'),
    ('2026-11', 'copilot', 'copilot.main', 'copilot', '${IDLE}', 'search', 19, null, '2026-09-02', 0, 'idle'),
    ('2026-10', 'copilot', 'copilot.main', 'copilot', '${IDLE}', 'search', 19, null, '2026-09-02', 0, 'idle'),
    ('2026-11', 'cursor', 'cursor.main', 'cursor', 'p_data_1', 'data', null, null, null, 0, 'unknown')`,
  `create table idle_seats as select '${IDLE} holds a seat of copilot and has not used it since 2026-09-02: 19.00 USD a month' says, 'copilot' provider, 'copilot.main' connection_id, 'copilot' product, '${IDLE}' person_id, 'search' team_id, 'p_search_0' owner_id, 'USD' billing_currency, cast(19 as decimal(28,10)) monthly_cost, date '2026-09-02' last_active_on, 'ask whether the seat is needed; if not, take it back at the vendor' next_step`,
  "create table duplicate_tools as select 'p_data_1 holds seats of 2 coding tools, copilot and cursor among them' says, 'p_data_1' person_id, 'data' team_id, 'copilot' product, 'cursor' other_product, 'copilot' least_used_product, 2 tool_count, cast(null as varchar) billing_currency, cast(null as decimal(28,10)) monthly_cost, 'ask which one is needed' next_step",
  "create table shadow_ai as select 'somebody paid TABNINE by card' says, 'tabnine' provider, cast(null as varchar) person_id, cast(null as varchar) team_id, 'TABNINE' merchant, 'USD' billing_currency, cast(24 as decimal(28,10)) billed_cost, date '2026-11-02' first_day, date '2026-11-02' last_day, cast(24 as decimal(28,6)) monthly_cost, 'ask what it is for; approve it as a contract, or end it' next_step",
  `create table collection_status as select f.source, f.connection_id, f.provider, f.target, c.day, case when c.day <= f.last_whole_day then 'ok' when f.state = 'late' then 'refused' else 'due' end outcome, case when f.source = 'anthropic_usage' and c.day in (date '2026-11-10', date '2026-11-11') then 1 else 0 end restated_count from data_freshness f join calendar c on c.day between date '${FIRST}' and date '${END}'`,
];

/** What checks and findings said of the invented lake. */
export const STAMP: Stamp = {
  generation: 'one',
  company: 'Larkspur Goods',
  made_up: true,
  asking: false,
  collected_at: '2026-11-25T06:10:00.000Z',
  checks: [
    { name: 'totals_tie_out', says: [] },
    { name: 'spread_sums_to_ledger', says: [] },
    { name: 'no_duplicate_day', says: ['openai_usage openai.main 2026-11-03 stands twice.'] },
  ],
  findings: [
    { name: 'unpriced_usage', says: ['gpt-6.2-preview: 14 requests on 23 Nov have no price; unknown, not $0.'] },
    { name: 'late_source', says: ['copilot_costs is 3 days late.'] },
    { name: 'idle_seats', says: [`${IDLE} holds a seat of copilot and has not used it since 2026-09-02`] },
  ],
};

/** A DuckDB that holds marts as the contract names them, made from invented rows; more statements may change it. */
export async function inventedLake(
  ...more: readonly string[]
): Promise<{ rows: (sql: string) => Promise<readonly QueryRow[]> }> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run("set TimeZone = 'UTC'");
  await connection.run(`create table allocated_cost (${COLUMNS})`);
  await connection.run(ALLOCATED);
  for (const statement of [SEATS, ...OTHER_MARTS, ...more]) await connection.run(statement);
  return {
    rows: async (sql) => {
      const reader = await connection.runAndReadAll(sql);
      const names = reader.columnNames();
      return reader
        .getRows()
        .map((row) =>
          Object.fromEntries(
            names.map((name, i) => [name, row[i] === null || row[i] === undefined ? null : String(row[i])]),
          ),
        );
    },
  };
}
