/** What the suite inside the extension host tells the process which started it, as JSON in a file. */
export interface HostReport {
  readonly outcomes: readonly HostOutcome[];
}

export interface HostOutcome {
  readonly title: string;
  readonly state: "passed" | "failed" | "pending";
  readonly milliseconds: number;
  /** Message and stack of a failure. */
  readonly failure?: string;
}

/** Names the environment variable which holds the report's path. */
export const REPORT_VARIABLE = "FATHOM_HOST_REPORT";
