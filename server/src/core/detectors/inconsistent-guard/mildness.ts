import { lastPart } from "../../model/accessPath";
import { type Flow, flowsInside } from "../../model/fileSummary";
import { callersOf } from "../../model/graph/callersOf";
import { conditionsAt, leaves } from "../../model/graph/conditionsAt";
import { comparedWithNothing } from "../../model/graph/conditionTexts";
import { isConstruction } from "../../model/graph/construction";
import type { FieldAccess } from "../../model/graph/fieldAccesses";
import { extendsType, fieldDeclaration } from "../../model/graph/fieldTypes";
import { functionsAround } from "../../model/graph/graphFunction";
import type { GuardedField } from "../../model/graph/guards";
import { heldOnWays } from "../../model/graph/heldOnWays";
import { isUnusedInProduction } from "../../model/graph/inProduction";
import { lockAnalysis } from "../../model/graph/lockAnalysis";
import { type FunctionId, functionIds } from "../../model/link/links";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import {
  areOnEventLoop,
  areOthersRunBy,
  areWritersRunBy,
  isNotAmongShared,
  isOnThreadOfWriters,
  isRunByOnlyWriter,
} from "./confinement";
import { isEnding, isKeptAway, isPartOfEnding } from "./excuses";
import { isSameConstant, isSettingUp } from "./fieldNotes";
import { isHardlyGuarded, isUnderWrongLock, isWeakHabit } from "./habits";
import { isOnlyAskedFor, isOnlyTold } from "./measured";
import { hasLockedGetter, type Unguarded } from "./uses";

type Reason = readonly [(model: WorkspaceModel, use: Unguarded) => boolean, string];

/** Why it seldom matters that a function does without the lock, and what to say of it. */
const reasons: readonly Reason[] = [
  [(model, { access }) => isUnusedInProduction(model, access.linked), "Nothing outside tests calls it."],
  [areWritersUnused, "Nothing outside tests calls those who write it."],
  [
    (model, { access }) => isEnding(access) || isPartOfEnding(model, access),
    "It runs when something ends, when others have mostly come to an end.",
  ],
  [isUnderLockOfWriters, "All who write it hold another lock that is held here, too, but for what ends it."],
  [(_, { access }) => endsItsObject(access), "It ends the object that has the field."],
  [isAskedAgain, "It looks again under the lock."],
  [(_, { guarded, access }) => isLockNamedInside(guarded, access), "A comment in the function speaks of the lock."],
  [(model, { guarded }) => isNotAmongShared(model, guarded), "A comment names other fields as those that are shared."],
  [
    (model, { guarded, access }) =>
      isOnThreadOfWriters(model, guarded, access) ||
      isRunByOnlyWriter(model, guarded, access) ||
      areWritersRunBy(model, guarded, access),
    "All who write it seem to run on the same thread.",
  ],
  [
    (model, { guarded, access }) => areOnEventLoop(model, guarded, access),
    "All who write it run on the same event loop, and none of them meanwhile.",
  ],
  [(model, { access }) => isForOneAlone(model, access.linked), "Only whoever sets a flag first gets there."],
  [
    (model, { guarded, access }) => areOthersRunBy(model, guarded, access),
    "All others who use it seem to run on the same thread.",
  ],
  [(_, { guarded, access }) => isAtomicStep(guarded, access), "The step by itself is atomic."],
  [
    isStepOfLoop,
    "The lock is one of an event loop, which runs the function in one step: it comes only in between what others await.",
  ],
  [
    (_, { guarded }) => isOnlyReadIn(guarded),
    "It is only written where an object is read in or copied, before others know it.",
  ],
  [(_, { access }) => isReadingIn(access), "It reads an object in, mostly one that is new."],
  [
    (_, { guarded, access }) => isSameConstant(guarded, access),
    "It sets it to what others set it to under the lock: at worst somebody who is changing it writes over that.",
  ],
  [(_, { access }) => isSetUpFirst(access), "The function begins with it."],
  [(_, { access }) => isSettingUp(access), "It sets the object up and gives it back, mostly before others know it."],
  [(model, { access }) => isInConstruction(model, access.linked), "It is written in what makes the object."],
  [(_, { access }) => loads.test(access.fn.name), "By its name it loads what is there before others use it."],
  [
    (model, { access }) => isPreparing(model, access),
    "By its name it prepares what others use afterwards, and it is called in one place.",
  ],
  [
    (model, { guarded, access }) => isOnlyAskedFor(model, guarded, access),
    "It only asks how long it is, or whether it is there: at worst the answer is late.",
  ],
  [isReplacedWhole, "It is only ever replaced as a whole: at worst an old one is read."],
  [
    (_, { guarded, access }) => isFilledOnce(guarded, access),
    "It is filled once, and not changed where it is filled already.",
  ],
  [(_, use) => isOnlyTold(use), "It is only read for what is logged or thrown."],
  [
    (model, use) => isOnlyAgainstItself(use) && !(isGoMap(model, use) && isServed(use)),
    "Those who write it elsewhere hold the lock for writing: it takes two of these at once.",
  ],
  [
    (_, { guarded, sharing }) => guarded.isOnlyForReading === true && sharing !== "collection",
    "It is a single value: at worst a change is lost.",
  ],
  [
    (_, { access }) => isSetWithoutLook(access),
    "It is given a new value whatever it had before: at worst one that somebody gives it at the same time is lost.",
  ],
  [isOfStream, "A stream is mostly used by one."],
  [(_, { access }) => isOfIterator(access), "Whoever goes over a collection keeps others from changing it meanwhile."],
  [
    (model, { guarded, access }) => heldOnWays(model, guarded.lock, access.linked) === "unknown",
    "The object hands on what leads here, to be called back, and whether the lock is held then is not known.",
  ],
  [(_, use) => isWeakHabit(use), "Several do without the lock."],
  [isHardlyGuarded, "Few functions take the lock, and this one neither changes a collection nor goes over one."],
];

