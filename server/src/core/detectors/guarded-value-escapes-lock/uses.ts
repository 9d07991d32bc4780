import { memoized } from "../../base/memoized";
import { withElements } from "../../model/collections";
import {
  type CallSummary,
  callsOf,
  type FileSummary,
  type Flow,
  type FunctionSummary,
  flowsInside,
} from "../../model/fileSummary";
import { callersOf } from "../../model/graph/callersOf";
import { type Condition, conditionsAt } from "../../model/graph/conditionsAt";
import type { FieldAccess } from "../../model/graph/fieldAccesses";
import { type LockingFunction, lockAnalysis } from "../../model/graph/lockAnalysis";
import { loopsIn } from "../../model/link/loopPace";
import { isScript } from "../../model/scripts";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";

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

const goesThrough =
  /^(?:items|values|keys|entrySet|keySet|stream|parallelStream|forEach|iterator|listIterator|toArray|copy|toString)\b/;
const readsWhole =
  /^(?:list|tuple|sorted|dict|set|sum|min|max|any|all|jsonify|(?:new )?(?:\w+\.)*(?:ArrayList|LinkedList|HashMap|TreeMap|LinkedHashMap|HashSet|TreeSet)\b.*)$/;

/** In Python these go through a collection in one step. */
const inOneStep = /^(?:list|tuple|sorted|dict|set|frozenset)$/;

/** Whether all who call a function do nothing with what it gives. */
export function isDroppedByCallers(model: WorkspaceModel, linked: LinkedFunction): boolean {
  const calls = callersOf(model, linked).flatMap(({ linked: caller, edges }) =>
    edges.map(({ call }) => functionAt(model, caller)?.fn.calls[call]),
  );
  return calls.length > 0 && calls.every((site) => site?.dropped);
}

/** Whether somebody who calls a function goes through what it gives, or has all of it serialised, without the lock. */
export function isGoneThroughByCallers(model: WorkspaceModel, { linked, fn }: LockingFunction, lock: string): boolean {
  const locks = lockAnalysis(model);
  return callersOf(model, linked).some(({ linked: caller, edges }) => {
    const place = functionAt(model, caller);
    if (!place || locks.onEntry(caller.id).some((held) => held.lock === lock)) return false;
    const isHeld = (call: number) =>
      locks
        .regionsOf(caller.id)
        ?.at(call)
        .mayHold.some((held) => held.lock === lock) === true;
    return edges.some(({ call, runs }) => runs === "now" && !isHeld(call) && isGoneThrough(place, caller, call, fn));
  });
}

function isGoneThrough(
  { file: { language }, fn }: { file: FileSummary; fn: FunctionSummary },
  { links, reachedFrom }: LinkedFunction,
  call: number,
  giver: FunctionSummary,
): boolean {
  const { callee = "", origin = callee } = fn.calls[call] ?? {};
  // A local with a declared type is known by that.
  const typed = fn.parameters.some(({ type }) => type === giver.results[0]) ? undefined : `<${giver.results[0]}>`;
  const isIt = (path: string) => path === `${origin}()` || (giver.results.length === 1 && path === typed);
  const isGoneThroughBy = ({ callee: by, origin: from = by }: CallSummary) =>
    from.startsWith(`${origin}().`) && goesThrough.test(from.slice(origin.length + 3));
  // What answers a request gives is serialised by whoever calls it.
  const answers = reachedFrom.some(({ kind, distance }) => kind === "handler" && distance === 0);
  const loops = loopsIn(fn.flow).filter(({ over = "" }) => isIt(over) || over.startsWith(`${origin}().`));
  // One thread runs a script: others have their turns only where it waits.
  if (isScript(language)) return fn.modifiers.includes("async") && loops.some(({ body }) => callsOf(body).length > 0);
  const readsAll = ({ callee: by }: CallSummary) =>
    readsWhole.test(by) && !(language === "python" && inOneStep.test(by));
  return (
    loops.length > 0 ||
    fn.calls.some(
      (site, i) =>
        isGoneThroughBy(site) ||
        (site.arguments.some(isIt) && (links.calls[i]?.entry?.role === "serialise" || readsAll(site))),
    ) ||
    (answers && fn.returns.some(isIt))
  );
}
