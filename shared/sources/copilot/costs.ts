import * as z from 'zod';
import type { Pseudonyms } from '../../pseudonym.ts';
import {
  type Answer,
  type Ask,
  type Asking,
  type Connection,
  type Disguised,
  defineSource,
  type SourceRow,
} from '../../source.ts';
import { costs } from '../../tables/costs.ts';
import { addUp } from '../add-up.ts';
import { beginsDay } from '../paging.ts';
import { identityOf, once, principalOf } from '../principal.ts';
import { EXACT, isCopilot, linesOf, meterOf, usageItem } from './billed.ts';
import { afterState, creditLine, orderLater, orderReport, reportState } from './credit-report.ts';
import { daysIn, spansOf } from './months.ts';
import { byMember, question, scopeOf } from './scope.ts';

const usagePage = z
  .object({ usageItems: z.array(usageItem) })
  // The report is of all that GitHub bills; the rest of it is none of ours.
  .transform(({ usageItems }) => ({ usageItems: usageItems.filter(isCopilot) }));
const centresPage = z.object({ costCenters: z.array(z.object({ id: z.string(), name: z.string().nullable() })) });
const creditPage = z.object({ lines: z.array(creditLine) });

type Page =
  | z.infer<typeof usagePage>
  | z.infer<typeof centresPage>
  | z.infer<typeof reportState>
  | z.infer<typeof creditPage>;

const page = byMember<Page>({
  usageItems: usagePage,
  costCenters: centresPage,
  status: reportState,
  lines: creditPage,
});

/** Whether credits are read by person and model, from a report that an enterprise orders. */
const isByPerson = ({ settings }: Connection): boolean =>
  settings.enterprise !== undefined && settings.reports === 'ai_credit';

/** The usage of a cost centre, or of what has none; an organisation's as a whole. */
function usageOf({ window, connection }: Asking, centre: string | null): Ask[] {
  const { kind, billing } = scopeOf(connection);
  const filter = kind === 'enterprise' ? { cost_center_id: centre ?? 'none' } : {};
  return spansOf(window).map((span) => ({
    ...question(`${billing}/usage`, { ...span, ...filter }),
    ...(centre === null ? {} : { about: { centre } }),
  }));
}

function disguise(told: Page, names: Pseudonyms): Disguised<Page> {
  if ('costCenters' in told) {
    return {
      page: { costCenters: told.costCenters.map(({ id }) => ({ id, name: null })) },
      identities: told.costCenters.map(({ id, name }) => identityOf({ kind: 'workspace', id, label: name })),
      principals: told.costCenters.map(({ id }) => principalOf({ kind: 'workspace', id })),
    };
  }
  if (!('lines' in told)) return { page: told, identities: [] };
  // The report knows logins alone: the same hint by which the seats' accounts are linked to people.
  const people = told.lines.flatMap(({ username: login }) =>
    login === '' ? [] : [{ id: names.login('github', login), login }],
  );
  return {
    page: {
      lines: told.lines.map((line) => ({
        ...line,
        username: line.username === '' ? '' : names.login('github', line.username),
      })),
    },
    identities: once(people.map(({ id, login }) => identityOf({ kind: 'person', id, login }))),
    principals: once(people.map(({ id }) => principalOf({ kind: 'person', id, login_hint: id }))),
  };
}

function* lines(answers: readonly Answer<Page>[], { window, connection }: Asking): Generator<SourceRow<typeof costs>> {
  const { account } = scopeOf(connection);
  const wanted = new Set(daysIn(window));
  for (const { asked, page: told } of answers) {
    if ('usageItems' in told) {
      for (const item of told.usageItems) {
        const day = item.date.slice(0, 10);
        const { sku, unitType: unit, quantity } = item;
        if (!wanted.has(day) || (isByPerson(connection) && meterOf(sku, unit) === 'credits')) continue;
        const [gross, discount, net] = [item.grossAmount, item.discountAmount, item.netAmount];
        const workspace = asked.about?.centre ?? null;
        yield* linesOf({
          day,
          account,
          workspace,
          person: null,
          model: null,
          sku,
          unit,
          quantity,
          gross,
          discount,
          net,
        });
      }
    }
    if ('lines' in told) {
      for (const line of told.lines) {
        if (!wanted.has(line.date)) continue;
        yield* linesOf({
          day: line.date,
          account,
          workspace: null,
          person: line.username === '' ? null : line.username,
          // Chosen by GitHub or by the person: the model is the same.
          model: line.model.replace(/^Auto:\s*/i, '') || null,
          sku: line.sku,
          unit: line.unit_type,
          quantity: line.quantity,
          gross: line.gross_amount,
          discount: line.discount_amount,
          net: line.net_amount,
        });
      }
    }
  }
}

/** What GitHub bills for Copilot: seats, what the pool covers, what goes beyond it. */
export const copilotCosts = defineSource<typeof costs, Page>({
  id: 'copilot_costs',
  vendor: 'copilot',
  title: 'GitHub Copilot billing',
  kind: 'period',
  table: costs,
  // Lines have no time of day, and no finality is told: https://docs.github.com/en/rest/billing/usage
  settles: [1, 2, 3, 4, 5, 7, 14, 30, 'close'],
  lag: { usualHours: 24, worstHours: 72 },
  span: 31,
  reach: null,
  page,
  exact: [...EXACT],
  ask: (asking) => {
    const { window, connection } = asking;
    if (!beginsDay(window)) return [];
    const { kind, billing } = scopeOf(connection);
    // An enterprise tells one cost centre at a time: all of them, and what has none, are the whole.
    const centres = kind === 'enterprise' ? [question(`${billing}/cost-centers`)] : [];
    return [...centres, ...usageOf(asking, null), ...(isByPerson(connection) ? [orderReport(asking)] : [])];
  },
  next: ({ asked, page: told, window, connection }) => {
    if ('costCenters' in told) return told.costCenters.flatMap(({ id }) => usageOf({ window, connection }, id));
    return 'status' in told ? afterState(asked, told) : [];
  },
  refused: ({ asked, status }) => orderLater(asked, status),
  disguise,
  rows: (answers, asking) =>
    addUp(lines(answers, asking), {
      quantity: 6,
      billed_cost: 10,
      list_cost: 10,
      contracted_cost: 10,
      effective_cost: 10,
    }),
  blindSpots:
    "Invoices, taxes and what Azure bills for Copilot; the person and model of a credit, except in an enterprise with settings.reports = 'ai_credit'; the hour of use; on which days seats are posted is not documented and taken as told (https://docs.github.com/en/rest/billing/usage).",
});
