import { rootOf } from "../accessPath";
import type { AccessPath } from "../facts";
import { type Flow, flowsInside, type ScopeFlow } from "../fileSummary";
import { instanceOf, isWithin, seenByCallee, seenByCaller } from "../link/instances";
import { type FunctionId, type InstancePath, type LockRef, receiverHandedOver } from "../link/links";
import { conditionsAt } from "./conditionsAt";
import { makesItself } from "./construction";
import type { FunctionEffects, GraphFunction, HeldLock } from "./functionEffects";
import { stepsAround } from "./stepsAround";

/** A lock that is held at some place of a function. */
export interface Holding extends HeldLock {
  /** The call that took it, in the function itself or in `callee`; -1 for a block that holds it. */
  call: number;
  /** The block that holds it. */
  scope?: ScopeFlow;
  /** The function in which the call took it. */
  callee?: FunctionId;
  /** A callee has given it back on some of its ways; which one was taken is not known. */
  isUncertain?: boolean;
}

export type EffectsOfCallee = (id: FunctionId) => FunctionEffects;

export function asHeldLock({ lock, instance, kind, reentrant, forReading }: HeldLock): HeldLock {
  return { lock, ...(instance !== undefined && { instance }), kind, reentrant, forReading };
}

/** Whether two locks are the same one as far as is known. */
export function mayBeSame(a: LockRef, b: LockRef): boolean {
  if (a.lock !== b.lock) return false;
  if (a.instance === undefined || b.instance === undefined || a.instance === b.instance) return true;
  return isOfType(a.lock, a.instance) || isOfType(b.lock, b.instance);
}

/** Whether a lock is reached by the name of the type that has one for all its objects: `Mark.guard`, elsewhere `cls.guard`. */
function isOfType(lock: string, instance: string): boolean {
  return instance.includes(".") && lock.endsWith(`.${instance}`);
}

/** Whether two locks of one function are the same one for certain. */
export function isSurelySame(a: LockRef, b: LockRef): boolean {
  if (a.lock !== b.lock || a.instance === undefined || b.instance === undefined) return false;
  return a.instance === b.instance || isSameVariable(a.instance, b.instance) || isSameVariable(b.instance, a.instance);
}

/** `mu` and `pkg.mu`: a variable of a package, from inside and from outside. */
function isSameVariable(inside: string, outside: string): boolean {
  return (
    /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(inside) &&
    /^[\p{L}_]/u.test(outside) &&
    outside.endsWith(`.${inside}`) &&
    !outside.startsWith("this.") &&
    outside.split(".").length === 2
  );
}

/** Whether two locks are written the same way and taken in the same mode. */
export function isSameLock(a: LockRef, b: LockRef): boolean {
  return a.lock === b.lock && a.instance === b.instance && a.forReading === b.forReading;
}

export function isSameHolding(a: Holding, b: Holding): boolean {
  return a === b || (a.call === b.call && a.scope === b.scope && a.instance === b.instance);
}

/** The lock that is meant by a release: the last that was taken in the same way, or else in another. */
export function heldIndex(held: readonly Holding[], lock: LockRef): number {
  const inMode = held.findLastIndex((other) => mayBeSame(other, lock) && other.forReading === lock.forReading);
  return inMode >= 0 ? inMode : held.findLastIndex((other) => mayBeSame(other, lock));
}

/** Tells locks apart by how they are written and taken. */
export function lockText({ lock, instance, forReading }: LockRef): string {
  return `${lock} ${instance ?? ""} ${forReading}`;
}

/** A lock of a callee as the function that calls it sees it. */
export function lockSeenBy<T extends LockRef>(fn: GraphFunction, call: number, callee: FunctionId, lock: T): T {
  return isInside(fn, callee) ? lock : seenByCaller(lock, ownerOf(fn, call, callee));
}

/** A lock of a function as one that it calls sees it. */
export function lockSeenIn<T extends LockRef>(fn: GraphFunction, call: number, callee: FunctionId, lock: T): T {
  return isInside(fn, callee) ? lock : seenByCallee(lock, ownerOf(fn, call, callee));
}

