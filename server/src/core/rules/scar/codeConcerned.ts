import { type Range, rangeOf } from "../../base/text";
import { plainSymbol } from "../../model/declaredNames";
import type { FunctionSummary } from "../../model/fileSummary";
import { lockName } from "../../model/graph/effectText";
import { effectsOfCall } from "../../model/graph/graphFunction";
import { lockAnalysis } from "../../model/graph/lockAnalysis";
import type { LockRef } from "../../model/link/links";
import { linkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import type { Failure } from "./draftRules";

const takesTime: ReadonlySet<string> = new Set(["database", "network", "process", "file", "sleep", "wait", "channel"]);

/** Calls and functions in some lines of a file; calls first that can take long under a lock, then those under a lock. */
export function codeConcerned(model: WorkspaceModel, path: string, range: Range): Pick<Failure, "calls" | "functions"> {
  const file = model.files.get(path);
  if (!file) return { calls: [], functions: [] };
  const isIn = (start: number, end: number) => {
    const span = rangeOf(file.lineStarts, { start, end });
    return span.start.line <= range.end.line && span.end.line >= range.start.line;
  };
  const locks = lockAnalysis(model);
  const calls: { callee: string; lock?: string; weight: number }[] = [];
  const functions: string[] = [];
  file.functions.forEach((fn, index) => {
    if (!isIn(fn.start, fn.end)) return;
    const linked = linkedFunction(model, file, index);
    if (fn.name !== "") functions.push(plainSymbol(fn.symbol));
    fn.calls.forEach(({ callee, start, end }, call) => {
      if (!linked || !isIn(start, end) || linked.links.lockOperations.has(call)) return;
      const [held] = [...(locks.regionsOf(linked.id)?.at(call).mayHold ?? []), ...locks.onEntry(linked.id)];
      const isLong = effectsOfCall(model, linked, call).some(({ kind }) => takesTime.has(kind));
      const weight = (held ? 2 : 0) + (isLong ? 1 : 0);
      calls.push({ callee, weight, ...(held && { lock: lockAs(fn, held) }) });
    });
  });
  calls.sort((a, b) => b.weight - a.weight);
  return { calls: calls.map(({ weight: _, ...call }) => call), functions };
}

/** As the function itself would write it, where it can be said. */
function lockAs({ receiver }: FunctionSummary, held: LockRef): string {
  const { instance } = held;
  if (instance?.startsWith("this.") && receiver) return `${receiver.name}${instance.slice("this".length)}`;
  return lockName(held);
}
