import { folderOf } from "../../base/paths";
import { lastPart } from "../../model/accessPath";
import { fileIndex } from "../../model/fileIndex";
import { type Flow, type FunctionSummary, flowsInside } from "../../model/fileSummary";
import { leaves } from "../../model/graph/conditionsAt";
import type { EffectPlace } from "../../model/graph/witness";
import { functionAt, type WorkspaceModel } from "../../model/workspaceModel";
import { named, namesAt, type Told } from "./conditions";
import { beginsAnew } from "./lifecycle";

/**
 * The field without which an operation is done, and which is set then: `if s.rows == nil { s.rows = load() }`. Absent
 * when something else sets it, too: then it may be done again.
 */
export function loadedOnce(model: WorkspaceModel, chain: readonly EffectPlace[]): string | undefined {
  for (const { linked, effect } of chain) {
    const place = functionAt(model, linked);
    if (!place || effect.call < 0) continue;
    for (const name of namesAt(place.fn.flow, effect.call, missing)) {
      if (isError.test(name)) continue;
      const field = place.fn.writes.find((path) => lastPart(path) === lastPart(name));
      if (isCount.test(name) && field !== undefined) return lastPart(name);
      const isSet = field === undefined ? storesInto(name, place.fn) : isSetOnce(model, place.file.path, field);
      if (isSet) return lastPart(name);
    }
  }
  return undefined;
}

/**
 * The collection in which something is looked up by a key before an operation, and kept behind it, for good: nothing of
 * the folder takes anything out. `if page := s.pages[url]; page != nil { return page }`.
 */
export function loadedOncePerKey(model: WorkspaceModel, chain: readonly EffectPlace[]): string | undefined {
  for (const { linked, effect } of chain) {
    const place = functionAt(model, linked);
    if (!place || effect.call < 0) continue;
    const { flow, reads, writes } = place.fn;
    for (const name of namesAt(flow, effect.call, missing)) {
      const element = lookedUpAs(flow, name, reads);
      if (element === undefined || !writes.includes(element)) continue;
      const collection = element.replace(/(?:\[\w*\])+$/, "");
      const key = `${folderOf(place.file.path)} ${lastPart(collection)}`;
      if (isSetOnce(model, place.file.path, collection) && !collectionsEmptied(model.files).has(key))
        return lastPart(collection);
    }
  }
  return undefined;
}

/**
 * Whether an operation makes what a call without a key, or with a constant one, has not found, and what comes of it is
 * kept by another such call: `names = fromCache(); if (names == null) { names = load(); saveInCache(names); }`.
 */
export function keptUnderOneKey(model: WorkspaceModel, chain: readonly EffectPlace[]): boolean {
  return chain.some(({ linked, effect }) => {
    const fn = functionAt(model, linked)?.fn;
    if (!fn || effect.call < 0) return false;
    return namesAt(fn.flow, effect.call, missing).some((name) => {
      const asked = fn.calls[callGiving(fn.flow, name) ?? -1];
      if (!asked?.arguments.every(isConstant)) return false;
      const loads = fn.calls[effect.call]?.start ?? Number.POSITIVE_INFINITY;
      return fn.calls.some(
        ({ callee, start, arguments: [first, ...others] }) =>
          start > loads && keeps.test(callee) && (others.length === 0 || isConstant(first)),
      );
    });
  });
}

const keeps = /(?:^|[._])(?:save|put|set|store|keep|cache|remember)(?![a-z])\w*$/;

