import type { FileFacts } from "./facts";
import { walkSteps } from "./walkSteps";

/** What code calls and names, as written: on one zero-based line, or in the whole file. */
export function namesUsed(facts: FileFacts, line?: number): { calls: string[]; names: string[] } {
  const calls = new Set<string>();
  const names = new Set<string>();
  const start = line === undefined ? 0 : (facts.lineStarts[line] ?? Number.POSITIVE_INFINITY);
  const end = line === undefined ? Number.POSITIVE_INFINITY : (facts.lineStarts[line + 1] ?? Number.POSITIVE_INFINITY);
  const isHere = (offset: number) => offset >= start && offset < end;
  for (const fn of facts.functions) {
    if (isHere(fn.nameSpan.start) && fn.name) names.add(fn.name);
    if (fn.end < start || fn.start >= end) continue;
    walkSteps(fn.steps, (step) => {
      if (!isHere(step.start)) return;
      if (step.kind === "call") calls.add(step.callee);
      else if (step.kind === "read" || step.kind === "write") names.add(step.path);
    });
  }
  for (const item of [...facts.types, ...facts.constants]) if (isHere(item.start)) names.add(item.name);
  for (const item of facts.imports) if (isHere(item.start)) names.add(item.module);
  return { calls: [...calls], names: [...names] };
}
