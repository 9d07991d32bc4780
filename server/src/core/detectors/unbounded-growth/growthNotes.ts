import type { Span } from "../../base/text";
import type { CallValue, FileFacts, FunctionFacts, Step, Value, WriteStep } from "../../model/facts";
import type { FunctionSummary } from "../../model/fileSummary";
import { valuesOf, valuesWithin, walkSteps } from "../../model/walkSteps";
import { expiriesHanded } from "./expiryNotes";
import { foundBefore } from "./foundKeys";
import { knownBy } from "./knownKeys";

/** What the writes to one path do to the collection there; `drains` takes all of it into a local before. */
export type Change = "adds" | "takes" | "both" | "neither" | "drains";

/** What summaries leave out of the changes to collections. */
export interface GrowthNotes {
  /**
   * Where summaries alone would mislead: that `x = append(x, y)` adds, that `del x[k]` takes, that `x["total"] = 1`
   * does neither. By where the first write of the path starts.
   */
  changes?: readonly (readonly [start: number, change: Change])[];
  /**
   * What names the key of an element that is given its value, or its parts, or an element that is added: where that
   * starts, the names, and of locals among them where they come from.
   */
  keys?: readonly (readonly [start: number, name: string, from?: string])[];
  /** Of those of which a call finds out before whether there is something by that key: where the call starts. */
  found?: readonly (readonly [start: number, call: number])[];
  /** Writes that give an element its value with something added, so that it grows itself: where they start. */
  extended?: readonly number[];
  /** Calls that add what the program itself knows all of: where they start. */
  ofProgram?: readonly number[];
  /** Collections from which an iterator over them takes elements: `it.remove()`. */
  removed?: readonly string[];
  /** Calls that are handed a document in which an expiry is kept: where they start, and what that is called. */
  expiries?: readonly (readonly [start: number, name: string])[];
  /** Calls that look for whatever fits conditions of which there are none: `Order.find({})`: where they start. */
  unfiltered?: readonly number[];
  /** Fields that are given an object or collection which the function has just made, by their names. */
  makes?: readonly string[];
}

export const detectorId = "unbounded-growth";

/** What is noted of a function, which may be nothing. */
export function notesOf({ observations }: FunctionSummary): GrowthNotes {
  return (observations[detectorId] as GrowthNotes | undefined) ?? {};
}

/** Methods that give an element its value, the key first. */
export const keyed = /^(?:put|putIfAbsent|computeIfAbsent|compute|merge|set|setdefault|update|Store|LoadOrStore)$/;

/** What follows from the form of a path: a new element adds, another value altogether starts anew. */
export function usualChange(path: string): Change {
  return /\[\w*\]$/.test(path) ? "adds" : "takes";
}