/** A literal, or the name of a constant. */
function isConstant(argument: string | undefined): boolean {
  return argument !== undefined && /^(?:["'`\d]|(?:[\w.]*\.)?[A-Z][A-Z\d_]+$)/.test(argument);
}

/** The call that gives a local its first value. */
function callGiving(flow: readonly Flow[], local: string): number | undefined {
  for (const [i, step] of flow.entries()) {
    if (typeof step === "number") continue;
    const before = flow[i - 1];
    if (step.kind === "assign" && step.target === local && typeof before === "number") return before;
    for (const inside of flowsInside(step)) {
      const found = callGiving(inside, local);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The element of a collection that a local was given, or found there: `page, ok := pages[url]`. */
function lookedUpAs(flow: readonly Flow[], local: string, reads: readonly string[]): string | undefined {
  for (const [i, step] of flow.entries()) {
    if (typeof step === "number") continue;
    const before = flow[i - 1];
    if (step.kind === "assign" && step.target === local && typeof before === "object" && before.kind === "read") {
      const path = reads[before.index];
      if (path?.endsWith("]")) return path;
    }
    for (const inside of flowsInside(step)) {
      const found = lookedUpAs(inside, local, reads);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

const takesOut = /^(.+)\.(?:delete|remove\w*|pop\w*|clear|evict\w*|invalidate\w*)$/i;

/** The collections out of which functions outside tests take something, by folder. */
const collectionsEmptied = fileIndex(function* ({ path, isTest, functions }): Iterable<readonly [string, true]> {
  for (const { calls } of isTest ? [] : functions)
    for (const { callee, arguments: given } of calls) {
      const emptied = /^(?:delete|clear)$/.test(callee) ? given[0] : takesOut.exec(callee)?.[1];
      if (emptied !== undefined) yield [`${folderOf(path)} ${lastPart(emptied)}`, true];
    }
});

const absence =
  /^(?:!([\w.$]+?)(?:\.(?:Load|get|[iI]sValid|[iI]sPresent)\(\))?|([\w.$]+) (?:===?|is) (?:nil|null|undefined|None|0))$/;
const presence =
  /^(?:([\w.$]+?)(?:\.(?:Load|get|[iI]sValid|[iI]sPresent)\(\))?|([\w.$]+) (?:!==?|is not) (?:nil|null|undefined|None))$/;

const missing: Told = { by: absence, byOpposite: presence };

/** What has gone wrong before is not what is loaded: without it, all is done again. */
const isError = /(?:^|[._])err(?:or)?$|[a-z]Err(?:or)?$/;

/** Whoever comes first opens what all others use, and counts. */
const isCount = /(?:^|[._])(?:\w*(?:ref|user|use)\w*?(?:c(?:ou)?nt|s)|\w*ref(?:erence)?_?(?:c(?:ou)?nt)?)$/i;

/** `loaded.Store(true)`, `loaded.set(true)` */
function storesInto(name: string, { calls }: FunctionSummary): boolean {
  return calls.some(({ callee }) => callee === `${name}.Store` || callee === `${name}.set`);
}

/** Whether a field is only set where it is missing, constructors left out; looked for in the folder of the file. */
function isSetOnce(model: WorkspaceModel, path: string, field: string): boolean {
  return !fieldsReplaced(model.files).has(`${folderOf(path)} ${field}`);
}

/** Another configuration drops what is to be loaded again, and so does the end of all; what is only disconnected comes back. */
function isOfWholeObject(name: string): boolean {
  return beginsAnew(name) || /^(?:stop|shut_?down)$/i.test(name);
}

/** The fields that functions outside tests set whatever they were before, by folder. */
const fieldsReplaced = fileIndex(function* ({ path, isTest, functions }): Iterable<readonly [string, true]> {
  for (const { form, name, writes, flow } of isTest ? [] : functions) {
    if (form === "constructor" || writes.length === 0 || isOfWholeObject(name)) continue;
    const loaded = namesLoaded(flow);
    for (const field of writes) if (!loaded.has(lastPart(field))) yield [`${folderOf(path)} ${field}`, true];
  }
});

/** What a function only goes on with where it is missing. */
function namesLoaded(flow: readonly Flow[], found = new Set<string>()): ReadonlySet<string> {
  for (const node of flow) {
    if (typeof node === "number") continue;
    if (node.kind === "branch")
      for (const name of named(leaves(node.arms[0]) ? presence : absence, node.test)) found.add(lastPart(name));
    for (const inner of flowsInside(node)) namesLoaded(inner, found);
  }
  return found;
}
