import { code } from "../../base/markdown";
import { memoized } from "../../base/memoized";
import { accessStep, functionText, rangeOfAccess } from "../../model/graph/accessText";
import { type Caller, callersOf } from "../../model/graph/callersOf";
import { memberName } from "../../model/graph/effectText";
import { depthOf, type FieldAccess, isThroughObject, readAccesses } from "../../model/graph/fieldAccesses";
import { fieldDeclaration, pointeeOf } from "../../model/graph/fieldTypes";
import type { HeldLock } from "../../model/graph/functionEffects";
import type { GuardedField } from "../../model/graph/guards";
import { type LockingFunction, lockAnalysis } from "../../model/graph/lockAnalysis";
import { stepAt } from "../../model/graph/witness";
import type { FunctionId } from "../../model/link/links";
import { isForTests } from "../../model/testSupport";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import { type Change, changeBy, type Guards, isTakenOver } from "./changes";
import { type Found, findingOf, lowered } from "./findings";
import { callsAround, isHeldByCaller, returnedPaths } from "./uses";

/** A pointer that is read from a field, in Go. */
interface Pointer {
  field: string;
  access: FieldAccess;
}

/** Objects that are serialised, or whose methods are called, behind the unlock under which the pointer to them was got. */
export function objectsUsed(guards: Guards, locking: LockingFunction, told: Set<FunctionId>): Found[] {
  const { linked, fn } = locking;
  for (const { field, access } of pointersRead(guards, locking)) {
    const { got, start } = access;
    if (!got?.holds || isThroughObject(access) || told.has(linked.id) || isTakenOver(guards, access)) continue;
    const handed = callsAround(access);
    for (const inside of fieldsBehind(guards, field, depthOf(got.path))) {
      if (!isAmong(inside.lock, got.holds) || isAmong(inside.lock, access.mayHold)) continue;
      const change =
        (handed.some(({ role }) => role === "serialise") && changeSeen(guards.model, inside, access)) ||
        changeMetBy(guards.model, inside, linked, (site) => fn.calls[site]?.start === start);
      if (!change) continue;
      told.add(linked.id);
      return [findingOf(guards, inside, access, change, "uses")];
    }
  }
  return [];
}

/** Pointers that are handed to callers, one of whom uses the object without the lock. */
export function objectsReturned(guards: Guards, locking: LockingFunction, told: Set<FunctionId>): Found[] {
  const { model } = guards;
  const { linked, fn } = locking;
  if (told.has(linked.id)) return [];
  const returned = returnedPaths(fn);
  if (returned.length === 0) return [];
  const pointers = pointersRead(guards, locking);
  for (const { path, start } of returned) {
    const pointer = pointers.find(({ access }) => access.path === path);
    if (!pointer) continue;
    const { field, access } = pointer;
    const holds = access.got?.holds ?? access.holds;
    if (isTakenOver(guards, { ...access, got: { start, path, holds } })) continue;
    for (const inside of fieldsBehind(guards, field, depthOf(path))) {
      if (!isAmong(inside.lock, holds) || isHeldByCaller(model, inside.lock, locking)) continue;
      const met = callersOf(model, linked).flatMap((caller) => useBy(guards, inside, caller) ?? [])[0];
      if (!met) continue;
      told.add(linked.id);
      return [returnOf(guards, field, { ...access, start }, met)];
    }
  }
  return [];
}

/** What a function reads that is a pointer to an object with guarded fields. */
function pointersRead(guards: Guards, { linked, file, fn, regions }: LockingFunction): readonly Pointer[] {
  if (file.language !== "go" || file.isTest || fn.isTest || file.leftOut) return [];
  const fields = new Set(linked.links.reads.filter((field) => field && isPointer(guards, field)));
  if (fields.size === 0) return [];
  const locks = lockAnalysis(guards.model);
  const restsOn = [regions, locks.onEntry(linked.id), ...fields];
  const known = pointersKnown.get(linked);
  if (known && isSameList(known.restsOn, restsOn)) return known.pointers;
  const { found } = readAccesses(locks, linked, { file, fn }, (field) => fields.has(field));
  const pointers = found.flatMap(({ field, access }) => (access.kind === "read" ? { field, access } : []));
  pointersKnown.set(linked, { restsOn, pointers });
  return pointers;
}

/** From the last model, with what they rest on beside the function. */
const pointersKnown = new WeakMap<LinkedFunction, { restsOn: readonly unknown[]; pointers: readonly Pointer[] }>();

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i]);
}

function isPointer(guards: Guards, field: string): boolean {
  const known = knownFields(guards);
  let answer = known.get(field);
  if (answer === undefined) {
    answer = [0, 1, 2].some((depth) => fieldsBehind(guards, field, depth).length > 0);
    known.set(field, answer);
  }
  return answer;
}

