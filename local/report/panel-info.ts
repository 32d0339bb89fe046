/** A filter that a panel may follow. */
export type FilterName = 'period' | 'team' | 'vendor' | 'model';

/** A panel as the page, the CSV routes and dashboards know it. */
export interface PanelInfo {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly group: 'Money' | 'Value' | 'Attention' | 'Trust';
  /** The mart or exported table whose rows are the panel's CSV. */
  readonly view: string;
  /** The table that answers where a team is chosen and `view` does not know teams. */
  readonly viewOfTeam?: string;
  readonly columns: readonly string[];
  /** The columns of `viewOfTeam`, where they differ. */
  readonly columnsOfTeam?: readonly string[];
  readonly form: string;
  /** The column each filter restricts; a filter not named does not apply, and the panel says so. */
  readonly filters: Partial<Readonly<Record<FilterName, string>>>;
  /** Which rows are a chosen team's, where no column says so. */
  readonly rowsOfTeam?: (team: string) => string;
  /** Whether rows of other currencies than the page's stand in it, each in its own. */
  readonly everyCurrency?: boolean;
}

const SAID: Readonly<Record<FilterName, string>> = {
  period: 'own period',
  team: 'all teams',
  vendor: 'all vendors',
  model: 'all models',
};

/** What a panel says of chosen filters that it does not follow; the period is always chosen. */
export function ignored(
  { filters }: PanelInfo,
  chosen: Readonly<Record<Exclude<FilterName, 'period'>, string | null>>,
): string[] {
  const names: readonly FilterName[] = ['period', 'team', 'vendor', 'model'];
  return names
    .filter((name) => filters[name] === undefined && (name === 'period' || chosen[name] !== null))
    .map((name) => SAID[name]);
}