/** A reference that is read in one piece, to what nobody changes once others can have it. */
function isReplacedWhole(model: WorkspaceModel, { guarded, access, sharing }: Unguarded): boolean {
  if (access.kind !== "read" || sharing !== "collection") return false;
  const isMap = fieldDeclaration(model, guarded.field)?.facts.type?.startsWith("map[");
  if (access.file.language === "go" && !isMap) return false;
  return guarded.accesses.every(({ kind, depth }) => kind === "read" || depth === 0);
}

/** Whether all who change what a field holds leave it alone where there is something in it: `if len(prices) > 0 { return }`. */
function isFilledOnce({ field, accesses }: GuardedField, access: FieldAccess): boolean {
  const name = field.slice(field.lastIndexOf(".") + 1);
  const isEmpty = new RegExp(`^len\\([\\w.]*\\.${name}\\) (?:(!= 0|> 0)|== 0)$`);
  const writes = accesses.filter(({ kind }) => kind === "write");
  return (
    access.kind === "read" &&
    writes.every(({ fn: { flow }, start }) =>
      [...stepsAt(flow, start)].some((step) =>
        conditionsAt(flow, step).some(({ test, holds }) => {
          const asked = isEmpty.exec(test);
          return asked !== null && holds === (asked[1] === undefined);
        }),
      ),
    )
  );
}

/** The steps that start at a place of a function. */
function* stepsAt(flow: readonly Flow[], start: number): Generator<Flow> {
  for (const step of flow) {
    if (typeof step === "number") continue;
    if ("start" in step && step.start === start) yield step;
    for (const inside of flowsInside(step)) yield* stepsAt(inside, start);
  }
}

