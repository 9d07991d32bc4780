import type { FileFacts, FunctionFacts } from "./facts";
import type { FileSummary, FunctionSummary } from "./fileSummary";
import { closeFile } from "./origins";

/** Notes taken of one function while its steps are at hand. */
export type Observe = (facts: FunctionFacts, file: FileFacts) => Readonly<Record<string, unknown>>;

/** Drops the steps of a file and keeps what the linked model and the detectors need. */
export function summarizeFile(facts: FileFacts, observe: Observe): FileSummary {
  const closed = closeFile(facts);
  const functions = facts.functions.map((fn, index): FunctionSummary => {
    const { steps: _, ...kept } = fn;
    return { ...kept, ...(closed.functions[index] as object), observations: observe(fn, facts) } as FunctionSummary;
  });
  const { steps: _, ...kept } = facts;
  // A workspace has more text in comments than in everything else that is kept.
  const comments = facts.comments.filter(({ text }) => text.includes("fathom:"));
  return { ...kept, comments, functions, calls: closed.calls };
}