/** Whose method is run by a call. One that is handed to another object, `other.each(this::put)`, is not known to be its. */
function ownerOf(fn: GraphFunction, call: number, callee: FunctionId): InstancePath | undefined {
  const receiver = receiverOf(fn, call);
  if (receiver === "this" || fn.links.calls[call]?.functions.includes(callee)) return receiver;
  const isHandedOver = fn.links.handedOver
    .get(call)
    ?.some(({ argument, functions }) => argument !== receiverHandedOver && functions.includes(callee));
  return isHandedOver ? undefined : receiver;
}

/** What a call is made on, as the function names it. */
export function receiverOf({ summary, around, links }: GraphFunction, call: number): InstancePath | undefined {
  const { callee = "", origin } = summary.calls[call] ?? {};
  // What a field keeps is no method of the object that has the field.
  if (links.callsKept?.has(call)) return undefined;
  const dot = callee.lastIndexOf(".");
  // Where methods have no receiver of their own, a bare name may be one of the same object's.
  if (dot < 0) return around.at(-1)?.typeName !== undefined && !around.at(-1)?.receiver ? "this" : undefined;
  return instanceOf(callee.slice(0, dot), around, origin === undefined).instance;
}

/** Whether a function stands inside the outermost function around another. */
function isInside({ around, links }: GraphFunction, callee: FunctionId): boolean {
  const path = links.id.slice(0, links.id.indexOf("#") + 1);
  const outermost = around.at(-1)?.symbol;
  return around.length > 0 && callee.startsWith(`${path}${outermost}.`);
}

/** Whether a closed path starts with an object made on the spot: a literal, a constructor's result. */
export function isNewObject(path: AccessPath): boolean {
  return /^(?:<[^*[>]+>|(?:[\w$]+\.)*(?:[nN]ew|[cC]reate|[mM]ake|[bB]uild|[cC]lone|[cC]opy)[\w$]*\()/.test(path);
}

/**
 * Whether a lock that a call takes or leads to is of an object that the function has made, and no object of a declared
 * type that it got from elsewhere.
 */
export function isOfObjectMadeHere({ summary, around, raises }: GraphFunction, call: number, lock: LockRef): boolean {
  const { callee = "", origin = callee } = summary.calls[call] ?? {};
  const root = rootOf(callee);
  const rest = callee.slice(root.length);
  if (!isWithin(lock.instance ?? "", `=${root}`) || !origin.endsWith(rest)) return false;
  if (isNewObject(lastGiven(summary.flow, call, root) ?? "")) return true;
  const made = origin.slice(0, origin.length - rest.length);
  const type = /^<([^*[>]+)>$/.exec(made)?.[1];
  if (type === undefined)
    return isNewObject(made) && made.endsWith("()") && (summary.form !== "closure" || makesItself(summary, made));
  if (around.some(({ parameters }) => parameters.some(({ name }) => name === root))) return false;
  // In Go that is a literal, or a variable of its own.
  if (!raises) return true;
  const here = conditionsAt(summary.flow, call);
  return summary.calls.slice(0, call).some((construction, at) => {
    if (construction.callee !== type) return false;
    const nearest = conditionsAt(summary.flow, at).at(-1);
    return nearest === undefined || here.includes(nearest);
  });
}

/** What a local was given last in front of a call, on every way there, as written. */
function lastGiven(flow: readonly Flow[], call: number, local: string): AccessPath | undefined {
  const blocks = [flow, ...stepsAround(flow, call).map(({ inside }) => inside)].reverse();
  const isGiven = (step: Flow): boolean =>
    typeof step !== "number" &&
    ((step.kind === "assign" && step.target === local) || flowsInside(step).some((inside) => inside.some(isGiven)));
  for (const [i, block] of blocks.entries()) {
    const inner = blocks[i - 1];
    const at = block.findIndex((step) =>
      typeof step === "number" ? step === call : inner !== undefined && flowsInside(step).includes(inner as Flow[]),
    );
    const last = block.slice(0, at).findLast(isGiven);
    if (last !== undefined) return typeof last !== "number" && last.kind === "assign" ? last.from : undefined;
  }
  return undefined;
}
