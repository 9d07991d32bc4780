import { folderOf } from "../../base/paths";
import type { FieldFacts, TypeFacts } from "../../model/facts";
import { type Flow, flowsInside } from "../../model/fileSummary";
import type { EffectKind } from "../../model/graph/functionEffects";
import { guardedFields } from "../../model/graph/guards";
import type { Holding } from "../../model/graph/lockWalk";
import type { EffectPlace } from "../../model/graph/witness";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import type { BlockedOperation, Site } from "./blockedOperations";
import { isForkAndJoin } from "./forkAndJoin";
import { loadedOnce } from "./loadedOnce";
import type { LockUse } from "./lockUses";
import { isSaidToSerialise } from "./saidToSerialise";

/** How much it matters that something blocks under a lock, and what to add to the message when it is less than usual. */
export interface Consequence {
  level: "warning" | "info" | "none";
  /** A whole sentence. */
  because?: string;
}

/** What one lock is used for. */
export interface LockPurpose {
  use: LockUse;
  /** Takers that do not block under it: what they want is held up by those that do. */
  bystanders: number;
}

/** An operation under a lock, with what decides how much it matters. */
interface Situation extends BlockedOperation {
  model: WorkspaceModel;
  lock: Holding;
  purpose: LockPurpose;
  /** What it does in the end, as its effect says: `os.ReadFile`. */
  what: string;
  /** A request or a timer gets here. */
  isHot: boolean;
  /** Neither does anybody else want the lock. */
  isUnnoticed: boolean;
  serialises: boolean;
}

/** How much it matters that an operation is done under a lock. */
export function consequenceOf(
  model: WorkspaceModel,
  operation: BlockedOperation,
  lock: Holding,
  purpose: LockPurpose,
): Consequence {
  const { site, chain } = operation;
  if (lock.forReading && purpose.use.writers.size === 0) return { level: "none" };
  if (supportsTests.test(site.file.path)) return { level: "none" };
  const isHot = site.linked.reachedFrom.length > 0;
  const situation: Situation = {
    ...operation,
    model,
    lock,
    purpose,
    what: chain.at(-1)?.effect.detail ?? "",
    isHot,
    isUnnoticed: !isHot && purpose.bystanders === 0,
    serialises: isMadeToSerialise(model, lock, purpose),
  };
  return ofOperation(situation) ?? ofPlace(situation) ?? ofLock(situation) ?? ofWay(situation) ?? { level: "warning" };
}

/** What the operation itself says, where that decides. */
function ofOperation(situation: Situation): Consequence | undefined {
  switch (situation.kind) {
    case "file":
      return ofFile(situation);
    case "channel":
      return ofChannel(situation);
    case "wait":
    case "sleep":
      return ofPause(situation);
    default:
      return undefined;
  }
}

function ofFile({ model, chain, purpose, what, isHot, isUnnoticed, serialises }: Situation): Consequence | undefined {
  const waits = waitsForDisk.test(what);
  if (!isHot && (!writesFiles.test(what) || (chain.length > 2 && !waits))) return { level: "none" };
  if (!serialises && !isHot && !waits) return isUnnoticed ? { level: "none" } : { level: "info" };
  if (changesFolders.test(what)) return { level: "info" };
  if (!waits && purpose.bystanders < manyBystanders && !isRepeated(model, chain))
    return { level: "info", because: "It is one file, and few others want the lock." };
  return undefined;
}

function ofChannel({ chain, purpose, what, isUnnoticed }: Situation): Consequence | undefined {
  const hasWayOut = what.startsWith("select ");
  if (isUnnoticed || (hasWayOut && chain.length > 1)) return { level: "none" };
  if (hasWayOut) return { level: "info" };
  if (isHandedIn.test(what))
    return { level: "info", because: "The channel was handed in by somebody who reads from it." };
  if (purpose.bystanders === 0)
    return { level: "info", because: "Everybody who takes the lock waits for such a channel." };
  return undefined;
}

function ofPause({ model, kind, chain, isUnnoticed, serialises }: Situation): Consequence | undefined {
  if (kind === "wait" && isForkAndJoin(model, chain))
    return { level: "info", because: "As far as is seen, it waits for calculations that it has started itself." };
  if (kind === "sleep" && isMoment(model, chain)) return { level: "none" };
  return isUnnoticed && !serialises ? { level: "info" } : undefined;
}

