import { dayNumber, dayText } from '../calendar.ts';
import { share } from '../random.ts';
import { type Cell, csvText } from './csv.ts';
import type { Person } from './people.ts';
import type { World } from './world.ts';

/** One in so many people has a seat at ChatGPT, which no usage API shows. */
const CHATGPT_ONE_IN = 5;
/** Dollars a person: committed at Anthropic a month, and paid to OpenAI before for each day of history. */
const COMMITTED = 110;
const PREPAID_A_DAY = 2.5;
/** Dollars an ACU of Devin costs by the contract of this made-up company. */
const ACU_PRICE = 2;
/** Days after the history when the prepaid balance lapses. */
const LAPSES_IN = 40;

/** What the company has agreed with its vendors. Copilot's seats are in GitHub's own ledger and so not here. */
export function contractsFile({ people, first, last }: World, head: string): string {
  const header = ['contract', 'provider', 'connection', 'product', 'kind', 'term', 'quantity', 'unit_price'];
  const rest = ['amount', 'rate', 'currency', 'billed_through', 'owner', 'note', 'valid_from', 'valid_to'];
  const begins = `${dayText(first).slice(0, 7)}-01`;
  const lead = people[0]?.email ?? head;
  const hundreds = (amount: number): number => Math.max(1, Math.round(amount / 100)) * 100;
  const seats = Math.max(2, Math.ceil(people.length / CHATGPT_ONE_IN));
  const paidBefore = hundreds(people.length * PREPAID_A_DAY * (last - first + 1));
  const rows: Cell[][] = [
    ['cursor-seats', 'cursor', 'cursor.main', 'cursor', 'seats', 'month', null, 40, null, null, null, head],
    ['chatgpt-seats', 'chatgpt', 'chatgpt.main', null, 'seats', 'month', seats, 25, null, null, null, head],
    ['chatgpt-credits', 'chatgpt', 'chatgpt.main', 'codex', 'credit_price', null, null, 0.04, null, null, null, head],
    ...['devin', 'cascade'].map((product) => {
      const id = `${product}-acus`;
      return [id, 'devin', 'devin.main', product, 'credit_price', null, null, ACU_PRICE, null, null, null, lead];
    }),
    ['openai-prepaid', 'openai', 'openai.main', null, 'prepaid', 'once', null, null, paidBefore],
    [
      'anthropic-year',
      'anthropic',
      'anthropic.main',
      null,
      'commitment',
      'month',
      null,
      null,
      hundreds(people.length * COMMITTED),
    ],
    ['cursor-discount', 'cursor', 'cursor.main', null, 'discount', null, null, null, null, 0.05, null, head],
    ['cursor-tax', 'cursor', 'cursor.main', null, 'tax', null, null, null, null, 0.08, null, head],
    ...['main', 'research', 'legacy'].map((alias) => {
      const id = `anthropic.${alias}`;
      return [`${alias}-biller`, 'anthropic', id, null, 'biller', null, null, null, null, null, id, lead];
    }),
    ['gateway-biller', 'litellm', 'litellm.main', null, 'biller', null, null, null, null, null, 'anthropic.main', lead],
  ];
  const notes: Readonly<Record<string, string>> = {
    'cursor-seats': 'as many as Cursor says are held',
    'openai-prepaid': 'lapses if unused',
    // Anthropic's own answers have its discount in them: what a vendor tells is not taken off again.
    'cursor-discount': 'agreed for the year, and on no answer of the vendor',
    'main-biller': 'billed by itself: Claude Platform in the AWS bill is another organisation, which no key here reads',
    'gateway-biller': 'its upstream keys are ours: Anthropic and OpenAI bill them',
  };
  const ends: Readonly<Record<string, string>> = { 'openai-prepaid': dayText(last + LAPSES_IN) };
  return csvText(
    [...header, ...rest],
    rows.map((row) => {
      const id = String(row[0]);
      const [upTo, through, owner] = [row.slice(0, 10), row[10] ?? null, row[11] ?? lead];
      while (upTo.length < 10) upTo.push(null);
      return [...upTo, 'USD', through, owner, notes[id] ?? null, begins, ends[id] ?? null];
    }),
  );
}

/** A tool somebody pays by card: what the statement says, and one in how many people do. */
interface Habit {
  readonly merchant: string;
  readonly oneIn: number;
  readonly amount: string;
  readonly provider: string | null;
  readonly note: string | null;
}

const habits: readonly Habit[] = [
  { merchant: 'OPENAI *CHATGPT SUBSCR', oneIn: 12, amount: '20.00', provider: null, note: null },
  { merchant: 'CLAUDE.AI SUBSCRIPTION', oneIn: 20, amount: '20.00', provider: null, note: null },
  { merchant: 'Cursor, AI Powered IDE', oneIn: 30, amount: '20.00', provider: null, note: null },
  { merchant: 'MIDJOURNEY INC.', oneIn: 40, amount: '30.00', provider: null, note: 'pictures for slides' },
  { merchant: 'PADDLE.NET* DICTATION', oneIn: 30, amount: '12.00', provider: 'dictation', note: null },
  { merchant: 'SQ *CORNER SOFTWARE', oneIn: 50, amount: '9.90', provider: null, note: 'some assistant' },
];

/** AI tools paid by card, monthly: dollars at home, euros where the card is German; one subscription came back. */
export function expensesFile({ people, setting, first, last }: World): string {
  const header = ['day', 'merchant', 'amount', 'currency', 'person', 'provider', 'note'];
  const months = [...new Set(Array.from({ length: last - first + 1 }, (_, i) => dayText(first + i).slice(0, 7)))];
  const employed = ({ startedOn, leftOn }: Person, day: number): boolean =>
    startedOn <= day && (leftOn === null || day < leftOn);
  const rows = months.flatMap((month) =>
    people.flatMap((person) =>
      habits.flatMap(({ merchant, oneIn, amount, provider, note }): { day: number; cells: Cell[] }[] => {
        if (share(setting.seed, 'card', merchant, person.index) >= 1 / oneIn) return [];
        const day = dayNumber(`${month}-01`) + Math.floor(share(setting.seed, 'card day', merchant, person.index) * 28);
        if (day < first || day > last || !employed(person, day)) return [];
        const currency = person.site.country === 'DE' ? 'EUR' : 'USD';
        return [{ day, cells: [merchant, amount, currency, person.email, provider, note] }];
      }),
    ),
  );
  const sorted = rows.toSorted((a, b) => a.day - b.day);
  const back = sorted.find(
    ({ cells }) => cells[0] === 'CLAUDE.AI SUBSCRIPTION' || cells[0] === 'OPENAI *CHATGPT SUBSCR',
  );
  if (back !== undefined) {
    const [merchant = null, amount = null, ...others] = back.cells;
    sorted.push({
      day: Math.min(last, back.day + 9),
      cells: [merchant, `-${amount}`, ...others.slice(0, 3), 'came back'],
    });
  }
  return csvText(
    header,
    sorted.toSorted((a, b) => a.day - b.day).map(({ day, cells }) => [dayText(day), ...cells]),
  );
}