export function growthNotes(fn: FunctionFacts, file: FileFacts): GrowthNotes | undefined {
  const { steps } = fn;
  const { constants, language } = file;
  const isConstant = (path: string) => constants.some(({ name, mutable }) => !mutable && name === path);
  const changes = new Map<string, { start: number; changes: Set<Change> }>();
  const names: (readonly [number, string, string?])[] = [];
  const before = foundBefore(steps);
  const found: (readonly [number, number])[] = [];
  const noteKey = (start: number, key: Value | undefined) => {
    const name = key?.kind === "path" ? (composed.get(key.path) ?? key.path) : namesIn(key);
    if (name === undefined) return;
    const from = name
      .split(",")
      .map((part) => part.replace(/^[\p{L}_$][\p{L}\p{N}_$]*/u, (root) => given.get(root) ?? root))
      .join(",");
    names.push(from === name ? [start, name] : [start, name, from]);
    const isHanded = (handed: readonly string[]) => name.split(",").every((part) => handed.includes(part));
    const by = before.get(start)?.find((one) => isHanded(one.names));
    if (by) found.push([start, by.call]);
  };
  // `device := r.FormValue("device")`
  const given = new Map<string, string>();
  // `key := keyOf(tenant, method)`
  const composed = new Map<string, string>();
  // `last = last[n:]` before `x[k] = last`: what is kept is a part.
  const trimmed = new Set<string>();
  const whereEmpty = new Map<string, Span>();
  const whereKnown = new Map<string, Span>();
  // Keys that the program itself knows all of, with where it has them from, and calls that add one.
  const known = new Map<string, string>();
  const isKnown = (key: Value | undefined, collection: string) =>
    key?.kind === "path" && (known.get(key.path) ?? collection) !== collection;
  const ofProgram: number[] = [];
  const extended: number[] = [];
  const unfiltered: number[] = [];
  // `waiting := q.waiting` before `q.waiting = nil`.
  const copied = new Set<string>();
  walkSteps(steps, (step) => {
    if (step.kind === "assign") for (const path of wholeOf(step.value)) copied.add(path);
    for (const [path, from] of knownBy(step)) known.set(path, from);
    if (step.kind === "assign" && shrinks(step.target, step.value)) trimmed.add(step.target);
    for (const [local, source] of sourcesIn(step)) given.set(local, source);
    const parts = step.kind === "assign" && step.declares ? namesIn(step.value) : undefined;
    if (step.kind === "assign" && parts !== undefined && isComposed(step.value, parts))
      composed.set(step.target, parts);
    if (step.kind === "branch" && step.form === "if" && step.arms[0]) {
      for (const path of emptyWhere(step.condition)) whereEmpty.set(path, step.arms[0]);
      for (const path of knownWhere(step.condition)) whereKnown.set(path, step.arms[0]);
    }
    if (step.kind === "call") {
      const [key] = step.arguments;
      if (asksForNothing(step)) unfiltered.push(step.start);
      const [, collection = "", method = ""] = /^(?:(.*)\.)?([^.]*)$/.exec(step.callee) ?? [];
      const isKeyed = keyed.test(method);
      if ((isKeyed || /^(?:add|append|push)$/.test(method)) && isKnown(key, collection)) ofProgram.push(step.start);
      else if (isKeyed || method === "add") noteKey(step.start, key);
    }
    if (step.kind !== "write") return;
    const all = changes.get(step.path) ?? { start: step.start, changes: new Set<Change>() };
    // Where the element grows itself, it does not matter that there are few.
    if (all.changes.size === 0) {
      if (!extends_(step.path, step.value)) noteKey(step.start, step.keys.at(-1));
      else if (step.path.endsWith("]")) extended.push(step.start);
    }
    const arm = whereEmpty.get(step.path);
    // What is made where it is missing is one more of those that are kept by a key: `if (!cache[query]) cache[query] = …`.
    const isOne = !step.path.endsWith("]");
    const isFirst = isOne && arm !== undefined && arm.start <= step.start && step.start < arm.end;
    const key = step.keys.at(-1);
    const collection = step.path.replace(/\[\w*\]$/, "");
    const asked = whereKnown.get(`${collection} ${key?.kind === "path" ? key.path : ""}`);
    const isThere = asked !== undefined && asked.start <= step.start && step.start < asked.end;
    const change = isFirst || isThere || isKnown(key, collection) ? "neither" : changeBy(step, isConstant, trimmed);
    all.changes.add(change === "takes" && copied.has(step.path) ? "drains" : change);
    changes.set(step.path, all);
  });
  const notes: (readonly [number, Change])[] = [];
  for (const [path, { start, changes: all }] of changes) {
    const change = together(all);
    if (change !== usualChange(path)) notes.push([start, change]);
  }
  const removed = removedByIterators(steps);
  const makes = fieldsMade(steps, language === "go" ? makesInGo : makesElsewhere);
  const expiries = expiriesHanded(fn, file);
  const noted: GrowthNotes = {
    ...(notes.length > 0 && { changes: notes }),
    ...(names.length > 0 && { keys: names }),
    ...(found.length > 0 && { found }),
    ...(extended.length > 0 && { extended }),
    ...(ofProgram.length > 0 && { ofProgram }),
    ...(removed.length > 0 && { removed }),
    ...(unfiltered.length > 0 && { unfiltered }),
    ...(makes.length > 0 && { makes }),
    ...(expiries.length > 0 && { expiries }),
  };
  return Object.keys(noted).length > 0 ? noted : undefined;
}

