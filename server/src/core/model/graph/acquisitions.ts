import { memoized } from "../../base/memoized";
import { type FileSummary, type Flow, type FunctionSummary, flowsInside, type ScopeFlow } from "../fileSummary";
import type { FunctionId, LockOperation, LockRef } from "../link/links";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../workspaceModel";
import { conditionsAt } from "./conditionsAt";
import { type Flags, flagsAt, namesOfFlags } from "./flags";
import { type Effect, type HeldLock, noEffects } from "./functionEffects";
import { type Constant, constantsInside } from "./givenConstants";
import { effectsOfCall, graphFunction } from "./graphFunction";
import { type Holding, isSurelySame, lockSeenIn } from "./heldLocks";
import { holdsDuring, type LockAnalysis, type LockingFunction, lockAnalysis } from "./lockAnalysis";
import type { LockRegions } from "./lockRegions";
import { walkLocks } from "./lockWalk";
import { refusalOf } from "./lockWays";
import { missing } from "./wayConditions";
import { nextOf } from "./witness";

/** A lock that a function waits for, itself or through what it calls, while it holds others. */
export interface Acquisition {
  locked: LockingFunction;
  /** The call that takes the lock or leads there, or the block that holds it. */
  step: number | ScopeFlow;
  /** The lock as the function sees it. */
  lock: HeldLock;
  /** The chain to the place where it is taken. */
  effect: Effect;
  /** What is held on every way to the step. */
  holds: readonly Holding[];
  /** What is held on some way to the step. */
  mayHold: readonly Holding[];
}

const known = new WeakMap<LockRegions, readonly Acquisition[]>();

/** The locks that a function waits for while it holds others; in the order of its steps. */
export function acquisitionsIn(model: WorkspaceModel, locked: LockingFunction): readonly Acquisition[] {
  let acquisitions = known.get(locked.regions);
  if (!acquisitions) {
    acquisitions = collect(model, locked);
    known.set(locked.regions, acquisitions);
  }
  return acquisitions;
}

function collect(model: WorkspaceModel, locked: LockingFunction): readonly Acquisition[] {
  const { linked, fn, regions } = locked;
  const acquisitions: Acquisition[] = [];
  const scopes = scopesIn(fn.flow);
  const calls = new Set<number>(linked.links.handedOver.keys());
  for (const { step, mayHold, holds } of regions.held) {
    if (typeof step === "number") calls.add(step);
    else if (step.kind === "scope") {
      const lock = linked.links.scopeLocks[scopes.indexOf(step)];
      if (!lock) continue;
      const effect: Effect = { kind: "acquire", detail: lock.lock, distance: 0, call: -1, lock };
      acquisitions.push({ locked, step, lock, effect, holds, mayHold });
    }
  }
  for (const call of [...calls].sort((a, b) => a - b)) acquisitions.push(...acquisitionsOfCall(model, locked, call));
  return acquisitions.length === 0 ? none : acquisitions;
}

const none: readonly Acquisition[] = [];

function acquisitionsOfCall(model: WorkspaceModel, locked: LockingFunction, call: number): Acquisition[] {
  const { linked, regions } = locked;
  const { mayHold, holds } = regions.at(call);
  return effectsOfCall(model, linked, call).flatMap((effect): Acquisition[] => {
    const { kind, lock, callee } = effect;
    if (kind !== "acquire" || !lock) return [];
    const during =
      callee === undefined ? [] : holdsDuring(model, linked, call, callee).map((held) => ({ ...held, call }));
    if (mayHold.length + during.length === 0) return [];
    return [{ locked, step: call, lock, effect, holds: [...holds, ...during], mayHold: [...mayHold, ...during] }];
  });
}

/** So many functions are looked at for arguments that switch something on or off. */
const maxLookedAt = 200;

/** What is known where a function starts: of its parameters, and the flags of its object. */
interface Given {
  parameters: readonly Constant[];
  flags: Flags;
  /** The lock that is looked for is held already, so that nobody gets it who only tries to. */
  held?: "for reading" | "for writing";
}

const nothingGiven: Given = { parameters: [], flags: new Map() };

/**
 * Whether a call takes a lock with what it is given, and its callees: `reset(false)` where the parameter decides, or
 * `if (!this.eager) wakeUp()` where a flag of the object does.
 */
