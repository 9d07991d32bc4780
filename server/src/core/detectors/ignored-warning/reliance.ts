import { lineAt } from "../../base/text";
import { commentBlocks } from "../../model/commentBlocks";
import type { FunctionSummary } from "../../model/fileSummary";
import { isConstruction } from "../../model/graph/construction";
import type { LockAnalysis } from "../../model/graph/lockAnalysis";
import type { LinkedFunction, WorkspaceModel } from "../../model/workspaceModel";
import { type CallSite, callSites } from "./callSites";

/** Callers that leave the lock to their own callers, or to nobody since nobody else has the object yet. */
export function mayRelyOnOthers(
  model: WorkspaceModel,
  locks: LockAnalysis,
  site: CallSite,
  target: FunctionSummary,
  lock: string,
): boolean {
  const { caller, fn } = site;
  return (
    !site.isReached ||
    isHandedLock(site, lock) ||
    fn.form === "closure" ||
    isConstruction(model, caller) ||
    isOnOwnObject(site, target) ||
    isOnlyOnOwnObjects(model, locks, site) ||
    /lock|unsafe|^_*(?:new|init|create|make|build|load|open|start|restore|setup|main)/i.test(fn.name) ||
    speaksOfLocks.test(fn.doc ?? "") ||
    speaksOfLocks.test(commentBefore(site)) ||
    (target.typeName !== undefined &&
      fn.results.some((result) => new RegExp(`\\b${target.typeName}\\b`).test(result))) ||
    isCalledHolding(model, locks, caller, lock)
  );
}

/** Whether the function is handed over together with the lock: `withLock(&h.mu, h.release)`. */
function isHandedLock({ fn, call }: CallSite, lock: string): boolean {
  const name = lock.slice(lock.lastIndexOf(".") + 1);
  return (fn.calls[call]?.arguments ?? []).some((path) => path.endsWith(`.${name}`));
}

/** Whether a call is of an object that a function of another type has made itself, or of which only the type is known. */
export function isOnOwnObject({ fn, call }: CallSite, { typeName }: FunctionSummary): boolean {
  if (typeName === undefined || fn.typeName === typeName) return false;
  const { origin } = fn.calls[call] ?? {};
  const isHandedOne = fn.parameters.some(({ type = "" }) => type.split(/\W+/).includes(typeName));
  return !isHandedOne && origin !== undefined && /^<[^<>]*>\.\w+$/.test(origin);
}

/** Whether all who call a method of the same type do so on objects that they have made themselves. */
function isOnlyOnOwnObjects(model: WorkspaceModel, locks: LockAnalysis, { caller, fn }: CallSite): boolean {
  const sites = fn.typeName === undefined ? [] : callSites(model, locks, caller);
  // In a function without a name it may be the object of the one around.
  return sites.length > 0 && sites.every((site) => site.fn.form !== "closure" && isOnOwnObject(site, fn));
}

const speaksOfLocks = /lock|mutex|\bheld\b|\bhold\b|concurren|thread|goroutine/i;

/** What the lines just above a call say. */
function commentBefore({ file, fn, call }: CallSite): string {
  const { start = 0 } = fn.calls[call] ?? {};
  const line = lineAt(file.lineStarts, start);
  const above = commentBlocks(file).findLast(({ end }) => end <= start);
  return above && above.start >= fn.start && line - lineAt(file.lineStarts, above.end) <= 1 ? above.text : "";
}

const maxCallersAbove = 4;

/** Whether somebody holds a lock when calling a function that does not take it itself: then it is left to its callers. */
function isCalledHolding(model: WorkspaceModel, locks: LockAnalysis, linked: LinkedFunction, lock: string): boolean {
  const seen = new Set([linked]);
  let front = [linked];
  for (let depth = 0; depth < maxCallersAbove && front.length > 0; depth++) {
    const above: LinkedFunction[] = [];
    for (const callee of front) {
      if (callee.effects.effects.some((effect) => effect.lock?.lock === lock && effect.distance === 0)) continue;
      for (const { caller, held, isReached } of callSites(model, locks, callee)) {
        if (!isReached || held.some((other) => other.lock === lock)) return true;
        if (seen.has(caller)) continue;
        seen.add(caller);
        above.push(caller);
      }
    }
    front = above;
  }
  return false;
}