/** `waiting`, `[...waiting]` */
function wholeOf(value: Value): string[] {
  if (value.kind === "path") return [value.path];
  const [only, ...others] = value.kind === "composite" && value.form === "list" ? value.parts : [];
  const [path] = only?.kind === "operation" && only.operator === "..." ? only.operands : [];
  return path?.kind === "path" && others.length === 0 ? [path.path] : [];
}

/** `Order.find({})`, `prisma.order.findMany({ orderBy: { at: "desc" } })` */
function asksForNothing({ callee, arguments: [only, ...others] }: Extract<Step, { kind: "call" }>): boolean {
  if (only?.kind !== "composite" || !/^(?:object|map)$/.test(only.form)) return false;
  const { keys = [], parts } = only;
  const isEmpty =
    parts.length <= keys.length &&
    keys.every((key) => narrowsNothing.test(key.kind === "literal" ? key.text : key.kind === "path" ? key.path : ""));
  return isEmpty && others.length === 0 && /(?:^|\.)find(?:All|Many)?$/.test(callee);
}

/** Options of a query that say in which order, and what of the rows and beside them. */
const narrowsNothing = /^(?:order(?:By)?|sort|include|relations|select|populate)$/;

/** What locals have their values from: `r.FormValue` of `device := r.FormValue("device")`, `body` of `for device in body`. */
function sourcesIn(step: Step): [local: string, source: string][] {
  if (step.kind === "loop" && step.over !== undefined) {
    const source = nameOfSource(step.over);
    return source === undefined ? [] : step.variables.map(({ name }) => [name, source]);
  }
  if (step.kind !== "assign" || !step.declares) return [];
  const source = step.origin ?? nameOfSource(step.value);
  return source === undefined ? [] : [[step.target, source]];
}

function nameOfSource(value: Value): string | undefined {
  if (value.kind === "path") return value.path;
  if (value.kind === "call") return `${value.callee}()`;
  // `name + "/plate"`, `${room}:${seat}`
  const parts = value.kind === "operation" ? value.operands : value.kind === "composite" ? value.parts : [];
  const named = parts.flatMap((part) => nameOfSource(part) ?? []);
  return named[0];
}

/** `it = lines.values().iterator()` before `it.remove()`. */
function removedByIterators(steps: readonly Step[]): string[] {
  const iterators = new Map<string, string>();
  const removed = new Set<string>();
  walkSteps(steps, (step) => {
    if (step.kind === "assign" && step.value.kind === "call") {
      const over = overOfIterator.exec(step.value.callee)?.[1];
      if (over !== undefined) iterators.set(step.target, over);
    }
    if (step.kind !== "call") return;
    const over = iterators.get(/^(\w+)\.remove$/.exec(step.callee)?.[1] ?? "");
    if (over !== undefined) removed.add(over);
  });
  return [...removed];
}

/** `this.rows = new ArrayList<>()`, `return &Index{rows: map[string]int{}}`. */
function fieldsMade(steps: readonly Step[], makes: RegExp): string[] {
  const isNew = (value: Value) =>
    value.kind === "composite"
      ? value.form !== "template" && value.form !== "tuple"
      : value.kind === "call" && makes.test(value.callee);
  const made = new Set<string>();
  walkSteps(steps, (step) => {
    const name = step.kind === "write" ? /\.([\w$]+)$/.exec(step.path)?.[1] : undefined;
    if (name !== undefined && step.kind === "write" && isNew(step.value)) made.add(name);
    for (const used of valuesOf(step))
      for (const value of valuesWithin(used)) {
        if (value.kind !== "composite" || value.keys?.length !== value.parts.length) continue;
        value.keys.forEach((key, i) => {
          if (key.kind === "path" && isNew(value.parts[i] as Value)) made.add(key.path);
        });
      }
  });
  return [...made];
}

const makesInGo = /(?:^|\.)(?:[nN]ew|[mM]ake)(?:[A-Z]\w*)?$/;
const makesElsewhere = /^(?:[\w$]+\.)*(?:[A-Z][\w$]*|(?:new|make|create)(?:[A-Z_][\w$]*)?)$/;

