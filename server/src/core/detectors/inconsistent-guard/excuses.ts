import { lineAt } from "../../base/text";
import type { FunctionSummary } from "../../model/fileSummary";
import { type Caller, callersOf } from "../../model/graph/callersOf";
import { isConstruction } from "../../model/graph/construction";
import { type FieldAccess, isHeld } from "../../model/graph/fieldAccesses";
import { fieldDeclaration } from "../../model/graph/fieldTypes";
import { functionsAround } from "../../model/graph/graphFunction";
import type { GuardedField } from "../../model/graph/guards";
import { heldOnWays } from "../../model/graph/heldOnWays";
import { lockAnalysis } from "../../model/graph/lockAnalysis";
import { type FunctionId, functionIds } from "../../model/link/links";
import { isForTests } from "../../model/testSupport";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import { isIterated } from "./measured";

const callerHolds =
  /\balready\b[^.]{0,20}\block(?:ed|ing)?\b|\b\w*(?:lock|mutex|mu)\b[^.]{0,60}\b(?:held|hold|locked|acquired|taken)\b|\b(?:hold|holds|held|holding|under|acquired?|own|with)\b[^.]{0,40}(?:\b(?:lock|mutex|mu)\b|Lock\b|Mu\b)|\b(?:lock|mutex|synchroni[sz]ation)\b[^.]{0,40}\b(?:not (?:needed|required|necessary)|unnecessary)|\b(?:no|without|(?:do not|don'?t)(?: really)? need)\b[^.]{0,30}\b(?:lock|locking|synchroni[sz]ation)|\bnot\b[^.]{0,20}\b(?:thread|concurren\w+|goroutine|race)|\b(?:racy|benign|lock-?free|single[- ]thread(?:ed)?)\b/i;

const holdsByName =
  /(?:[a-z]Locked|_locked|NoLock|_no_?lock|WithoutLock|[a-z]Unlocked|_unlocked|[uU]nsafe\w*|UnderLock|LockHeld|[a-z]Nolock)$/;

const forTests = /\bfor (?:internal |unit |integration )?test(?:s|ing)\b/i;

/** Texts for people who look for a mistake. */
const describes = /^(?:toString|String|GoString|__repr__|__str__)$/;

/** What runs when others have mostly come to an end. */
const ends =
  /(?:^|_|[a-z])(?:[cC]lose|[sS]top|[sS]hut_?[dD]own|[dD]estroy|[dD]ispose|[tT]ear_?[dD]own|[tT]erminate|[cC]lean_?[uU]p|__a?exit__)/;

const configured = /^<\*?(?:\w+\.)?\w*(?:Options|Opts|Config|Configuration|Settings)>/;

/** What says that the lock is held, or not needed. */
export function isExcused(model: WorkspaceModel, guarded: GuardedField, access: FieldAccess): boolean {
  const { fn, file, linked } = access;
  const around = functionsAround(file, linked.index);
  if (around.some(({ name, doc }) => holdsByName.test(name) || (doc !== undefined && callerHolds.test(doc))))
    return true;
  if (describes.test(fn.name) || isForTests(model, file, fn) || isSaidToBeForTests(model, linked, fn)) return true;
  // A configuration is looked at before what it holds is put to use.
  if (/^(?:validate|verify)/i.test(fn.name) && configured.test(access.path)) return true;
  // Builders are made, used and dropped by one.
  if (fn.typeName?.endsWith("Builder")) return true;
  if (isEnding(access) && waitsForOthers(linked)) return true;
  if (fn.form === "closure" && !runsKnown(model, linked)) return true;
  if (isHandedOverUnder(model, guarded.lock, access)) return true;
  return (
    isOfClassAlone(guarded, access) ||
    isUnderLockOfCondition(access) ||
    givesBackLock(model, guarded.lock, access) ||
    isHeldForItsType(model, guarded, access) ||
    (!guarded.isOnlyForReading && isSoleWriter(guarded, access)) ||
    movesLock(guarded, access) ||
    isLeftToCallee(model, guarded, access) ||
    isGivenUnderLock(model, guarded, access) ||
    isMapChosen(model, guarded, access) ||
    isReadAfterWait(access) ||
    isSaidBeside(guarded, access) ||
    isLengthOfArray(model, guarded, access) ||
    isCalledBackUnder(model, guarded.lock, access) ||
    someCallerHolds(model, guarded.lock, linked) ||
    heldOnWays(model, guarded.lock, linked) === "held"
  );
}

/** Whether a function closes or stops something. */
export function isEnding({ file, linked }: FieldAccess): boolean {
  return functionsAround(file, linked.index).some(({ name }) => ends.test(name));
}

/** Whether only what closes or stops something calls a function. */
export function isPartOfEnding(model: WorkspaceModel, { linked }: FieldAccess): boolean {
  const callers = callersOf(model, linked);
  const isEndingNow = ({ linked: caller, edges }: Caller) =>
    edges.every(({ runs }) => runs === "now") && ends.test(functionAt(model, caller)?.fn.name ?? "");
  return callers.length > 0 && callers.every(isEndingNow);
}

function waitsForOthers({ effects: { effects } }: LinkedFunction): boolean {
  return effects.some(
    ({ kind, detail }) => kind === "wait" || kind === "sleep" || (kind === "channel" && detail.startsWith("receive")),
  );
}

/** By what is said of it, or of whoever calls it. */
function isSaidToBeForTests(model: WorkspaceModel, { callers }: LinkedFunction, { doc }: FunctionSummary): boolean {
  const says = (text: string | undefined) => text !== undefined && forTests.test(text);
  if (says(doc)) return true;
  const calling = callers.flatMap((id) => {
    const linked = model.functions.get(id);
    const place = linked && functionAt(model, linked);
    return place && !place.file.isTest ? place.fn : [];
  });
  return calling.length > 0 && calling.every((fn) => says(fn.doc));
}

/** What a static method of Java uses without an object is of the class: no lock of one object is there to guard it. */
function isOfClassAlone({ lock, accesses }: GuardedField, { file, fn, path }: FieldAccess): boolean {
  if (file.language !== "java" || !fn.modifiers.includes("static") || path.startsWith("<")) return false;
  const holders = accesses.flatMap(({ holds }) => holds.filter((held) => held.lock === lock));
  return holders.every(({ instance }) => instance === "this");
}

/** In Go a condition is made with a lock, which then goes by its `L`, too. */
function isUnderLockOfCondition({ file, mayHold }: FieldAccess): boolean {
  return file.language === "go" && mayHold.some(({ lock }) => lock.endsWith(".L"));
}

/** What gives a lock back in the end that it has not taken was handed it: `go func() { defer mu.Unlock(); ... }()`. */
function givesBackLock(model: WorkspaceModel, lock: string, { linked }: FieldAccess): boolean {
  const { unheldReleases = [] } = lockAnalysis(model).regionsOf(linked.id) ?? {};
  return unheldReleases.some((release) => release.lock.lock === lock && !release.isAgain && !release.isLent);
}

/** An object lives while a lock is held when one of its methods gives back what none of them has taken. */
function isHeldForItsType(model: WorkspaceModel, { lock, field }: GuardedField, { file, fn }: FieldAccess): boolean {
  const type = fn.typeName;
  if (type === undefined || field.split(".").at(-2) === type) return false;
  const ids = functionIds(file);
  return file.functions.some(
    ({ typeName }, i) =>
      typeName === type &&
      model.functions.get(ids[i] as FunctionId)?.effects.releases.some((released) => released.lock === lock),
  );
}

/** Nobody else writes the field: neither another function nor what runs on its own. */
function isSoleWriter({ accesses }: GuardedField, { file, linked }: FieldAccess): boolean {
  return accesses.every(
    ({ kind, file: other, linked: by }) =>
      kind !== "write" ||
      by.id === linked.id ||
      // As in what `sync.Once` runs, which is over when it returns.
      (other.path === file.path && file.functions[by.index]?.parent === linked.index && runsNow(linked, by.id)),
  );
}

function runsNow({ edges }: LinkedFunction, callee: FunctionId): boolean {
  const leading = edges.filter((edge) => edge.callee === callee);
  return leading.length > 0 && leading.every(({ runs }) => runs === "now");
}

/** The lock itself is handed on with the field, or replaced: nobody can hold it meanwhile. */
function movesLock({ lock }: GuardedField, { linked: { links, effects } }: FieldAccess): boolean {
  return !effects.movesLocks && (links.reads.includes(lock) || links.writes.includes(lock));
}

/** A collection is only handed to a function that takes the lock. */
function isLeftToCallee(
  model: WorkspaceModel,
  { lock }: GuardedField,
  { fn, linked, kind, depth, path }: FieldAccess,
): boolean {
  if (kind !== "read" || depth > 0) return false;
  return fn.calls.some(
    ({ arguments: given }, i) =>
      given.includes(path) && linked.links.calls[i]?.functions.some((id) => takes(model, id, lock)),
  );
}

/** A Go map that is never replaced is only named, to be used by that name once the function has taken the lock. */
function isMapChosen(model: WorkspaceModel, { field, lock, accesses }: GuardedField, access: FieldAccess): boolean {
  const { fn, file, linked, kind, depth, got, path, start } = access;
  const isMap = fieldDeclaration(model, field)?.facts.type?.startsWith("map[");
  if (file.language !== "go" || !isMap || kind !== "read" || depth > 0 || got) return false;
  const regions = lockAnalysis(model).regionsOf(linked.id);
  const takesAfter = regions?.held.some(
    ({ step, mayHold }) =>
      typeof step !== "number" && "start" in step && step.start > start && mayHold.some((held) => held.lock === lock),
  );
  const isReplaced = accesses.some((other) => other.kind === "write" && other.depth === 0);
  const isGiven = fn.calls.some(({ arguments: given }) => given.includes(path));
  return takesAfter === true && !isReplaced && !isGiven && !isIterated(access);
}

/** Whether a function has waited for a group of its object before it reads: `r.wg.Wait()` in front of `return r.found`. */
function isReadAfterWait({ file, fn, linked, path, kind, start }: FieldAccess): boolean {
  if (file.language !== "go" || kind !== "read") return false;
  const owner = path.slice(0, path.lastIndexOf("."));
  return fn.calls.some(({ callee, origin = callee, start: waited }, call) => {
    const isOwn = new RegExp(`^${owner.replace(/[^\w]/g, "\\$&")}\\.\\w+\\.Wait$`).test(origin);
    return (
      isOwn &&
      waited < start &&
      fn.flow.includes(call) &&
      /WaitGroup/.test(linked.links.calls[call]?.external?.symbol ?? "")
    );
  });
}

/** Of the answer of a call that takes the lock: a copy, or else the call is where the object gets away. */
function isGivenUnderLock(model: WorkspaceModel, { lock }: GuardedField, { fn, linked, path }: FieldAccess): boolean {
  const [, given] = /^(.*)\(\)(?:\[\w*\])*\.[\w$]+(?:\[\w*\])*$/.exec(path) ?? [];
  if (given === undefined) return false;
  return fn.calls.some(
    ({ callee, origin = callee }, i) =>
      origin === given && linked.links.calls[i]?.functions.some((id) => takes(model, id, lock)),
  );
}

function takes(model: WorkspaceModel, id: FunctionId, lock: string): boolean {
  const effects = model.functions.get(id)?.effects.effects ?? [];
  return effects.some(({ kind, detail }) => kind === "acquire" && detail === lock);
}

/** So many lines above a place a comment may stand that is about it. */
const linesAbove = 4;

function isSaidBeside({ lock }: GuardedField, { fn, file, start, kind, mayHold }: FieldAccess): boolean {
  // Why it is enough to hold the lock for reading is said where it is taken.
  const isForReading = kind === "write" && mayHold.some((held) => held.lock === lock && held.forReading);
  const { lineStarts } = file;
  const from = isForReading ? fn.start : (lineStarts[Math.max(0, lineAt(lineStarts, start) - linesAbove)] as number);
  return file.comments.some(
    (comment) =>
      comment.end > from &&
      comment.start < start + 200 &&
      comment.start < fn.end &&
      comment.start > fn.start &&
      callerHolds.test(comment.text),
  );
}

/**
 * Whether a method of a class without a name is given away where the lock is held, by whoever takes it there or calls
 * with it, and nobody knows that it runs later: `store.update(new Task() { ... })`.
 */
function isHandedOverUnder(model: WorkspaceModel, lock: string, { file, fn, linked }: FieldAccess): boolean {
  if (!fn.symbol.includes(".<anonymous>.") || runsKnown(model, linked)) return false;
  const locks = lockAnalysis(model);
  const ids = functionIds(file);
  for (let { parent } = fn; parent !== undefined; parent = file.functions[parent]?.parent) {
    const id = ids[parent] as FunctionId;
    const held = locks.regionsOf(id)?.held.flatMap(({ mayHold }) => mayHold) ?? [];
    const around = model.functions.get(id);
    if ([...held, ...locks.onEntry(id)].some((one) => one.lock === lock)) return true;
    if (around && someCallerHolds(model, lock, around)) return true;
  }
  return false;
}

function runsKnown(model: WorkspaceModel, { id, callers }: LinkedFunction): boolean {
  const edges = callers.flatMap(
    (caller) => model.functions.get(caller)?.edges.filter(({ callee }) => callee === id) ?? [],
  );
  return edges.length > 0 && edges.every(({ runs }) => runs !== "unknown");
}

const maxCallerDepth = 3;
const maxCallers = 100;

/** Some way to a function leads through the lock: that others do not says more of them than of the function. */
function someCallerHolds(model: WorkspaceModel, lock: string, linked: LinkedFunction): boolean {
  const seen = new Set<FunctionId>([linked.id]);
  let front = [linked];
  for (let depth = 0; depth < maxCallerDepth && front.length > 0; depth++) {
    const next: LinkedFunction[] = [];
    for (const callee of front) {
      if (isCalledByHolder(model, lock, callee) || isCalledByHoldingBase(model, lock, callee)) return true;
      for (const id of callee.callers) {
        const caller = model.functions.get(id);
        if (!caller || seen.has(id) || seen.size > maxCallers) continue;
        seen.add(id);
        if (runsNow(caller, callee.id)) next.push(caller);
      }
    }
    front = next;
  }
  return false;
}

/** Whether some call of a function is made with the lock held. */
export function isCalledUnder(model: WorkspaceModel, lock: string, { id, callers }: LinkedFunction): boolean {
  const locks = lockAnalysis(model);
  return callers.some((caller) => {
    const edges = model.functions.get(caller)?.edges ?? [];
    const regions = locks.regionsOf(caller);
    return edges.some(
      ({ call, callee, runs }) =>
        callee === id &&
        runs === "now" &&
        [...locks.onEntry(caller), ...(regions?.at(call).mayHold ?? [])].some((held) => held.lock === lock),
    );
  });
}

/** Whether another access does no harm to one, or shares a lock with it that is not the one of the field. */
export function isKeptAway(
  model: WorkspaceModel,
  { lock }: GuardedField,
  { linked, kind, mayHold }: FieldAccess,
  other: FieldAccess,
): boolean {
  return (
    other.linked.id === linked.id ||
    (kind === "read" && other.kind === "read") ||
    !isHeld(lock, other.holds, other.kind) ||
    mayHold.some(
      (held) =>
        held.lock !== lock &&
        (other.mayHold.some((known) => known.lock === held.lock) || isCalledUnder(model, held.lock, other.linked)),
    )
  );
}

/** Whether only a library calls a function, and everyone holds the lock who uses what the function was handed to. */
function isCalledBackUnder(model: WorkspaceModel, lock: string, { linked, file }: FieldAccess): boolean {
  const modules = callersOf(model, linked).map(({ linked: caller }) => {
    const call = [...caller.links.handedOver].find(([, given]) => given.some(hands(linked.id)))?.[0];
    return call === undefined || !isConstruction(model, caller)
      ? undefined
      : caller.links.calls[call]?.external?.module;
  });
  const [module] = modules;
  if (module === undefined || modules.some((other) => other !== module)) return false;
  const locks = lockAnalysis(model);
  const users = functionIds(file).flatMap((id) => {
    const user = model.functions.get(id);
    if (!user || isConstruction(model, user)) return [];
    return user.links.calls.flatMap(({ external }, call) => (external?.module === module ? { user, call } : []));
  });
  return (
    users.length > 0 &&
    users.every(({ user, call }) =>
      [...locks.onEntry(user.id), ...(locks.regionsOf(user.id)?.at(call).holds ?? [])].some(
        (held) => held.lock === lock,
      ),
    )
  );
}

function hands(id: FunctionId): (given: { functions: readonly FunctionId[] }) => boolean {
  return ({ functions }) => functions.includes(id);
}

/** The length of a Go array is known without looking at it. */
function isLengthOfArray(
  model: WorkspaceModel,
  { field }: GuardedField,
  { fn, file, path, start }: FieldAccess,
): boolean {
  if (file.language !== "go" || !/^\[[^\]]+\]/.test(fieldDeclaration(model, field)?.facts.type ?? "")) return false;
  return fn.calls.some(
    (site) =>
      (site.callee === "len" || site.callee === "cap") &&
      site.arguments.includes(path) &&
      site.start <= start &&
      start < site.end,
  );
}

function isCalledByHolder(model: WorkspaceModel, lock: string, { id, callers }: LinkedFunction): boolean {
  const locks = lockAnalysis(model);
  return callers.some((caller) => {
    const edges = model.functions.get(caller)?.edges.filter(({ callee }) => callee === id) ?? [];
    const regions = locks.regionsOf(caller);
    return (
      locks.onEntry(caller).some((held) => held.lock === lock) ||
      (waits(model, caller, edges) &&
        regions?.held.some(({ mayHold }) => mayHold.some((held) => held.lock === lock))) ||
      edges.some(({ call }) => regions?.at(call).mayHold.some((held) => held.lock === lock))
    );
  });
}

/** Whether a caller waits for what it has started. */
function waits(model: WorkspaceModel, caller: FunctionId, edges: readonly { runs: string }[]): boolean {
  const effects = model.functions.get(caller)?.effects.effects ?? [];
  return (
    edges.some(({ runs }) => runs === "later") && effects.some(({ kind }) => kind === "wait" || kind === "channel")
  );
}

/** Whether a method is one of many that a class above it calls, and that class takes the lock. */
function isCalledByHoldingBase(model: WorkspaceModel, lock: string, { path, index, callers }: LinkedFunction): boolean {
  const file = model.files.get(path);
  const fn = file?.functions[index];
  if (!file || !fn?.decorators.includes("Override") || callers.length > 0) return false;
  const bases = file.types.find(({ name }) => name === fn.typeName)?.bases ?? [];
  const locks = lockAnalysis(model);
  return file.functions.some(
    ({ typeName }, i) =>
      bases.includes(typeName?.split(".").at(-1) ?? "") &&
      locks
        .regionsOf(functionIds(file)[i] as FunctionId)
        ?.held.some(({ mayHold }) => mayHold.some((held) => held.lock === lock)),
  );
}