/** Why it seldom matters that a function uses fields without a lock; nothing where it does. */
export function mildness(model: WorkspaceModel, uses: readonly Unguarded[]): string | undefined {
  const found = reasons.find(([holds]) => uses.every((use) => holds(model, use)));
  if (found) return found[1];
  // Of several values that belong together some may be new and others old.
  const [single, ...others] = uses;
  return (single && others.length === 0 && isOneValueRead(single)) || uses.every(isWholeValueRead)
    ? "It is a single value that is read: at worst it is an old one."
    : undefined;
}

/** Java's fields are read whole, but for a `long` of old machines. */
export function isWholeValueRead({ sharing, access: { kind, file } }: Unguarded): boolean {
  return file.language === "java" && kind === "read" && sharing !== "collection";
}

function areWritersUnused(model: WorkspaceModel, { guarded: { accesses } }: Unguarded): boolean {
  return accesses.every(({ kind, linked }) => kind === "read" || isUnusedInProduction(model, linked));
}

function isUnderLockOfWriters(model: WorkspaceModel, { guarded, access }: Unguarded): boolean {
  const takesOther = access.holds.some(({ lock }) => lock !== guarded.lock);
  return takesOther && guarded.accesses.every((other) => isEnding(other) || isKeptAway(model, guarded, access, other));
}

/** `delete` of the type, or `deleteNetwork` of its fields. */
function endsItsObject({ fn, path, linked }: FieldAccess): boolean {
  const named = /^(?:delete|remove|destroy|free|unregister)_?(\w*)$/i.exec(fn.name)?.[1]?.toLowerCase();
  if (named === undefined) return false;
  const field = linked.links.reads[fn.reads.indexOf(path)] ?? linked.links.writes[fn.writes.indexOf(path)];
  const owner = field?.split(".").at(-2)?.toLowerCase();
  return owner !== undefined && (named === "" ? fn.typeName?.toLowerCase() === owner : owner.endsWith(named));
}

const usualNames = /^(?:mu|mtx|lock|mutex|rw(?:lock|mutex)?|m|l)$/i;

/** A name that every other lock has says nothing without the object it belongs to. */
function isLockNamedInside({ lock }: GuardedField, { fn, file }: FieldAccess): boolean {
  const name = lock.slice(lock.lastIndexOf(".") + 1);
  const mention = new RegExp(`${usualNames.test(name) ? "\\w\\." : "\\b"}${name.replace(/\W/g, "\\$&")}\\b`);
  return file.comments.some(({ start, end, text }) => start > fn.start && end < fn.end && mention.test(text));
}

/** Whether a write under the lock for reading can only meet other runs of its function. */
function isOnlyAgainstItself({ guarded: { lock, accesses }, access: { kind, mayHold, linked } }: Unguarded): boolean {
  const isForReading = ({ mayHold }: Pick<FieldAccess, "mayHold">) =>
    mayHold.some((held) => held.lock === lock && held.forReading);
  if (kind !== "write" || !isForReading({ mayHold })) return false;
  return accesses.every((other) => other.linked.id === linked.id || !isForReading(other));
}

function isGoMap(model: WorkspaceModel, { guarded: { field }, access: { file } }: Unguarded): boolean {
  return file.language === "go" && fieldDeclaration(model, field)?.facts.type?.startsWith("map[") === true;
}

/** Two requests may come at once. */
function isServed({ access: { linked } }: Unguarded): boolean {
  return linked.reachedFrom.some(({ kind }) => kind === "handler");
}

/** Java's streams are synchronised by custom, as the class above them is. */
function isOfStream(model: WorkspaceModel, { guarded, access }: Unguarded): boolean {
  const owner = guarded.field.slice(0, guarded.field.lastIndexOf("."));
  const isMonitor = guarded.lock === owner || extendsType(model, owner, guarded.lock);
  return access.file.language === "java" && isMonitor && /(?:Stream|Reader|Writer)$/.test(owner);
}

const iterators = /^(?:[\w.]+\.)?(?:List|Map)?(?:Iterator|Spliterator|Enumeration)\b/;