const overOfIterator = /^(.+?)(?:\.(?:entrySet|keySet|values)\(\))?\.(?:listI|i)terator$/;

/** What a key is made of, where that has names: of a call what it is given, and of one that is given nothing its name. */
function namesIn(value: Value | undefined): string | undefined {
  const written = value && textParts(value);
  if (written) {
    const parts = written.flatMap((part) => (part.kind === "literal" ? [] : (nameOfPart(part) ?? "")));
    return parts.length > 0 && parts.every((name) => name !== "") ? parts.join(",") : undefined;
  }
  if (value?.kind === "composite" && /^(?:object|tuple)$/.test(value.form) && value.parts.length > 0) {
    const parts = value.parts.map(nameOfPart);
    return parts.every((name) => name !== undefined) ? parts.join(",") : undefined;
  }
  if (value?.kind !== "call") return undefined;
  const names = value.arguments.map((given) => (given.kind === "path" ? given.path : undefined));
  if (makesKey.test(value.callee) && names.length === 1 && names[0] !== undefined) return names[0];
  return names.length > 1 && names.every((name) => name !== undefined) ? names.join(",") : value.callee;
}

/** `name + "-" + key`, `${name}-${key}` */
function textParts(value: Value): readonly Value[] | undefined {
  const parts =
    value.kind === "operation" && value.operator === "+"
      ? value.operands
      : value.kind === "composite" && value.form === "template"
        ? value.parts
        : undefined;
  return parts?.flatMap((part) => textParts(part) ?? part);
}

/** `keyOf(model)`, `str(model)`. */
const makesKey = /(?:^|[._])key$|Key$|(?:^|\.)(?:key_?[oO]f|key_?[fF]or|str|String|valueOf)$/;

/** `policy` of `normalised(policy)`. */
function nameOfPart(part: Value): string | undefined {
  if (part.kind === "path") return part.path;
  const [only, ...others] = part.kind === "call" ? part.arguments : [];
  return only?.kind === "path" && others.length === 0 ? only.path : undefined;
}

function isComposed(value: Value, parts: string): boolean {
  return value.kind === "composite" || parts.includes(",") || (value.kind === "call" && makesKey.test(value.callee));
}

function together(all: ReadonlySet<Change>): Change {
  if (all.has("drains")) return all.has("adds") ? "both" : "drains";
  if (all.has("adds") && all.has("takes")) return "both";
  return all.has("adds") ? "adds" : all.has("takes") ? "takes" : "neither";
}

/** The paths of which a condition says that there is nothing yet: `x == nil`, `!x`, `len(x) == 0`. */
function emptyWhere(condition: Value | undefined): string[] {
  if (condition?.kind !== "operation") return [];
  const { operator, operands } = condition;
  if (operator === "&&") return operands.flatMap(emptyWhere);
  const [first, second] = operands;
  if (operator === "!") return first?.kind === "path" ? [first.path] : [];
  if (!/^(?:===?|is)$/.test(operator) || second?.kind !== "literal") return [];
  if (first?.kind === "path" && second.type === "null") return [first.path];
  const [measured] = first?.kind === "call" && first.callee === "len" ? first.arguments : [];
  return measured?.kind === "path" && second.text === "0" ? [measured.path] : [];
}

/** The collections, each with the key, of which a condition says that there is an element already: `name in rows`. */
function knownWhere(condition: Value | undefined): string[] {
  if (condition?.kind === "operation" && condition.operator === "&&") return condition.operands.flatMap(knownWhere);
  if (condition?.kind === "operation" && condition.operator === "in") {
    const [key, list] = condition.operands;
    return key?.kind === "path" && list?.kind === "path" ? [`${list.path} ${key.path}`] : [];
  }
  const [, list] = (condition?.kind === "call" && /^(.+)\.(?:has|containsKey)$/.exec(condition.callee)) || [];
  const [key] = condition?.kind === "call" ? condition.arguments : [];
  return list !== undefined && key?.kind === "path" ? [`${list} ${key.path}`] : [];
}

