import type { Range } from "../base/text";

export type Severity = "error" | "warning" | "info";

/** Something a detector says about the code, with a witness a person can check. */
export interface Finding {
  detector: string;
  severity: Severity;
  path: string;
  /** What is underlined. */
  range: Range;
  /** Qualified symbol of the function concerned. */
  symbol: string;
  message: string;
  /** The story in steps, in reading order. */
  steps: WitnessStep[];
  /** Higher is more important; compared within one detector only. */
  rank: number;
  /** What is said in one short line above the function, where that helps who edits it: Markdown. */
  lens?: string;
  /** Edits that mend it, each on its own safe to make. */
  fixes?: readonly FindingFix[];
  /** The same as long as the finding is the same, whatever moves around it. */
  fingerprint: string;
}

export interface WitnessStep {
  path: string;
  range: Range;
  message: string;
}

export interface FindingFix {
  title: string;
  edits: readonly { path: string; range: Range; newText: string }[];
}
