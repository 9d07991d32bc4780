import { lineAt, type Span } from "../../base/text";
import { commentBlocks } from "../../model/commentBlocks";
import type { CommentFacts, TypeFacts } from "../../model/facts";
import { callsOf, type FileSummary } from "../../model/fileSummary";
import { type Caller, callersOf } from "../../model/graph/callersOf";
import { isConstruction } from "../../model/graph/construction";
import type { FieldAccess } from "../../model/graph/fieldAccesses";
import { fieldDeclaration } from "../../model/graph/fieldTypes";
import { functionsAround } from "../../model/graph/graphFunction";
import type { GuardedField } from "../../model/graph/guards";
import { runOnOneThread } from "../../model/graph/threads";
import type { FunctionId } from "../../model/link/links";
import { loopsIn } from "../../model/link/loopPace";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";

const isShared =
  /\b(?:protect|guard)(?:s|ed|ing)?\b|\bsynchroni[sz]ed (?:when|on|by|before)\b|\b(?:accessed|used|read|written|modified|shared)\b[^.]{0,40}\b(?:concurrent(?:ly)?|threads|goroutines)\b/i;

/** Whether a comment in the type says of other fields that they are shared, and none says it of this one. */
export function isNotAmongShared(model: WorkspaceModel, { field, lock }: GuardedField): boolean {
  const declaration = fieldDeclaration(model, field);
  const type = declaration?.file.types.find((one) => contains(one, declaration.facts));
  if (!declaration || !type) return false;
  const { file } = declaration;
  const lockName = lock.slice(lock.lastIndexOf(".") + 1);
  const shared = new Set<string>();
  for (const block of commentBlocks(file)) {
    if (!contains(type, block) || !isShared.test(block.text.replace(/\s+/g, " "))) continue;
    if (file.functions.some((fn) => contains(fn, block))) continue;
    const about = fieldsUnder(file, type, block);
    // At a lock only those count that are named: which fields follow it is a matter of style.
    const isAtLock = about.includes(lockName);
    for (const { name } of type.fields)
      if (new RegExp(`\\b${name}\\b`).test(block.text) || (!isAtLock && about.includes(name))) shared.add(name);
  }
  shared.delete(lockName);
  return shared.size > 0 && !shared.has(declaration.facts.name);
}

