import type { FunctionId } from "../link/links";
import type { LinkedFunction, WorkspaceModel } from "../workspaceModel";
import { callersOf } from "./callersOf";
import { isConstruction } from "./construction";
import { functionsAround } from "./graphFunction";
import { holdsDuring, lockAnalysis } from "./lockAnalysis";

/**
 * Whether a lock is held where a function starts, whichever object it belongs to: on every way there that is known, on
 * those but for methods of the type with the lock that it hands on to be run by somebody nobody knows, or not.
 */
export type OnWays = "held" | "unknown" | "free";

/** Functions with more others behind them are reached in too many ways. */
const maxFunctions = 300;

/**
 * Follows the callers of a function up to where they hold a lock. Unlike the locks on entry this does without the
 * object: it gets lost on the way through a callback, or an interface that the holder implements itself.
 */
export function heldOnWays(model: WorkspaceModel, lock: string, linked: LinkedFunction): OnWays {
  const locks = lockAnalysis(model);
  const seen = new Set<FunctionId>([linked.id]);
  const waiting = [linked];
  let isHeld = false;
  let isUnknown = false;
  for (const callee of waiting) {
    if (waiting.length > maxFunctions || callee.reachedFrom.some(({ distance }) => distance === 0)) return "free";
    const callers = callersOf(model, callee);
    const others = callers.filter((caller) => !isConstruction(model, caller.linked));
    if (callers.length === 0) return "free";
    for (const { linked: caller, edges } of others.length > 0 ? others : callers) {
      for (const { call, runs } of edges) {
        const held = [
          ...(locks.regionsOf(caller.id)?.at(call).holds ?? []),
          ...holdsDuring(model, caller, call, callee.id),
        ];
        if (runs === "later") return "free";
        if (held.some((one) => one.lock === lock)) isHeld = true;
        else if (runs === "unknown") {
          if (!isOfOwner(model, lock, callee)) return "free";
          isUnknown = true;
        } else if (!seen.has(caller.id)) {
          seen.add(caller.id);
          waiting.push(caller);
        }
      }
    }
  }
  if (isUnknown) return "unknown";
  return isHeld ? "held" : "free";
}

/** Whether a function is a method of the type that has a lock, or stands in one. */
function isOfOwner(model: WorkspaceModel, lock: string, { path, index }: LinkedFunction): boolean {
  const file = model.files.get(path);
  const owners = lock.split(".").slice(-2);
  return file !== undefined && functionsAround(file, index).some(({ typeName = "" }) => owners.includes(typeName));
}
