import { groupBy } from "../../base/groupBy";
import type { Turns } from "../../base/turns";
import { type CallSummary, type Flow, flowsInside } from "../../model/fileSummary";
import {
  type Acquisition,
  acquisitionsIn,
  isDecidedAtRunTime,
  isLocalLock,
  isTakenAgain,
} from "../../model/graph/acquisitions";
import { callersOf } from "../../model/graph/callersOf";
import { extendsType } from "../../model/graph/fieldTypes";
import type { HeldLock } from "../../model/graph/functionEffects";
import { functionsAround, graphFunction } from "../../model/graph/graphFunction";
import { type Holding, isNewObject, isOfObjectMadeHere, isSurelySame, mayBeSame } from "../../model/graph/heldLocks";
import type { LockAnalysis, LockingFunction } from "../../model/graph/lockAnalysis";
import type { LockRegions } from "../../model/graph/lockRegions";
import type { InstancePath, LockRef } from "../../model/link/links";
import { isForTests } from "../../model/testSupport";
import { functionAt, type WorkspaceModel } from "../../model/workspaceModel";
import { keyedPair } from "./keyedLocks";

/** A place where one lock is held and another waited for. */
export interface OrderSite {
  acquisition: Acquisition;
  held: Holding;
  /** The two locks; their declarations, and where several are of one declaration, where they are. */
  from: string;
  to: string;
  /** What else is held on every way there. */
  gates: readonly LockRef[];
}

/** Which locks are taken while which are held, and where. */
export interface Orders {
  after: ReadonlyMap<string, ReadonlyMap<string, readonly OrderSite[]>>;
  /** Places that take one lock of two objects which are handed in. */
  exchangeable: readonly OrderSite[];
}

/** Behind more calls than this the ways there seldom run together, and nobody follows them. */
const maxCalls = 6;

const sitesByRegions = new WeakMap<LockRegions, readonly OrderSite[]>();

/** Goes through all functions that take locks, but for those in tests and those that run before others can. */
export function* ordersIn(model: WorkspaceModel, analysis: LockAnalysis): Turns<Orders> {
  const orders = new Map<string, Map<string, OrderSite[]>>();
  const exchangeable: OrderSite[] = [];
  for (const locked of analysis.locking) {
    yield;
    if (isForTests(model, locked.file, locked.fn) || runsAlone(locked)) continue;
    const sites = sitesIn(model, locked);
    if (sites.length === 0) continue;
    const entry = analysis.onEntry(locked.linked.id);
    for (const site of sites) {
      if (entry.some((held) => mayBeSame(held, site.acquisition.lock))) continue;
      if (isOneMonitor(model, site)) continue;
      if (site.from === site.to) {
        exchangeable.push(site);
        continue;
      }
      let after = orders.get(site.from);
      if (!after) {
        after = new Map();
        orders.set(site.from, after);
      }
      const known = after.get(site.to);
      const gated = entry.length === 0 ? site : { ...site, gates: [...site.gates, ...entry] };
      if (known) known.push(gated);
      else after.set(site.to, [gated]);
    }
  }
  return { after: orders, exchangeable };
}

/** Whether two monitors are those of a type and of one that it is derived from: each object has only one. */
function isOneMonitor(model: WorkspaceModel, { from, to }: OrderSite): boolean {
  return extendsType(model, from, to) || extendsType(model, to, from);
}

/** What runs before others can: constructors and the start of a program. */
function runsAlone({ fn }: LockingFunction): boolean {
  return fn.form === "constructor" || /^(?:main|init)$/.test(fn.name);
}