const ownWork: ReadonlySet<EffectKind> = new Set(["wait", "channel", "sleep", "file"]);

/** What the function that holds the lock says: some run when few others want it. */
function ofPlace({ model, site, lock, kind, chain, purpose, isHot }: Situation): Consequence | undefined {
  const isSeldom = endsAll.test(site.fn.name) || ((!isHot || ownWork.has(kind)) && isLifecycle(model, site.linked));
  if (isSeldom || isConstructorOf(site, lock) || isCalledByConstructors(model, site.linked, lock))
    return { level: "info", because: "It runs when something starts or ends, when few others want the lock." };
  const field = loadedOnce(model, chain);
  if (field !== undefined)
    return { level: "info", because: `It is done once, by whoever comes first: afterwards \`${field}\` is set.` };
  if (lock.forReading && !neverEnds.has(kind) && isWrittenAtEnds(model, purpose.use))
    return { level: "info", because: "Only what starts or ends it waits: all others take the lock for reading, too." };
  return undefined;
}

/** What the lock is there for, or who shares it. */
function ofLock({ site, taker, lock, what, serialises }: Situation): Consequence | undefined {
  if (serialises || isNamedForSending(lock, site, what))
    return {
      level: "info",
      because: "The lock seems to be there to let one of these through at a time: then guard nothing else with it.",
    };
  if (isSaidToSerialise(taker, lock))
    return { level: "info", because: "A comment says that the lock lets one at a time through on purpose." };
  if (isOneForEachKey(taker, lock))
    return { level: "info", because: "There is one lock for each key, so only work on the same one waits." };
  if (lock.lock.includes("#") && !/#main\./.test(lock.lock))
    return { level: "info", because: "Only what is started by the same call shares the lock." };
  return undefined;
}

/** How likely it comes to it, and who waits. */
function ofWay({ model, site, kind, chain, purpose, isHot }: Situation): Consequence | undefined {
  if (kind !== "database" && isUnlikely(model, chain))
    return { level: "info", because: "It comes to this only where several conditions hold." };
  if (isAsync(site) && (!isHot || purpose.bystanders === 0))
    return { level: "info", because: "Tasks that want the lock wait in line." };
  // A database answers in its own time, wherever it is asked; waiting for others of the same program is more often meant.
  const isMeant = ownWork.has(kind) && kind !== "file" && chain.length > 1 && !purpose.use.servesRequests;
  return isMeant ? { level: "info" } : undefined;
}

const writesFiles = /(?:sync|write|rename|remove|unlink|delete|create|mkdir|truncate|copy|move|save|dump|append|put)/i;
const waitsForDisk = /sync$/i;
/** No contents are moved: the folder's entry is in memory most of the time. */
const changesFolders =
  /[._](?:remove|unlink|rmdir|rename\w*|replace|mkdir\w*|makedirs|createDirector\w+|delete\w*|list\w*|ReadDir|Readdir|glob|chmod|touch)$/i;
/** A channel that can only be sent to is one that a caller made to be read from meanwhile. */
const isHandedIn = /^send <chan<-/;
/** What may wait for the very function that wants the lock. */
const neverEnds: ReadonlySet<EffectKind> = new Set(["channel", "wait"]);
const supportsTests = /(?:^|\/)(?:tests?|testing|test_?utils?|mocks?|fakes?|__mocks__)\//i;

/** Fewer than these do not hold up a whole service. */
const manyBystanders = 20;

/** Whether something on the way is done in a loop, so that it takes longer the more there is. */
function isRepeated(model: WorkspaceModel, chain: readonly EffectPlace[]): boolean {
  return chain.some(({ linked, effect }) => {
    const fn = functionAt(model, linked)?.fn;
    return fn !== undefined && repeatedCalls(fn.flow).has(effect.call);
  });
}

/** Shorter than a switch between threads. */
function isMoment(model: WorkspaceModel, chain: readonly EffectPlace[]): boolean {
  const { linked, effect } = chain.at(-1) as EffectPlace;
  const { arguments: given = [], interval = "" } = functionAt(model, linked)?.fn.calls[effect.call] ?? {};
  return /^time\.(?:Nano|Micro)second$/.test(given[0] ?? "") || /^\d* ?\*? ?time\.(?:Nano|Micro)second$/.test(interval);
}

const sends = /send|write|flush|sync$/i;

/** `sendLock`, held while something is sent, keeps one message after the other. In Java a `writeLock` is one half of another. */
function isNamedForSending({ lock }: Holding, { file }: Site, operation: string): boolean {
  const name = lock.split(/\W/).at(-1) ?? "";
  const isNamed = /^_*(?:send|write|flush)\w*(?:lock|mu|mutex|mtx)$/i.test(name);
  return isNamed && sends.test(operation) && !(file.language === "java" && /^write_?lock$/i.test(name));
}

/** Fewer calls are easily seen through, whatever conditions are on the way. */
const minUnlikelyCalls = 3;

/** Whether functions on the way only go on under conditions of their own, more than one of them. */
function isUnlikely(model: WorkspaceModel, chain: readonly EffectPlace[]): boolean {
  if (chain.length <= minUnlikelyCalls) return false;
  const conditional = chain.slice(1).filter(({ linked, effect }) => {
    const fn = functionAt(model, linked)?.fn;
    return fn !== undefined && conditionalCalls(fn.flow).has(effect.call);
  });
  return conditional.length > 1;
}

const conditionalCalls = callsInside((node) => node.kind === "branch" && node.select === undefined);
const repeatedCalls = callsInside(({ kind }) => kind === "loop");

/** Finds the calls of a function inside certain steps. Each function is walked once. */
function callsInside(
  isMeant: (step: Exclude<Flow, number>) => boolean,
): (flow: readonly Flow[]) => ReadonlySet<number> {
  const known = new WeakMap<readonly Flow[], ReadonlySet<number>>();
  const add = (flow: readonly Flow[], isInside: boolean, found: Set<number>): void => {
    for (const node of flow) {
      if (typeof node !== "number") {
        for (const inner of flowsInside(node)) add(inner, isInside || isMeant(node), found);
      } else if (isInside) found.add(node);
    }
  };
  return (flow) => {
    let found = known.get(flow);
    if (!found) {
      const calls = new Set<number>();
      add(flow, false, calls);
      found = calls;
      known.set(flow, found);
    }
    return found;
  };
}

/** Locks of event loops are held over what is awaited; while they wait, everything else goes on. */
function isAsync({ file, fn }: Site): boolean {
  return /script$/.test(file.language) || (file.language === "python" && fn.modifiers.includes("async"));
}

function isOneForEachKey({ fn }: Site, { call, callee, scope }: Holding): boolean {
  const taken = call >= 0 ? fn.calls[call] : undefined;
  const written = taken?.callee ?? scope?.written ?? scope?.resource ?? "";
  const isHandedAKey = callee !== undefined && (taken?.arguments.length ?? 0) > 0;
  return written.includes("[") || isHandedAKey;
}

const lifecycleNames =
  /^_*(?:closing|stopping|starting|dispose|destroy|terminate|tear_?down|finali[sz]e|exit|aexit|enter|aenter|del|disconnect|start|start_?up|open|boot|main|(?:init|initiali[sz]e|bootstrap|shutdown|setup|set_up|stop|close)\w*)_*$/i;

/** What ends, whoever asks for it, and what begins with the process. */
const endsAll =
  /^_*(?:shut_?down\w*|boot_?strap\w*|stop|close|terminate|destroy|dispose|disconnect|tear_?down|finali[sz]e)_*$/i;

function isNamedLifecycle({ fn: { form, name } }: Pick<Site, "fn">): boolean {
  return form === "constructor" || lifecycleNames.test(name);
}

/** Named like what runs once at either end, or only called by such functions. */
function isLifecycle(model: WorkspaceModel, linked: LinkedFunction, depth = 0): boolean {
  const place = functionAt(model, linked);
  if (!place) return false;
  if (isNamedLifecycle(place)) return true;
  const callers = linked.callers.flatMap((id) => model.functions.get(id) ?? []);
  const real = callers.filter((caller) => !model.files.get(caller.path)?.isTest && caller !== linked);
  // Whoever only hands it over does not say when it runs.
  const isCalled = real.every(({ edges }) => edges.some(({ callee, runs }) => callee === linked.id && runs === "now"));
  if (!isCalled) return false;
  return depth < 2 && real.length > 0 && real.every((caller) => isLifecycle(model, caller, depth + 1));
}

/** Nobody else has what is being made. */
function isConstructorOf({ fn }: Pick<Site, "fn">, { lock }: Holding): boolean {
  if (fn.typeName !== undefined) return false;
  const owners = lock.split(/[.#]/).slice(-2);
  return fn.results.some((result) => owners.some((owner) => result.split(/\W+/).includes(owner)));
}

/** A part of what makes the object that the lock belongs to. */
function isCalledByConstructors(model: WorkspaceModel, linked: LinkedFunction, lock: Holding): boolean {
  let count = 0;
  for (const id of linked.callers) {
    const caller = model.functions.get(id);
    const place = caller && functionAt(model, caller);
    if (!place || place.file.isTest) continue;
    const goesOn = caller.edges.some(({ callee, runs }) => callee === linked.id && runs !== "now");
    if (goesOn || !isConstructorOf(place, lock)) return false;
    count++;
  }
  return count > 0;
}

/** Whether a lock is taken for writing only when something starts or ends. */
function isWrittenAtEnds(model: WorkspaceModel, { writers }: LockUse): boolean {
  return [...writers].every((id) => {
    const writer = model.functions.get(id);
    return writer !== undefined && isLifecycle(model, writer);
  });
}

/** Beyond this, a type is no wrapper of one resource. */
const maxWrapperFields = 8;

/** A lock under which nearly everything blocks, in a type that has nothing else to guard. */
function isMadeToSerialise(model: WorkspaceModel, lock: Holding, { use, bystanders }: LockPurpose): boolean {
  const share = 1 - bystanders / use.takers.size;
  if (share < 0.75) return false;
  const type = typeWithLock(model, lock.lock, use);
  if (!type) return bystanders === 0;
  const guards = guardingLocks(model).get(type.name);
  // Another lock guards what there is to guard.
  if (bystanders === 0 && guards && !guards.has(lock.lock)) return true;
  return !type.fields.some(isCollection) && (bystanders === 0 || type.fields.length <= maxWrapperFields);
}

const guarding = new WeakMap<WorkspaceModel, ReadonlyMap<string, ReadonlySet<string>>>();

/** The locks under which fields are written, by the name of the type they are in. */
function guardingLocks(model: WorkspaceModel): ReadonlyMap<string, ReadonlySet<string>> {
  let known = guarding.get(model);
  if (!known) {
    const found = new Map<string, Set<string>>();
    for (const { lock } of guardedFields(model))
      for (const owner of lock.split(/[.#]/).slice(-2)) found.set(owner, (found.get(owner) ?? new Set()).add(lock));
    guarding.set(model, found);
    known = found;
  }
  return known;
}

const collections =
  /^\*?(?:map\[|\[\](?!byte\b|uint8\b)|list\.List)|\b(?:dict|list|set|deque|defaultdict|OrderedDict)\b|(?:Map|List|Set|Queue|Deque|Collection|Dict|Mapping|Array|Record)(?:$|[<[(])|^<map>|\w\[\]$/;

function isCollection({ type = "", origin = "" }: FieldFacts): boolean {
  return !/^(?:byte|char)\[\]$/.test(type) && (collections.test(type) || collections.test(origin));
}

const typesOf = new WeakMap<WorkspaceModel, ReadonlyMap<string, TypeFacts>>();

/** The type that declares a lock. */
function typeWithLock(model: WorkspaceModel, lock: string, { takers }: LockUse): TypeFacts | undefined {
  const parts = lock.split(".");
  for (const id of takers) {
    const path = model.functions.get(id)?.path;
    if (path === undefined) continue;
    for (const name of [parts.at(-2), parts.at(-1)]) {
      const type = typesByFolder(model).get(`${folderOf(path)}#${name}`);
      if (type) return type;
    }
  }
  return undefined;
}

function typesByFolder(model: WorkspaceModel): ReadonlyMap<string, TypeFacts> {
  let known = typesOf.get(model);
  if (!known) {
    const found = new Map<string, TypeFacts>();
    for (const file of model.files.values())
      for (const type of file.types) found.set(`${folderOf(file.path)}#${type.name}`, type);
    typesOf.set(model, found);
    known = found;
  }
  return known;
}
