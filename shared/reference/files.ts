import * as z from 'zod';
import {
  amount,
  currency,
  day,
  email,
  from,
  id,
  knownCurrency,
  listOf,
  optional,
  optionalAmount,
  optionalDay,
  optionalEmail,
  optionalId,
  required,
  to,
  zone,
} from './cells.ts';
import { parseCsv } from './csv.ts';
import type { Problem } from './problem.ts';

/** The columns of each file, and what a cell must be. An empty cell is null unless it says otherwise. */
export const FILES = {
  'people.csv': z.object({
    email,
    name: required,
    other_emails: listOf(email),
    logins: listOf(z.string().regex(/^[a-z_]+:.+$/, 'must be vendor:login, e.g. github:mona')),
    team: id,
    started_on: optionalDay,
    left_on: optionalDay,
    valid_from: from,
    valid_to: to,
  }),
  'teams.csv': z.object({
    team: id,
    name: required,
    parent: optionalId,
    cost_center: optional,
    owner: optionalEmail,
    time_zone: zone,
    channel: optional,
  }),
  'rules.csv': z.object({
    rule: id,
    priority: z
      .string()
      .regex(/^\d{1,9}$/, 'must be a whole number')
      .transform(Number),
    provider: optionalId,
    connection: optionalId,
    workspace: optional,
    credential: optional,
    principal: optional,
    model: optional,
    team: optionalId,
    cost_center: optional,
    project: optional,
    application: optional,
    split: z.union([
      z.literal('').transform(() => null),
      z.enum(['fixed', 'headcount', 'usage'], 'must be fixed, headcount, usage or empty'),
    ]),
    split_to: listOf(z.string().regex(/^[\w.-]+(:\d*\.?\d+)?$/, 'must be teams, or team:share, with ; between')),
    valid_from: from,
    valid_to: to,
  }),
  'budgets.csv': z.object({
    budget: id,
    scope_kind: z.enum(['company', 'cost_center', 'team'], 'must be company, cost_center or team'),
    scope: optional,
    monthly_amount: amount(10, 1n, 'must be an amount above 0'),
    currency: currency,
    valid_from: from,
    valid_to: to,
  }),
  'contracts.csv': z.object({
    contract: id,
    provider: id,
    connection: optionalId,
    product: optionalId,
    kind: z.enum(
      ['seats', 'commitment', 'prepaid', 'discount', 'tax', 'credit_price', 'biller'],
      'must be seats, commitment, prepaid, discount, tax, credit_price or biller',
    ),
    term: z
      .string()
      .transform((cell) => cell || 'month')
      .pipe(z.enum(['month', 'year', 'once'], 'must be month, year, once or empty')),
    quantity: optionalAmount(6, 'must be a number of seats, at most 6 places'),
    unit_price: optionalAmount(14, 'must be a price of one seat or credit, at most 14 places'),
    amount: optionalAmount(10, 'must be an amount, at most 10 places'),
    rate: optionalAmount(10, 'must be a share such as 0.15'),
    currency: currency,
    billed_through: optionalId,
    owner: optionalEmail,
    note: optional,
    valid_from: from,
    valid_to: to,
  }),
  'expenses.csv': z.object({
    day,
    merchant: required,
    amount: amount(10, null, 'must be an amount such as 20.00, without a thousands separator; minus for a refund'),
    currency,
    person: optionalEmail,
    provider: optionalId,
    note: optional,
  }),
  'fx.csv': z.object({
    from_currency: knownCurrency,
    to_currency: knownCurrency,
    rate: amount(10, 1n, 'must be above 0, at most 10 places: what one unit of from_currency is in to_currency'),
    origin: z.string().min(1, 'must say where the rate comes from, such as ECB monthly average'),
    valid_from: day,
    valid_to: day,
  }),
  'planned_events.csv': z.object({
    event: id,
    scope_kind: z.enum(['company', 'team', 'person', 'credential'], 'must be company, team, person or credential'),
    scope: optional,
    kind: z.enum(['holiday', 'launch', 'migration', 'expected'], 'must be holiday, launch, migration or expected'),
    starts_on: day,
    ends_on: day,
    factor: z
      .string()
      .transform((cell) => cell || '1')
      .pipe(amount(4, 0n, 'must be a factor such as 1.5')),
    note: optional,
  }),
  'prices.csv': z.object({
    provider: id,
    model: required,
    meter: id,
    service_tier: z.string().transform((cell) => cell || 'standard'),
    speed: z.string().transform((cell) => cell || 'standard'),
    region: z.string().transform((cell) => cell || 'global'),
    context_window: z.string().transform((cell) => cell || 'base'),
    unit_price: amount(14, 0n, 'must be a price of a single unit with at most 14 places'),
    valid_from: from,
    valid_to: to,
    note: optional,
  }),
} as const;