function sitesIn(model: WorkspaceModel, locked: LockingFunction): readonly OrderSite[] {
  const known = sitesByRegions.get(locked.regions);
  if (known) return known;
  const sites: OrderSite[] = [];
  const fn = graphFunction(model, locked.linked);
  const all = acquisitionsIn(model, locked);
  const throughCalls = groupBy(
    all.filter(({ effect }) => effect.callee !== undefined),
    ({ step }) => step,
  );
  for (const acquisition of all) {
    const { holds, lock, step, effect } = acquisition;
    const pair = keyedPair(acquisition);
    if (pair) {
      const [held, taken] = pair;
      sites.push({ acquisition: { ...acquisition, lock: taken }, held, from: lock.lock, to: lock.lock, gates: [] });
      continue;
    }
    const withIt = throughCalls.get(step)?.filter((other) => other.effect.callee === effect.callee) ?? [];
    if (effect.distance > maxCalls || !isShared(lock) || holds.some((held) => mayBeSame(held, lock))) continue;
    const isNew = (call: number, of: HeldLock) => call >= 0 && isOfObjectMadeHere(fn, call, of);
    if (typeof step === "number" && isNew(step, lock)) continue;
    const shared = holds.filter(
      (held) => isKnown(held) && !isNew(held.call, held) && !withIt.some((other) => isTakenAgainBy(model, other, held)),
    );
    if (holds.some(isWhatever) || shared.length === 0 || isDecidedAtRunTime(model, locked.linked, effect)) continue;
    for (const held of shared) {
      const named = namesOf(locked, held, lock);
      if (named) sites.push({ acquisition, held, ...named, gates: holds.filter((other) => other !== held) });
    }
  }
  sitesByRegions.set(locked.regions, sites);
  return sites;
}

/** Whether a function that is called takes what is held itself: it waits for its caller, whatever else it takes. */
function isTakenAgainBy(model: WorkspaceModel, { lock, locked, effect }: Acquisition, held: Holding): boolean {
  return (
    !lock.reentrant &&
    !(held.forReading && lock.forReading) &&
    isSurelySame(held, lock) &&
    isTakenAgain(model, locked.linked, effect, held)
  );
}

/** A block holds what a local names, which may be the other lock: `synchronized (outer != null ? outer : this.lock)`. */
function isWhatever(held: Holding): boolean {
  return held.scope !== undefined && isLocalLock(held);
}

function isShared(lock: HeldLock): boolean {
  return lock.kind !== "semaphore" && !isLocalLock(lock);
}

/** What a callee left held may be any of several when it does not say which. */
function isKnown(held: Holding): boolean {
  return isShared(held) && (held.instance !== undefined || held.callee === undefined);
}