function changeBy(
  { path, operator, value, keys }: WriteStep,
  isConstant: (path: string) => boolean,
  trimmed: ReadonlySet<string>,
): Change {
  if (operator === "del" || operator === "delete") return "takes";
  if (usualChange(path) === "takes" && keepsWhatThereIs(path, operator, value)) return "neither";
  const addsToItself = operator === "+" || extends_(path, value);
  if (usualChange(path) === "takes") return addsToItself ? "adds" : "takes";
  const [key] = keys.slice(-1);
  if (key && isSlice(key)) return "takes";
  if (shrinks(path, value) || (value.kind === "path" && trimmed.has(value.path))) return "takes";
  if (key && (isFixed(key) || (key.kind === "path" && isConstant(key.path)))) return "neither";
  if (value.kind === "literal" && value.type === "null") return "neither";
  return "adds";
}

/** `x ??= y`, `x = x || y`. */
function keepsWhatThereIs(path: string, operator: string | undefined, value: Value): boolean {
  if (operator !== undefined && /^(?:\?\?|\|\|)=?$/.test(operator)) return true;
  if (value.kind !== "operation" || !/^(?:\?\?|\|\|)$/.test(value.operator)) return false;
  return value.operands[0] !== undefined && isPath(value.operands[0], path);
}

function isSlice(key: Value): boolean {
  return key.kind === "operation" && key.operator.includes(":");
}

/** A key from what is written in the code, of which there are as many as were written. */
function isFixed(key: Value): boolean {
  if (key.kind === "literal") return true;
  return key.kind === "path" && isFixedName(key.path);
}

/** Whether a name stands for one of a few things the program knows: `Kind.BERRY`, `MAX`, `eventType`, `lang`. */
export function isFixedName(path: string): boolean {
  const last = path.split(".").at(-1) ?? path;
  return (
    // Go writes `account.ID` for what others call `account.id`.
    (/^[A-Z][A-Z0-9_]+$/.test(last) && (/^[A-Z]|^[^.]+$/.test(path) || last.includes("_"))) ||
    /^[A-Z]\w*$/.test(path) ||
    /^[A-Z]\w*\.[A-Z]\w*$/.test(path) ||
    /(?:^|[a-z_])(?:type|kind|class|cls|clazz|lang|language|locale|level|method|mode|status|state|currency|country|region|column|field|schema|model|table|version|platform|category|format|algorithm|encoding|charset|protocol|driver|provider|plugin|template|policy|i|idx|index)$/i.test(
      last,
    )
  );
}

/** `append(x, y)`, `[...x, y]`, `x + [y]`, `x.concat(y)` for `x`. */
function extends_(path: string, value: Value): boolean {
  if (value.kind === "call") return isExtendingCall(path, value);
  if (value.kind === "operation" && value.operator === "+") return value.operands.some((part) => isPath(part, path));
  if (value.kind !== "composite" || (value.form !== "list" && value.form !== "object" && value.form !== "map"))
    return false;
  return value.parts.some(
    (part) => part.kind !== "path" && [...valuesWithin(part)].some((inner) => isPath(inner, path)),
  );
}

/** `x[k] = x[k][1:]`, `x[k] = append(x[k][:i], x[k][i+1:]...)`, `x[k] = x[k].filter(f)` for `x[k]`: a part of what there was. */
function shrinks(path: string, value: Value): boolean {
  if (value.kind === "operation") return isSlice(value) && value.operands.some((part) => isPath(part, path));
  if (value.kind !== "call") return false;
  if (value.callee === `${path}.filter` || value.callee === `${path}.slice`) return true;
  const [first] = value.arguments;
  if (first === undefined) return false;
  if (/^(?:append|list|tuple|slices\.Clone)$/.test(value.callee)) return shrinks(path, first);
  return /^slices\.(?:Delete\w*|Compact\w*)$/.test(value.callee) && isPath(first, path);
}

function isExtendingCall(path: string, { callee, arguments: given }: CallValue): boolean {
  const [first] = given;
  if (callee === "append") return first !== undefined && isPath(first, path);
  return callee === `${path}.concat`;
}

function isPath(value: Value, path: string): boolean {
  return value.kind === "path" && value.path === path;
}