/** Name of a reference file. */
export type FileName = keyof typeof FILES;
/** A line of a file, understood. */
export type Line<F extends FileName> = z.output<(typeof FILES)[F]> & { readonly line: number };
/** All files, understood cell by cell. */
export type Lines = { readonly [F in FileName]: readonly Line<F>[] };

/** Files that must be there; the others may be left out. */
const NEEDED: readonly FileName[] = ['people.csv', 'teams.csv'];

/** Reads every file, cell by cell. */
export function readFiles(texts: Readonly<Record<string, string>>): {
  readonly lines: Lines;
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  for (const file of Object.keys(texts)) {
    if (!(file in FILES))
      problems.push(whole(file, `is not a reference file; there are ${Object.keys(FILES).join(', ')}`));
  }
  const read = <F extends FileName>(file: F): readonly Line<F>[] => {
    const text = texts[file];
    if (text === undefined) {
      if (NEEDED.includes(file)) problems.push(whole(file, 'is missing'));
      return [];
    }
    return linesOf(file, text, problems);
  };
  return {
    lines: {
      'people.csv': read('people.csv'),
      'teams.csv': read('teams.csv'),
      'rules.csv': read('rules.csv'),
      'budgets.csv': read('budgets.csv'),
      'contracts.csv': read('contracts.csv'),
      'expenses.csv': read('expenses.csv'),
      'fx.csv': read('fx.csv'),
      'planned_events.csv': read('planned_events.csv'),
      'prices.csv': read('prices.csv'),
    },
    problems,
  };
}

function linesOf<F extends FileName>(file: F, text: string, problems: Problem[]): Line<F>[] {
  const { header, lines, problems: form } = parseCsv(text);
  const columns = Object.keys(FILES[file].shape);
  const missing = columns.filter((name) => !header.includes(name));
  const unknown = header.filter((name) => !columns.includes(name));
  if (missing.length > 0)
    problems.push(whole(file, `lacks the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}`));
  if (unknown.length > 0)
    problems.push(whole(file, `has ${unknown.join(', ')}, which is no column of it; there are ${columns.join(', ')}`));
  problems.push(...form.map(({ line, says }) => ({ file, line, column: null, value: null, says })));
  if (missing.length > 0) return [];
  const understood: Line<F>[] = [];
  for (const { line, cells } of lines) {
    const parsed = FILES[file].safeParse(cells);
    // The schema is the one of this file, which its type cannot show.
    if (parsed.success) understood.push({ ...parsed.data, line } as unknown as Line<F>);
    else problems.push(...parsed.error.issues.map((issue) => ofIssue(file, line, cells, issue)));
  }
  return understood;
}

function ofIssue(
  file: string,
  line: number,
  cells: Readonly<Record<string, string>>,
  issue: z.core.$ZodIssue,
): Problem {
  const column = String(issue.path[0] ?? '');
  const inner =
    issue.code === 'invalid_union' ? issue.errors.flat().find(({ message }) => message.startsWith('must')) : undefined;
  return { file, line, column, value: cells[column] ?? null, says: inner?.message ?? issue.message };
}

const whole = (file: string, says: string): Problem => ({ file, line: null, column: null, value: null, says });