/** Whether a function is a method of what goes over a collection: an iterator is by custom no safer than that. */
function isOfIterator({ file, fn }: FieldAccess): boolean {
  return file.types.some(({ name, bases }) => name === fn.typeName && bases.some((base) => iterators.test(base)));
}

const readsIn = /^(?:Unmarshal\w*|GobDecode|Decode\w*|readObject|readExternal|__setstate__)$/i;
const copies = /^(?:(?:deep_?)?copy\w*|clone)$/i;

function isOnlyReadIn({ accesses }: GuardedField): boolean {
  const writes = accesses.filter(({ kind }) => kind === "write");
  return writes.every(({ fn }) => readsIn.test(fn.name) || copies.test(fn.name));
}

/** `UnmarshalJSON` of the object itself. */
function isReadingIn({ fn, path, kind }: FieldAccess): boolean {
  return kind === "write" && readsIn.test(fn.name) && new RegExp(`^<\\*?${fn.typeName}>\\.`).test(path);
}

/** Not `loadUser`, which whoever wants one may call at any time. */
const loads = /^_*(?:load|recover|replay)(?:_?(?:all|state|from_?(?:disk|file|store)))?$/i;

/** `prepare` of an object that one function makes ready; requests and timers may prepare something again and again. */
function isPreparing(model: WorkspaceModel, { fn, linked }: FieldAccess): boolean {
  if (!/^_*prepare$/i.test(fn.name) || linked.reachedFrom.length > 0) return false;
  return callersOf(model, linked).flatMap(({ edges }) => edges).length === 1;
}