/** The fields on the line of a comment, or else those that follow it without a gap. */
function fieldsUnder({ lineStarts }: FileSummary, { fields }: TypeFacts, { end }: CommentFacts): string[] {
  const line = lineAt(lineStarts, end);
  const beside = fields.filter(({ start }) => lineAt(lineStarts, start) === line);
  if (beside.length > 0) return beside.map(({ name }) => name);
  const under: string[] = [];
  let next = line + 1;
  for (const { name, start, end: last } of fields) {
    const at = lineAt(lineStarts, start);
    if (at < next) continue;
    if (at > next) break;
    under.push(name);
    next = lineAt(lineStarts, last) + 1;
  }
  return under;
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

const maxCallers = 5;

/** Whether a function that reads a field and all who write it run on one thread. */
export function isOnThreadOfWriters(
  model: WorkspaceModel,
  { field, accesses }: GuardedField,
  by: FieldAccess,
): boolean {
  // Those who hold the lock elsewhere may read while it writes.
  const met = accesses.filter(({ kind }) => kind === "write" || by.kind === "write");
  const others = new Set(met.map(({ linked }) => linked));
  if (runOnOneThread(model, [by.linked, ...others])) return true;
  if (by.kind === "write") return false;
  const owner = field.split(".").at(-2) ?? "";
  let current: LinkedFunction | undefined = by.linked;
  for (let i = 0; current && i < maxCallers; i++) {
    const root: LinkedFunction = current;
    if (isCalledBack(model, root, owner) && [...others].every(({ id }) => runsOnlyIn(model, id, root.id, 0)))
      return true;
    const [caller, ...further]: Caller[] = callersOf(model, root);
    current = caller && further.length === 0 && callsNow(caller) ? caller.linked : undefined;
  }
  return false;
}

function callsNow({ edges }: Caller): boolean {
  return edges.every(({ runs }) => runs === "now");
}

/** Whether a function is what a library calls back on one thread: `onMessage` of the type that has the field. */
function isCalledBack(model: WorkspaceModel, linked: LinkedFunction, owner: string): boolean {
  const place = functionAt(model, linked);
  if (!place || isServed(linked)) return false;
  const { fn, file } = place;
  return (
    fn.decorators.includes("Override") &&
    /^on[A-Z]/.test(fn.name) &&
    functionsAround(file, linked.index).some(({ typeName }) => typeName?.split(".").includes(owner))
  );
}

/** Whether a function only runs while another does, or while objects are made that nobody else knows. */
function runsOnlyIn(model: WorkspaceModel, id: FunctionId, root: FunctionId, depth: number): boolean {
  if (id === root) return true;
  const linked = model.functions.get(id);
  if (!linked || depth > maxCallers || linked.isInCycle || linked.reachedFrom.some(({ distance }) => distance === 0))
    return false;
  const callers = callersOf(model, linked).filter((caller) => !isConstruction(model, caller.linked));
  return (
    callers.length > 0 &&
    callers.every((caller) => callsNow(caller) && runsOnlyIn(model, caller.linked.id, root, depth + 1))
  );
}

/** Whether one function writes a field and another that reads it is a part of that. */
export function isRunByOnlyWriter(model: WorkspaceModel, { accesses }: GuardedField, by: FieldAccess): boolean {
  const [writer, ...others] = new Set(accesses.flatMap(({ kind, linked }) => (kind === "write" ? linked.id : [])));
  if (by.kind === "write" || writer === undefined || others.length > 0) return false;
  if (writer === by.linked.id || isServed(model.functions.get(writer))) return false;
  return runsOnlyIn(model, by.linked.id, writer, 0);
}

/** Whether all who write a field are parts of what one function does that reads it. */
export function areWritersRunBy(
  model: WorkspaceModel,
  { accesses }: GuardedField,
  { linked, kind }: FieldAccess,
): boolean {
  const writers = new Set(accesses.flatMap((other) => (other.kind === "write" ? other.linked.id : [])));
  writers.delete(linked.id);
  if (kind === "write" || writers.size === 0 || isServed(linked)) return false;
  return [...writers].every((id) => runsOnlyIn(model, id, linked.id, 0));
}

/** Requests run at the same time, and with them what they come to. */
function isServed(linked: LinkedFunction | undefined): boolean {
  return linked?.reachedFrom.some(({ kind }) => kind === "handler") ?? false;
}

/** Whether all others who use a field are parts of what one function does. */
export function areOthersRunBy(model: WorkspaceModel, { accesses }: GuardedField, { linked }: FieldAccess): boolean {
  const others = new Set(accesses.flatMap((other) => (other.linked.id === linked.id ? [] : other.linked.id)));
  return others.size > 0 && !isServed(linked) && [...others].every((id) => runsOnlyIn(model, id, linked.id, 0));
}

/**
 * Whether a function that uses a field and all whom it may meet there run on one event loop, and what it does is a step
 * of its own: it awaits nothing while it goes over it.
 */
export function areOnEventLoop(model: WorkspaceModel, { accesses }: GuardedField, use: FieldAccess): boolean {
  if (use.file.language !== "python" || use.kind === "write" || mayPauseAt(use)) return false;
  const met = accesses.filter(({ kind }) => kind === "write");
  return [...new Set([use, ...met].map(({ linked }) => linked))].every((one) => isRunByEventLoop(model, one, 0));
}

/** Whether a read is the head of a loop in which something is called. */
function mayPauseAt({ fn: { flow }, start }: FieldAccess): boolean {
  return loopsIn(flow).some(
    (loop) => loop.form !== "comprehension" && loop.start <= start && callsOf(loop.body).length > 0,
  );
}

function isRunByEventLoop(model: WorkspaceModel, linked: LinkedFunction, depth: number): boolean {
  const fn = functionAt(model, linked)?.fn;
  if (fn?.modifiers.includes("async")) return true;
  const callers = callersOf(model, linked);
  return (
    depth < maxCallers &&
    callers.length > 0 &&
    !linked.reachedFrom.some(({ distance }) => distance === 0) &&
    callers.every((caller) => callsNow(caller) && isRunByEventLoop(model, caller.linked, depth + 1))
  );
}
