import type { Span } from "../../base/text";

/** One edit of a program's source. */
export interface Change extends Span {
  text: string;
  /** What kind of slip it is. */
  operator: MutationOperator;
}

export type MutationOperator =
  | "comparison"
  | "negation"
  | "arithmetic"
  | "logic"
  | "dropped clause"
  | "constant"
  | "default"
  | "swapped arguments"
  | "sort order"
  | "opposite call"
  | "dropped call"
  | "early return"
  | "swallowed error"
  | "left out"
  | "jump"
  | "accumulation"
  | "pattern"
  | "mixed-up name"
  | "first one left out";