export function isTakenWithArguments(
  model: WorkspaceModel,
  linked: LinkedFunction,
  { call, callee, lock: taken }: Effect,
  given = nothingGiven,
  lookedAt = new Set<string>(),
): boolean {
  const target = callee === undefined ? undefined : model.functions.get(callee);
  if (!target || !taken || lookedAt.size >= maxLookedAt) return true;
  const caller = graphFunction(model, linked);
  const fn = graphFunction(model, target);
  const known: Given = {
    ...given,
    parameters: constantsInside(model, { linked, call }, target, given.parameters),
    flags: flagsAt(caller, fileOf(model, linked), call, given.flags),
  };
  const seen = lockSeenIn(caller, call, target.id, taken);
  const conditions = new Map([
    ...conditionsGiven(known.parameters),
    ...namesOfFlags(fn, fileOf(model, target), known.flags),
    ...refusals(target, seen, known),
  ]);
  const key = [target.id, seen.instance, ...[...conditions].flat()].join(" ");
  // What is given back in there may be free when it is taken.
  if (lookedAt.has(key) || givesBack(model, target.id, seen)) return false;
  lookedAt.add(key);
  const scopes = scopesIn(fn.summary.flow);
  const isIt = (lock: LockRef | undefined) =>
    lock !== undefined && (seen.instance === undefined ? lock.lock === seen.lock : isSurelySame(lock, seen));
  let isTaken = target.links.heldThroughout?.some(isIt) === true;
  const looked = new Set<Flow>();
  const reach = (node: Flow) => {
    if (isTaken || looked.has(node)) return;
    looked.add(node);
    if (given.held !== undefined && isForOthers(fn.summary, node)) return;
    if (typeof node !== "number") {
      isTaken = node.kind === "scope" && isIt(target.links.scopeLocks[scopes.indexOf(node)]);
      return;
    }
    isTaken = effectsOfCall(model, target, node).some(
      (effect) =>
        effect.kind === "acquire" && isIt(effect.lock) && isTakenWithArguments(model, target, effect, known, lookedAt),
    );
  };
  walkLocks(fn, (id) => model.functions.get(id)?.effects ?? noEffects, { reach }, conditions);
  return isTaken;
}

function fileOf(model: WorkspaceModel, { path }: LinkedFunction): FileSummary {
  return model.files.get(path) as FileSummary;
}

/** Whether a call leads its caller to a lock that it holds. */
export function isTakenAgain(model: WorkspaceModel, linked: LinkedFunction, effect: Effect, held: Holding): boolean {
  const how = held.forReading ? "for reading" : "for writing";
  return isTakenWithArguments(model, linked, effect, { ...nothingGiven, held: how });
}

/** The calls of a function that try to get a lock which is held already. */
function refusals({ links }: LinkedFunction, lock: LockRef, { held }: Given): [string, boolean][] {
  if (held === undefined) return [];
  return [...links.lockOperations].flatMap(([call, { mayFail, forReading, ...other }]): [string, boolean][] => {
    const isRefused =
      mayFail && !(forReading && held === "for reading") && isSurelySame({ ...other, forReading }, lock);
    return isRefused ? [[refusalOf(call), true]] : [];
  });
}

/**
 * Whether a step of a function is only come to where a field is not who asks, and the function writes the field itself:
 * `if self.writer == task: return` before a lock, `self.writer = task` behind it. Who holds the lock is the writer.
 */
function isForOthers({ flow, writes }: FunctionSummary, step: Flow): boolean {
  const owners = new Set(writes.flatMap((path) => /\.([\w$]+)$/.exec(path)?.[1] ?? []));
  if (owners.size === 0) return false;
  return conditionsAt(flow, step).some(({ test, holds }) => {
    const [, field = "", operator = "", other = ""] = comparesField.exec(test) ?? [];
    return owners.has(field) && !isConstant.test(other) && holds === /^(?:!|is not)/.test(operator);
  });
}

const comparesField = /^\w+\.([\w$]+) ([!=]==?|is(?: not)?) ([\w$.]+)(?:\(\))?$/;
const isConstant = /^(?:\d.*|true|false|True|False|nil|null|None|undefined)$/;

/** How the conditions of a function come out that ask for what it is given. */
function* conditionsGiven(given: readonly Constant[]): Iterable<[string, boolean]> {
  for (const { parameter, value, isFlag } of given) {
    if (isFlag) yield [parameter, value];
    else for (const isMissing of missing) yield [`${parameter} ${isMissing}`, !value];
  }
}

/** Whether a function on the way to a lock gives another one back. */
export function isGivenBackOnTheWay(model: WorkspaceModel, effect: Effect, lock: LockRef): boolean {
  const callee = effect.callee === undefined ? undefined : model.functions.get(effect.callee);
  if (!callee) return false;
  const next = nextOf(callee, effect);
  return givesBack(model, callee.id, lock) || (next !== undefined && isGivenBackOnTheWay(model, next, lock));
}

