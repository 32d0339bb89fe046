import type { ReportData } from './data.ts';
import type { Labelled, Labels } from './labels.ts';
import { nameOf } from './labels.ts';

/** What a panel draws from: figures, and the names that are put on only now. */
export interface View {
  readonly data: ReportData;
  readonly labels: Labels;
  /** Whether single people are shown, by handle. */
  readonly showPeople: boolean;
}

/** The words for what nobody owns. */
export const NOBODY = 'No owner yet';

/** The name of an id; people are nobody in particular where they are hidden. */
export function name({ labels, showPeople }: View, kind: Labelled, id: string): string {
  return kind === 'person' && !showPeople ? 'a person' : nameOf(labels, kind, id);
}

// Pseudonyms as the lake writes them: of an address, a vendor's user, a login.
const PSEUDONYM = /\b[pul]_[0-9a-f]{16,64}\b/g;

/** What a finding says, with people under the names that the page gives them. */
export const spoken = (view: View, says: string): string => says.replace(PSEUDONYM, (id) => name(view, 'person', id));

/** The name of a team, or of nobody. */
export const teamName = (view: View, id: string | null): string => (id === null ? NOBODY : name(view, 'team', id));

/** The choice of team, vendor and model in words; empty for all. */
export function scopeWords(view: View): string {
  const { team, vendor, model } = view.data.filters;
  return [
    team === null ? '' : name(view, 'team', team),
    vendor === null ? '' : name(view, 'provider', vendor),
    model ?? '',
  ]
    .filter((words) => words !== '')
    .join(' · ');
}

/** The name of a colour of the spend picture. */
export function seriesName(view: View, id: string): string {
  if (id === 'other') return 'All other';
  if (view.data.filters.by === 'vendor') return name(view, 'provider', id);
  if (view.data.filters.by === 'basis') return capitalised(id);
  return id === '' ? 'No model named' : id;
}

/** Words with a capital at the beginning. */
export const capitalised = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
