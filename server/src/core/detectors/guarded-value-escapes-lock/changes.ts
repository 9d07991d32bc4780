import type { Turns } from "../../base/turns";
import { type Flow, flowsInside } from "../../model/fileSummary";
import { callersOf } from "../../model/graph/callersOf";
import { conditionsAt } from "../../model/graph/conditionsAt";
import { isMade, runsOnNewObjects } from "../../model/graph/construction";
import { type FieldAccess, isHeld } from "../../model/graph/fieldAccesses";
import { typeDeclaration } from "../../model/graph/fieldTypes";
import { type GuardedField, guardedFieldsInTurns } from "../../model/graph/guards";
import { functionAt, type WorkspaceModel } from "../../model/workspaceModel";

export interface Guards {
  model: WorkspaceModel;
  byField: ReadonlyMap<string, GuardedField>;
  /** Types with fields that are guarded, by key. */
  byType: ReadonlyMap<string, readonly GuardedField[]>;
}

export function* guardsOf(model: WorkspaceModel): Turns<Guards> {
  const guarded = yield* guardedFieldsInTurns(model);
  const byType = new Map<string, GuardedField[]>();
  for (const one of guarded) {
    const owner = one.field.slice(0, one.field.lastIndexOf("."));
    byType.set(owner, [...(byType.get(owner) ?? []), one]);
  }
  return { model, byField: new Map(guarded.map((one) => [one.field, one])), byType };
}

/** A change of what a function has got, and the field that it is of. */
export interface Change {
  guarded: GuardedField;
  access: FieldAccess;
}

/** A write under the lock, by another function, that goes so deep. */
export function changeBy(
  model: WorkspaceModel,
  { accesses, lock, isOwnLock }: GuardedField,
  use: Pick<FieldAccess, "linked">,
  depth: number,
  place = "",
): FieldAccess | undefined {
  // Many objects have a lock of such a type inside.
  if (!isOwnLock && isOfLockType(model, lock)) return undefined;
  return accesses.find(
    (other) =>
      other.kind === "write" &&
      other.depth >= depth &&
      other.path.startsWith(place) &&
      other.linked.id !== use.linked.id &&
      isHeld(lock, other.holds, "write") &&
      !isRebuilt(accesses, other) &&
      !runsOnNewObjects(model, other.linked) &&
      !isOfDecoded(other) &&
      !isOfCopyGiven(model, other),
  );
}

/** Whether a change is of what a variable of the function holds by its declared type, as a function that decodes into one has. */
function isOfDecoded({ file, fn, linked, path }: FieldAccess): boolean {
  const type = /^<([^>]*)>/.exec(path)?.[1] ?? "";
  const name = /[\w.]*$/.exec(type)?.[0] ?? "";
  const isOf = (declared = "") => declared.split(/[^\w.]+/).includes(name);
  const isHanded = isOf(fn.typeName) || fn.parameters.some((parameter) => isOf(parameter.type));
  const decodes = linked.links.calls.some(({ entry }) => entry?.role === "deserialise");
  return file.language === "go" && name !== "" && !isHanded && decodes;
}

/** Whether what a closure changes is an object that it is handed, and that is new: `update(func(c *Config) { c.name = "" })`. */
function isOfCopyGiven(model: WorkspaceModel, { file, fn, linked, path }: FieldAccess): boolean {
  const type = /^<([^>]*)>/.exec(path)?.[1];
  const position = fn.form === "closure" ? fn.parameters.findIndex((parameter) => parameter.type === type) : -1;
  if (position < 0) return false;
  const handed = callersOf(model, linked).flatMap(({ linked: by, edges }) =>
    edges.flatMap(({ call }) => by.links.calls[call]?.functions ?? []),
  );
  const given = handed.flatMap((id) => {
    const runner = model.functions.get(id);
    const running = runner && functionAt(model, runner)?.fn;
    if (!running) return [];
    const run = running.calls.filter(({ callee }) => running.parameters.some(({ name }) => name === callee));
    return run.map(({ arguments: values }) => values[position] ?? "");
  });
  return given.length > 0 && given.every((value) => isMade(file, value));
}

/** Whether a lock belongs to a type that is nothing but a lock: `type SafeMutex struct { m sync.RWMutex }`. */
function isOfLockType(model: WorkspaceModel, lock: string): boolean {
  const owner = typeDeclaration(model, lock.slice(0, lock.lastIndexOf(".")));
  return owner?.facts.fields.every(({ type = "" }) => /(?:Mutex|Lock|\bint(?:32|64)?|\bbool)$/.test(type)) ?? false;
}

/** Whether a function gives the field another value, or takes out of it what it has got: then that is nobody else's. */
export function isTakenOver({ byField }: Guards, { fn, linked, got }: FieldAccess): boolean {
  if (!got || got.path === "") return false;
  const read = [got.path, got.path.replace(/(?:\[\w*\])+$/, "")].find((path) => fn.reads.includes(path));
  const field = linked.links.reads[fn.reads.indexOf(read ?? "")];
  const called = new Set(linked.edges.filter(({ runs }) => runs === "now").map(({ callee }) => callee));
  return (byField.get(field ?? "")?.accesses ?? []).some((other) => {
    if (other.kind !== "write") return false;
    if (other.linked.id !== linked.id)
      return called.has(other.linked.id) && other.path === got.path && isDeletion(other);
    // Of a list the rest is kept: `q.jobs = q.jobs[1:]`.
    return other.path === got.path || got.path.startsWith(`${other.path}[`);
  });
}

function isDeletion({ fn, start }: FieldAccess): boolean {
  return fn.calls.some((site) => site.start === start && site.callee === "delete");
}

/** Whether a function fills a collection that it has made and put into the field: who has the old one keeps it. */
function isRebuilt(accesses: readonly FieldAccess[], { fn, linked, start, path, depth }: FieldAccess): boolean {
  if (depth === 0) return false;
  const field = path.replace(/(?:\[\w*\])+$/, "");
  const own = accesses.filter((other) => other.linked.id === linked.id && other.path === field && other.start < start);
  const made = own.find(({ kind }) => kind === "write");
  // Who asks how long the old one is keeps nothing of it.
  const isMeasured = (at: number) =>
    fn.calls.some((site) => site.callee === "len" && site.start <= at && at < site.end && site.arguments[0] === field);
  const before = own.filter(({ kind, start: at }) => kind === "read" && made !== undefined && at < made.start);
  if (made === undefined || !before.every((read) => isMeasured(read.start))) return false;
  return before.length === 0 || isAlwaysBefore(fn.flow, made.start, start);
}

/** Whether nothing decides whether one access is made that does not decide so of another one behind it. */
function isAlwaysBefore(flow: readonly Flow[], first: number, second: number): boolean {
  const [one, other] = [first, second].map((start) => {
    const step = accessAt(flow, start);
    return step === undefined ? undefined : conditionsAt(flow, step);
  });
  const nearest = one?.at(-1);
  return other !== undefined && one !== undefined && (nearest === undefined || other.includes(nearest));
}

function accessAt(flow: readonly Flow[], start: number): Flow | undefined {
  for (const step of flow) {
    if (typeof step === "number") continue;
    if ((step.kind === "read" || step.kind === "write") && step.start === start) return step;
    const inside = flowsInside(step).map((steps) => accessAt(steps, start));
    const found = inside.find((access) => access !== undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}