function givesBack(model: WorkspaceModel, id: FunctionId, { lock }: LockRef): boolean {
  const { unheldReleases = [] } = lockAnalysis(model).regionsOf(id) ?? {};
  return unheldReleases.some((released) => released.lock.lock === lock);
}

/** Whether what a callee left held may be given back through its result: a guard, an iterator, a transaction. */
export function isHeldByGuard(model: WorkspaceModel, { callee, lock, scope }: Holding, depth = maxGuardDepth): boolean {
  // A block holds it until its end.
  if (scope) return false;
  const linked = callee === undefined ? undefined : model.functions.get(callee);
  const fn = linked && functionAt(model, linked)?.fn;
  if (!linked || !fn || depth === 0) return false;
  const isGuard = (type: string) => !/^(?:error|bool|boolean|void|None|Promise<(?:void|boolean)>)$/.test(type);
  if (fn.results.some(isGuard) || fn.returns.some((path) => path.includes(".") || path.startsWith("<func#")))
    return true;
  const left =
    lockAnalysis(model)
      .regionsOf(linked.id)
      ?.leaves.flatMap(({ held }) => held) ?? [];
  return left.some((other) => other.lock === lock && isHeldByGuard(model, other, depth - 1));
}

const maxGuardDepth = 4;

/** The blocks of a function that may hold locks, in the order of `FunctionLinks.scopeLocks`. */
export function scopesIn(flow: readonly Flow[]): ScopeFlow[] {
  return flow.flatMap((node) =>
    typeof node === "number" ? [] : [...(node.kind === "scope" ? [node] : []), ...flowsInside(node).flatMap(scopesIn)],
  );
}

/** Whether a lock is a variable of a function or of unknown origin: nobody else can name it. */
export function isLocalLock({ lock }: LockRef): boolean {
  return /#.*:/.test(lock);
}

/** Whether a chain goes through calls of which only the running program knows where they lead. */
export function isDecidedAtRunTime(model: WorkspaceModel, { links }: LinkedFunction, effect: Effect): boolean {
  const callee = effect.callee === undefined ? undefined : model.functions.get(effect.callee);
  if (!callee) return false;
  const functions = links.calls[effect.call]?.functions ?? [];
  if (functions.length > 1 && functions.includes(callee.id)) return true;
  const next = nextOf(callee, effect);
  return next !== undefined && isDecidedAtRunTime(model, callee, next);
}

/** Whether a lock is named as a variable outside functions, which everybody calls the same. */
export function isOfFile({ instance }: LockRef): boolean {
  return instance !== undefined && !/^(?:this\b|[#=])/.test(instance);
}

/** Where a function takes a lock for itself alone; without a call where it is held around a block or the whole function. */
interface Writer {
  locking: LockingFunction;
  call?: number;
}

/** Those outside tests, by lock. */
const writersByLock = memoized(({ locking: all }: LockAnalysis): ReadonlyMap<string, readonly Writer[]> => {
  const found = new Map<string, Writer[]>();
  const note = (operation: LockOperation | undefined, writer: Writer) => {
    if (operation?.action !== "acquire" || operation.forReading) return;
    const known = found.get(operation.lock);
    if (known) known.push(writer);
    else found.set(operation.lock, [writer]);
  };
  for (const locking of all) {
    if (locking.file.isTest) continue;
    const { lockOperations, scopeLocks } = locking.linked.links;
    for (const [call, operation] of lockOperations) note(operation, { locking, call });
    for (const operation of scopeLocks) note(operation, { locking });
  }
  return found;
});

/**
 * Whether some function outside tests takes a lock for itself alone.
 *
 * @param outside other locks that are held meanwhile: who takes one of them for itself first has to wait
 * @param counts whether a function counts
 */
export function isTakenForWriting(
  analysis: LockAnalysis,
  lock: string,
  outside: readonly HeldLock[] = [],
  counts: (linked: LinkedFunction) => boolean = () => true,
): boolean {
  const others = new Set(outside.flatMap((other) => (other.lock === lock ? [] : other.lock)));
  const waits = ({ forReading, lock: held }: HeldLock) => !forReading && others.has(held);
  return (writersByLock(analysis).get(lock) ?? []).some(
    ({ locking: { linked, regions }, call }) =>
      counts(linked) &&
      !analysis.onEntry(linked.id).some(waits) &&
      !(call !== undefined && regions.at(call).holds.some(waits)),
  );
}
