/** Something that went wrong with spend, planted so that a detector can be held to it. */
export interface Incident {
  readonly kind: 'runaway_session' | 'default_model_change' | 'key_burst';
  readonly connection: string;
  readonly team: string;
  /** E-mail address of the one person behind it, if there is one. */
  readonly person: string | null;
  /** The vendor's id of the key behind it, if there is one. */
  readonly credential: string | null;
  /** First and last day, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  /** About how much more it costs than a usual time would have, in dollars. */
  readonly dollars: number;
}

/** The incidents in the form in which activity is made; day numbers, both included. */
export interface Plan {
  readonly runaway: {
    readonly person: number;
    readonly from: number;
    readonly to: number;
    readonly turnsAnHour: number;
  } | null;
  readonly modelChange: { readonly team: string; readonly from: number } | null;
  readonly burst: {
    readonly service: string;
    readonly day: number;
    readonly hours: readonly number[];
    readonly factor: number;
  } | null;
  readonly incidents: readonly Incident[];
}
