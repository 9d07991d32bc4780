import { memoized } from "../../base/memoized";
import { withElements } from "../../model/collections";
import { type CallSummary, type Flow, type FunctionSummary, flowsInside } from "../../model/fileSummary";
import { type Condition, conditionsAt } from "../../model/graph/conditionsAt";
import type { FieldAccess } from "../../model/graph/fieldAccesses";
import { type LockingFunction, lockAnalysis } from "../../model/graph/lockAnalysis";
import type { WorkspaceModel } from "../../model/workspaceModel";

/** Whether an access stands in the head of a loop: it is told before the loop and written behind its start. */
export function isLoopedOver(flow: readonly Flow[], start: number): boolean {
  let isBefore = false;
  return flow.some((node) => {
    if (typeof node === "number") return false;
    if (node.kind === "read" && node.start === start) isBefore = true;
    if (node.kind === "loop" && isBefore && node.start < start) return true;
    return flowsInside(node).some((inner) => isLoopedOver(inner, start));
  });
}

/** The calls that a value is handed to, innermost first. */
export function callsAround({
  fn,
  linked,
  start,
  path,
  got,
}: FieldAccess): { site: CallSummary; role: string | undefined }[] {
  // A local with a declared type is known by that in arguments.
  const isItself = got?.path === path && !fn.calls.some((site) => site.start === start && site.callee.includes("."));
  return fn.calls.flatMap((site, i) =>
    site.start < start && start < site.end && (isItself || site.arguments.includes(path))
      ? [{ site, role: linked.links.calls[i]?.entry?.role }]
      : [],
  );
}

/** A field, or what is in one, that a function returns; `read` is what of it is told as read. */
interface Returned {
  path: string;
  read: string;
  start: number;
}

export const returnedPaths = memoized((fn: FunctionSummary): readonly Returned[] => {
  const { flow, reads } = fn;
  const found: Returned[] = [];
  const visit = (nodes: readonly Flow[]): void => {
    for (const node of nodes) {
      if (typeof node === "number") continue;
      for (const inner of flowsInside(node)) visit(inner);
      if (node.kind !== "exit") continue;
      const isOneAtMost = conditionsAt(flow, node).some(saysAtMostOne);
      for (const path of (node.values ?? []).map(withElements)) {
        const read = [path, path.replace(/(?:\[\w*\])+$/, "")].find((one) => reads.includes(one));
        if (read && !(isOneAtMost && isLengthAsked(fn, path))) found.push({ path, read, start: node.start });
      }
    }
  };
  visit(flow);
  return found;
});

/** `if len(hs) <= 1`: there is nothing to be moved about. */
function saysAtMostOne({ test, holds }: Condition): boolean {
  return holds && /^(?:len\(\w+\)|\w+\.(?:length|size\(\))) (?:<= 1|< 2|===? [01])$/.test(test);
}

function isLengthAsked({ calls, reads }: FunctionSummary, path: string): boolean {
  return (
    reads.includes(`${path}.length`) ||
    calls.some(
      ({ callee, origin = callee, arguments: given }) =>
        origin === `${path}.size` || (callee === "len" && given.includes(path)),
    )
  );
}

/** Whether all who call a function hold the lock, by what is known or by its name. */
export function isHeldByCaller(model: WorkspaceModel, lock: string, { linked, fn }: LockingFunction): boolean {
  return (
    lockAnalysis(model)
      .onEntry(linked.id)
      .some((held) => held.lock === lock) || /Locked$|_locked$/.test(fn.name)
  );
}
