import type { FileFacts, FunctionFacts, Value } from "../../model/facts";
import type { FunctionSummary } from "../../model/fileSummary";
import { walkSteps } from "../../model/walkSteps";

/** What summaries leave out of the rows that are saved. */
export interface RowNotes {
  /** Calls that save an object which is written in place and has no id yet: where they start. */
  news: readonly number[];
}

export const detectorId = "unbounded-fan-out";

export function notesOf({ observations }: FunctionSummary): Partial<RowNotes> {
  return (observations[detectorId] as RowNotes | undefined) ?? {};
}

/** `this.calls.save({ ship, quay })`: with an id it would be there already. */
export function rowNotes({ steps }: FunctionFacts, { language }: FileFacts): RowNotes | undefined {
  if (language !== "typescript" && language !== "javascript") return undefined;
  const news: number[] = [];
  walkSteps(steps, (step) => {
    if (step.kind === "call" && /\.save$/.test(step.callee) && isNewRow(step.arguments[0])) news.push(step.start);
  });
  return news.length > 0 ? { news } : undefined;
}

function isNewRow(given: Value | undefined): boolean {
  return (
    given?.kind === "composite" &&
    given.form === "object" &&
    given.parts.length > 0 &&
    given.keys?.length === given.parts.length &&
    !given.keys.some((key) => key.kind === "path" && /^_?(?:id|uuid|pk)$/.test(key.path)) &&
    !given.parts.some((part) => part.kind === "operation" && part.operator === "...")
  );
}