const knownFields = memoized((_: Guards) => new Map<string, boolean>());

/** The guarded fields of the objects that a field, or the collection it holds, has pointers to. */
function fieldsBehind({ model, byType }: Guards, field: string, depth: number): readonly GuardedField[] {
  const declaration = fieldDeclaration(model, field);
  const type = declaration && pointeeOf(model, declaration, depth);
  return byType.get(type ?? "") ?? [];
}

function isAmong(lock: string, held: readonly HeldLock[]): boolean {
  return held.some((other) => other.lock === lock);
}

/** A change of a field by another function, where a serialiser looks at the field: at exported ones. */
function changeSeen(
  model: WorkspaceModel,
  inside: GuardedField,
  use: Pick<FieldAccess, "linked">,
): FieldAccess | undefined {
  return /\.\p{Lu}[^.]*$/u.test(inside.field) ? changeBy(model, inside, use, 0) : undefined;
}

/** A change of a field that a method uses without a lock which is called on its object at such a site. */
function changeMetBy(
  model: WorkspaceModel,
  inside: GuardedField,
  { links }: LinkedFunction,
  isSite: (call: number) => boolean,
): FieldAccess | undefined {
  for (const { linked, fn, path, mayHold, got } of inside.accesses) {
    if (mayHold.length > 0 || got || !path.startsWith(`<${fn.typeName}>.`)) continue;
    const isCalled = links.calls.some((target, i) => target.functions.includes(linked.id) && isSite(i));
    const change = isCalled ? changeBy(model, inside, { linked }, 0) : undefined;
    if (change) return change;
  }
  return undefined;
}

/** How a caller uses the object that it is given, and who changes it meanwhile. */
interface Met extends Change {
  by: LinkedFunction;
  at: { start: number; end: number };
  isSerialised: boolean;
}

function useBy({ model }: Guards, inside: GuardedField, { linked, edges }: Caller): Met | undefined {
  const place = functionAt(model, linked);
  if (!place || isForTests(model, place.file, place.fn)) return undefined;
  const { calls } = place.fn;
  const locks = lockAnalysis(model);
  const held = (call: number) => [...locks.onEntry(linked.id), ...(locks.regionsOf(linked.id)?.at(call).mayHold ?? [])];
  for (const { call } of edges) {
    const site = calls[call];
    if (!site || linked.links.calls[call]?.dynamic) continue;
    const answer = `${site.origin ?? site.callee}()`;
    const isAnswer = (path: string) => path === answer || path === `${answer}#0`;
    const isOfAnswer = (path: string) => isAnswer(path.replace(/\.\w+(?:\[\w*\])*$/, ""));
    const read = inside.accesses.find(
      (other) => other.linked.id === linked.id && other.mayHold.length === 0 && isOfAnswer(other.path),
    );
    const change = read && changeBy(model, inside, read, 0);
    if (change)
      return {
        guarded: inside,
        access: change,
        by: linked,
        at: { start: read.start, end: read.start + 1 },
        isSerialised: false,
      };
    for (const [i, use] of calls.entries()) {
      if (held(i).length > 0) continue;
      const isSerialised = use.arguments.some(isAnswer) && linked.links.calls[i]?.entry?.role === "serialise";
      const isOn = isOfAnswer(use.origin ?? use.callee);
      const changed = isSerialised
        ? changeSeen(model, inside, { linked })
        : isOn && changeMetBy(model, inside, linked, (at) => at === i);
      if (changed) return { guarded: inside, access: changed, by: linked, at: use, isSerialised };
    }
  }
  return undefined;
}

function returnOf({ model }: Guards, field: string, pointer: FieldAccess, met: Met): Found {
  const { fn, file, linked } = pointer;
  const [value, guard, from] = [met.guarded.field, met.guarded.lock, field].map((key) => code(memberName(key)));
  const user = functionAt(model, met.by);
  const who = user ? lowered(functionText(user.fn)) : "a caller";
  const uses = `${met.isSerialised ? "serialises" : "uses"} ${value} without ${guard}`;
  return {
    by: linked,
    path: file.path,
    range: rangeOfAccess(pointer),
    symbol: fn.symbol,
    message: `${functionText(fn)} returns a pointer out of ${from}: ${who} ${uses}, while ${lowered(functionText(met.access.fn))} changes it under that lock.`,
    steps: [
      ...accessStep(model, pointer, `returns a pointer out of ${from}`),
      stepAt(model, met.by, met.at, uses) ?? [],
      ...accessStep(model, met.access, `changes ${value} while it holds ${guard}`),
    ].flat(),
    rank: (met.isSerialised ? 4 : 0) + (linked.reachedFrom.length > 0 ? 1 : 0),
  };
}