const setsFlag = /\b(?:compareAndSet|getAndSet|CompareAndSwap\w*|Swap)\(/;

/** Whether all who call a function set a flag in one step with asking for it, and leave where it was set before. */
function isForOneAlone(model: WorkspaceModel, linked: LinkedFunction): boolean {
  const callers = callersOf(model, linked);
  const isOne = (caller: LinkedFunction) => comesFirst(functionAt(model, caller)?.fn.flow ?? []);
  return (
    callers.length > 0 &&
    callers.every(({ linked: by, edges }) => edges.every(({ runs }) => runs === "now") && isOne(by))
  );
}

function comesFirst(flow: readonly Flow[]): boolean {
  return flow.some((node) => {
    if (typeof node === "number") return false;
    if (node.kind === "scope" || node.kind === "try") return comesFirst(node.body);
    return node.kind === "branch" && setsFlag.test(node.test ?? "") && node.arms.some(leaves);
  });
}

const maxCallerDepth = 3;

/**
 * What runs inside a function that makes the object, such as a callback that this waits for, and what only such a one
 * of the same type calls.
 */
function isInConstruction(model: WorkspaceModel, linked: LinkedFunction, depth = 0): boolean {
  const place = functionAt(model, linked);
  if (!place) return false;
  const ids = functionIds(place.file);
  for (const { parent } of functionsAround(place.file, linked.index)) {
    const around = parent === undefined ? undefined : model.functions.get(ids[parent] as FunctionId);
    if (around && isConstruction(model, around)) return true;
  }
  const callers = callersOf(model, linked).map((caller) => caller.linked);
  return (
    depth < maxCallerDepth &&
    callers.length > 0 &&
    callers.every((caller) => isOfType(model, caller, place.fn.typeName) && isInConstruction(model, caller, depth + 1))
  );
}

/** Whether a function, or the one it is written in, is a method of a type. */
function isOfType(model: WorkspaceModel, { path, index }: LinkedFunction, type: string | undefined): boolean {
  const file = model.files.get(path);
  return file !== undefined && type !== undefined && functionsAround(file, index).at(-1)?.typeName === type;
}

/** A field that gets a whole new value before the function does anything else is set up for what follows. */
function isSetUpFirst({ kind, depth, fn, start, path }: FieldAccess): boolean {
  if (kind !== "write" || depth > 0) return false;
  const first = Math.min(...fn.calls.map((call) => call.start));
  const readAt = fn.readStarts[fn.reads.indexOf(path)] ?? Number.POSITIVE_INFINITY;
  // With nothing behind it the function is there to change it, and so it is where it looks at the old value.
  const isContinued = fn.calls.some((call) => call.start === first && call.arguments.includes(path));
  return start <= first && first < readAt && Number.isFinite(first) && !isContinued;
}

/** A field that gets a value from a function that does not look at what is there: no other change is worked into it. */
function isSetWithoutLook({ kind, depth, byMethod, fn, path }: FieldAccess): boolean {
  const isLookedAt = fn.reads.some(
    (read) => read === path || read.startsWith(`${path}.`) || read.startsWith(`${path}[`),
  );
  return kind === "write" && depth === 0 && !byMethod && !isLookedAt;
}

/** A single change of a dictionary or list in Python is not seen half done. */
function isAtomicStep({ accesses }: GuardedField, { file, linked, kind, depth }: FieldAccess): boolean {
  const own = accesses.filter((other) => other.linked.id === linked.id && other.kind === "write");
  return file.language === "python" && kind === "write" && depth > 0 && own.length === 1;
}

/** Whether a function that awaits nothing does without a lock that is there for those who await something. */
function isStepOfLoop(model: WorkspaceModel, { guarded, access: { file, fn } }: Unguarded): boolean {
  const declared = fieldDeclaration(model, guarded.lock)?.facts;
  const isOfLoop = /^asyncio\./.test(declared?.type ?? declared?.origin ?? "");
  return file.language === "python" && isOfLoop && !fn.modifiers.includes("async");
}

/**
 * Double-checked locking: a condition on a single value, or on whether a collection is there, and behind it a look at
 * the value under the lock.
 */
function isAskedAgain(model: WorkspaceModel, use: Unguarded): boolean {
  const { guarded, sharing, access } = use;
  const { fn, linked, path, kind } = access;
  const regions = lockAnalysis(model).regionsOf(linked.id);
  const behind = behindTestOf(fn.flow, access);
  if (kind === "write" || !regions) return false;
  if (sharing === "collection" && !(asksWhetherThere(behind[0], path) && isOnlyTold(use, access.start))) return false;
  const looksUnderLock = (node: Flow): boolean => {
    if (typeof node === "number") return false;
    if (node.kind !== "read" && node.kind !== "write")
      return flowsInside(node).some((inner) => inner.some(looksUnderLock));
    const used = (node.kind === "read" ? fn.reads : fn.writes)[node.index];
    const isSame = used === path || used?.startsWith(`${path}.`) === true;
    return isSame && regions.at(node).holds.some(({ lock }) => lock === guarded.lock);
  };
  return behind.some(looksUnderLock);
}

function asksWhetherThere(step: Flow | undefined, path: string): boolean {
  const test = typeof step === "object" && step.kind === "branch" ? (step.test ?? "") : "";
  return test.split(/ (?:&&|and) /).some((part) => lastPart(comparedWithNothing(part)?.name ?? "") === lastPart(path));
}

/** What comes with and after the condition that a read is part of. */
function behindTestOf(flow: readonly Flow[], read: FieldAccess): readonly Flow[] {
  let isPart = false;
  for (const [i, node] of flow.entries()) {
    if (typeof node === "number") continue;
    if (node.kind === "read" && node.start === read.start) isPart = true;
    else if (isPart && node.kind === "branch") return flow.slice(i);
    else if (isPart && node.kind !== "read") return [];
    const found = flowsInside(node).map((inner) => behindTestOf(inner, read));
    const behind = found.find((nodes) => nodes.length > 0);
    if (behind) return behind;
  }
  return [];
}

/** Whether one value is read under no lock of its type, which has no method that shows how to read it. */
function isOneValueRead(use: Unguarded): boolean {
  const { guarded, sharing, access } = use;
  return access.kind === "read" && sharing !== "collection" && !hasLockedGetter(guarded) && !isUnderWrongLock(use);
}