/** Two locks of one declaration go by where they are, as seen from the type whose methods take them. */
function namesOf(
  { file, linked }: LockingFunction,
  { lock: from, instance: first }: LockRef,
  { lock: to, instance: second }: LockRef,
): { from: string; to: string } | undefined {
  if (from !== to) return { from, to };
  if (first === undefined || second === undefined) return undefined;
  const { typeName = "" } = functionsAround(file, linked.index).at(-1) ?? {};
  const place = (instance: InstancePath) => `${from} ${instance.replace(/^this\b/, typeName)}`;
  if (isSymmetric(first, second)) return { from, to };
  const areFixed = [first, second].every((instance) => !/^[#=]/.test(instance));
  return areFixed ? { from: place(first), to: place(second) } : undefined;
}

/** Both objects are handed in, so that who calls decides which comes first. */
function isSymmetric(first: InstancePath, second: InstancePath): boolean {
  const parts = (instance: InstancePath) => /^(this|#\d+)(.*)$/.exec(instance);
  const [, rootOfFirst, restOfFirst] = parts(first) ?? [];
  const [, rootOfSecond, restOfSecond] = parts(second) ?? [];
  return rootOfFirst !== undefined && rootOfSecond !== undefined && restOfFirst === restOfSecond;
}

/** Places that take two locks of objects which their callers choose, without putting them in order first. */
export function exchangeableIn(model: WorkspaceModel, { exchangeable }: Orders): OrderSite[] {
  const found = new Map<string, OrderSite>();
  for (const site of exchangeable) {
    const { locked } = site.acquisition;
    // A key is no object that could be new.
    const isNew = !isLocalLock(site.acquisition.lock) && getsNewObjects(model, site);
    if (found.has(locked.linked.id) || isPutInOrder(site) || isNew) continue;
    found.set(locked.linked.id, site);
  }
  return [...found.values()];
}

/** `if a.id > b.id { a, b = b, a }`: what is compared or exchanged in front of the second lock is taken in one order. */
function isPutInOrder({ acquisition: { locked, step, lock }, held }: OrderSite): boolean {
  const { fn, file } = locked;
  const names = [held.instance, lock.instance].map((instance) => nameOfRoot(fn, instance));
  const all = new Set([fn.receiver?.name ?? "", ...fn.parameters.map(({ name }) => name)]);
  return stepsBefore(fn.flow, step).some((node) => {
    if (typeof node === "number") return mayOrder(fn.calls[node], names);
    if (node.kind === "assign") return all.has(node.target);
    return (
      node.kind === "branch" &&
      node.test !== undefined &&
      comparesObjects(node.test, names, all, file.language === "java")
    );
  });
}

/**
 * Whether a call may tell which of two objects comes first: `a.compareTo(b)`, `a.name().compareTo(b.name())`; not where it
 * holds something of one of them against something else.
 */
function mayOrder(site: CallSummary | undefined, names: readonly string[]): boolean {
  const [, owner = "", method = ""] = /^(.*?)\.?(\w+)$/.exec(site?.callee ?? "") ?? [];
  if (!site || !/(?:sort|compare|less|order)\w*$/i.test(method)) return false;
  const root = names.find((name) => owner.startsWith(`${name}.`));
  return root === undefined || site.arguments.some((given) => given.endsWith(owner.slice(root.length)));
}

function isNamedIn(text: string, name: string): boolean {
  return new RegExp(`\\b${name.replace(/\W/g, "\\$&")}\\b`).test(text);
}

/**
 * Whether a test may tell which of two objects comes first: not where it asks one of them for something alone.
 *
 * @param given the names of what the function is given
 * @param hidesThis what is asked of the object itself has no name in front: `id < other.id`
 */
function comparesObjects(
  test: string,
  names: readonly string[],
  given: ReadonlySet<string>,
  hidesThis: boolean,
): boolean {
  if (!/[<>]|compare|less|before|hash/i.test(test)) return false;
  const [only, ...others] = names.filter((name) => isNamedIn(test, name));
  // What is given beside them and compared with a number says nothing of the two; a local may be their difference.
  const [, compared = ""] = /^(?:\w+\()?([\w$.]+).*[<>]=?\s*-?\d/.exec(test) ?? [];
  if (only === undefined) return !given.has(compared.split(".")[0] ?? "");
  if (others.length > 0) return true;
  const [, member = ""] = new RegExp(`\\b${only.replace(/\W/g, "\\$&")}\\.([\\w$]+)`).exec(test) ?? [];
  return hidesThis && member !== "" && test.split(new RegExp(`\\b${member}\\b`)).length > 2;
}

/** How a function calls the object that an instance begins with. */
export function nameOfRoot({ receiver, parameters }: LockingFunction["fn"], instance = ""): string {
  const position = /^#(\d+)/.exec(instance)?.[1];
  return (position === undefined ? receiver?.name : parameters[Number(position)]?.name) ?? "this";
}

/** The steps of a function in front of one, those around it included. */
function stepsBefore(flow: readonly Flow[], step: Flow): Flow[] {
  const before: Flow[] = [];
  const reaches = (nodes: readonly Flow[]): boolean =>
    nodes.some((node) => {
      if (node === step) return true;
      before.push(node);
      return typeof node !== "number" && flowsInside(node).some(reaches);
    });
  reaches(flow);
  return before;
}

/** Whether one of the two is new wherever the function is called. */
function getsNewObjects(model: WorkspaceModel, { held, acquisition }: OrderSite): boolean {
  const { linked, fn } = acquisition.locked;
  const given = [held.instance, acquisition.lock.instance].map(
    (instance) => /^(?:this|#\d+)/.exec(instance ?? "")?.[0],
  );
  const sites = callersOf(model, linked).flatMap((caller) => {
    const { calls = [], typeName } = functionAt(model, caller.linked)?.fn ?? {};
    return caller.edges.flatMap(({ call }) => (calls[call] ? { ...calls[call], typeName } : []));
  });
  return (
    fn.parameters.length > 0 &&
    sites.length > 0 &&
    sites.every(({ callee, origin = callee, arguments: args, typeName }) =>
      given.some((root) => {
        const path = root === "this" ? origin.replace(/\.[\w$]+$/, "") : (args[Number(root?.slice(1))] ?? "");
        // What comes from the object that calls is no literal of its type.
        return isNewObject(path) && !path.startsWith(`<${typeName}>.`);
      }),
    )
  );
}
