import type { Table } from '../../../shared/table.ts';

/**
 * What Cloud Intelligence Dashboards look for and want, as their framework has it in August 2026: the columns that an
 * external table of any database of Glue must all have to be taken, and the columns and types of the view over those.
 * https://github.com/aws-solutions-library-samples/cloud-intelligence-dashboards-framework:
 * cid/helpers/focus_consolidation.py, dashboards/focus/focus.yaml.
 */
const LOOKED_FOR = (
  'billedcost billingaccountid billingcurrency billingperiodstart chargecategory chargedescription chargeperiodstart ' +
  'commitmentdiscountcategory commitmentdiscountid commitmentdiscountname effectivecost listcost listunitprice ' +
  'pricingcategory pricingquantity pricingunit servicecategory servicename skuid skupriceid subaccountid'
).split(' ');

const DOUBLES =
  'billedcost commitmentdiscountquantity consumedquantity contractedcost contractedunitprice effectivecost listcost ' +
  'listunitprice pricingcurrencycontractedunitprice pricingcurrencyeffectivecost pricingcurrencylistunitprice pricingquantity';
const TIMESTAMPS = 'billingperiodend billingperiodstart chargeperiodend chargeperiodstart';
const TEXTS =
  'availabilityzone billingaccountid billingaccountname billingaccounttype billingcurrency capacityreservationid ' +
  'capacityreservationstatus chargecategory chargeclass chargedescription chargefrequency commitmentdiscountcategory ' +
  'commitmentdiscountid commitmentdiscountname commitmentdiscounttype commitmentdiscountunit commitmentdiscountstatus ' +
  'consumedunit invoiceid invoiceissuername pricingcategory pricingcurrency pricingunit providername publishername ' +
  'regionid regionname resourceid resourcename resourcetype servicecategory servicename servicesubcategory skuid skumeter ' +
  'skupriceid subaccountid subaccountname subaccounttype billing_period';
const types = (names: string, type: string): [string, string][] => names.split(' ').map((name) => [name, type]);

/** Columns of the consolidated view, with the types of Glue that are taken without a cast. */
export const CONSOLIDATED: ReadonlyMap<string, string> = new Map([
  ...types(DOUBLES, 'double'),
  ...types(TIMESTAMPS, 'timestamp'),
  ...types('skupricedetails tags', 'map<string,string>'),
  ...types(TEXTS, 'string'),
]);

/** Columns of a table as Glue has them, the partition's among them. */
const columnsOf = (table: Table): ReadonlyMap<string, string> =>
  new Map([
    ...Object.entries(table.columns).map(([name, { type }]) => [name, type] as const),
    ...(table.partitioned ? [['billing_period', 'string'] as const] : []),
  ]);

/** Names of the tables that are taken for FOCUS. */
export const taken = (tables: readonly Table[]): string[] =>
  tables.filter((table) => LOOKED_FOR.every((name) => columnsOf(table).has(name))).map(({ name }) => name);

/** What of a table would not go into the view as it stands: columns that it lacks, or has in another type. */
export function unfit(table: Table): string[] {
  const has = columnsOf(table);
  return [...CONSOLIDATED].flatMap(([name, type]) => (has.get(name) === type ? [] : [`${name} is ${has.get(name)}`]));
}

/** The select that the view makes of a table whose columns all fit: each by its name, in alphabetical order. */
export const consolidation = (table: string): string =>
  `SELECT ${[...CONSOLIDATED.keys()].toSorted().join(', ')} FROM ${table}`;

/** The dashboard's summary over the view, its window of months left out: everything told apart, doubles summed. */
export const summary = (view: string): string => {
  const told = [...CONSOLIDATED].filter(([, type]) => type === 'string').map(([name]) => name);
  return `SELECT ${told.join(', ')}, CAST(billingperiodstart AS date) AS billed_from,
      CAST(date_trunc('day', chargeperiodstart) AS date) AS charged_on,
      json_format(CAST(skupricedetails AS json)) AS skupricedetails_json,
      ${DOUBLES.split(' ')
        .map((name) => `sum(${name}) AS ${name}`)
        .join(', ')}
    FROM ${view}
    WHERE CAST(concat(billing_period, '-01') AS date) >= date_trunc('month', date '2026-01-01')
    GROUP BY ${Array.from({ length: told.length + 3 }, (_, at) => at + 1).join(', ')}`;
};
