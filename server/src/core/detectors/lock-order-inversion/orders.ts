import { type Flow, flowsInside } from "../../model/fileSummary";
import {
  type Acquisition,
  acquisitionsIn,
  isDecidedAtRunTime,
  isGivenBackOnTheWay,
  isHeldByGuard,
  isLocalLock,
  isTakenForWriting,
  isTakenWithArguments,
} from "../../model/graph/acquisitions";
import { componentsOf } from "../../model/graph/components";
import { fieldDeclaration } from "../../model/graph/fieldTypes";
import type { HeldLock } from "../../model/graph/functionEffects";
import { functionsAround, graphFunction } from "../../model/graph/graphFunction";
import { type Holding, isNewObject, isOfObjectMadeHere, mayBeSame } from "../../model/graph/heldLocks";
import type { LockAnalysis, LockingFunction } from "../../model/graph/lockAnalysis";
import type { LockRegions } from "../../model/graph/lockRegions";
import { runOnOneThread } from "../../model/graph/threads";
import type { InstancePath, LockRef } from "../../model/link/links";
import { isForTests } from "../../model/testSupport";
import { functionAt, type WorkspaceModel } from "../../model/workspaceModel";
import { doubtOf } from "./doubts";
import { areOfDifferentTypes } from "./monitors";

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

/** Locks that wait for one another in a circle; each site holds what the one before it waits for. */
export interface Circle {
  sites: readonly OrderSite[];
  /** How many places take the locks in the order of the first site. */
  alike: number;
  /** How many locks are only read on both sides, so that it takes a waiting writer. */
  readOnBothSides: number;
  /** Why it may never close. */
  doubt?: string;
}

/** Behind more calls than this the ways there seldom run together, and nobody follows them. */
const maxCalls = 6;

const sitesByRegions = new WeakMap<LockRegions, readonly OrderSite[]>();

export function ordersIn(model: WorkspaceModel, analysis: LockAnalysis): Orders {
  const orders = new Map<string, Map<string, OrderSite[]>>();
  const exchangeable: OrderSite[] = [];
  for (const locked of analysis.locking) {
    if (isForTests(model, locked.file, locked.fn) || runsAlone(locked)) continue;
    const sites = sitesIn(model, locked);
    if (sites.length === 0) continue;
    const entry = analysis.onEntry(locked.linked.id);
    for (const site of sites) {
      if (entry.some((held) => mayBeSame(held, site.acquisition.lock))) continue;
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

/** What runs before others can: constructors and the start of a program. */
function runsAlone({ fn }: LockingFunction): boolean {
  return fn.form === "constructor" || /^(?:main|init)$/.test(fn.name);
}

function sitesIn(model: WorkspaceModel, locked: LockingFunction): readonly OrderSite[] {
  const known = sitesByRegions.get(locked.regions);
  if (known) return known;
  const sites: OrderSite[] = [];
  const fn = graphFunction(model, locked.linked);
  for (const acquisition of acquisitionsIn(model, locked)) {
    const { holds, lock, step, effect } = acquisition;
    if (effect.distance > maxCalls || !isShared(lock) || holds.some((held) => mayBeSame(held, lock))) continue;
    const isNew = (call: number, of: HeldLock) => call >= 0 && isOfObjectMadeHere(fn, call, of);
    if (typeof step === "number" && isNew(step, lock)) continue;
    const shared = holds.filter((held) => isKnown(held) && !isNew(held.call, held));
    if (holds.some(isWhatever) || shared.length === 0 || isDecidedAtRunTime(model, locked.linked, effect)) continue;
    for (const held of shared) {
      const named = namesOf(locked, held, lock);
      if (named) sites.push({ acquisition, held, ...named, gates: holds.filter((other) => other !== held) });
    }
  }
  sitesByRegions.set(locked.regions, sites);
  return sites;
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
    if (found.has(locked.linked.id) || isPutInOrder(locked) || getsNewObjects(model, site)) continue;
    found.set(locked.linked.id, site);
  }
  return [...found.values()];
}

/** `if a.id > b.id { a, b = b, a }`: what is compared or exchanged first is taken in one order. */
function isPutInOrder({ fn }: LockingFunction): boolean {
  const names = new Set([fn.receiver?.name ?? "", ...fn.parameters.map(({ name }) => name)]);
  const compares = (test: string) => /[<>]|compare|less|before|hash/i.test(test);
  const decides = (flow: readonly Flow[]): boolean =>
    flow.some((node) => {
      if (typeof node === "number") return /(?:sort|compare|less|order)\w*$/i.test(fn.calls[node]?.callee ?? "");
      if (node.kind === "assign") return names.has(node.target);
      if (node.kind === "branch" && node.test !== undefined && compares(node.test)) return true;
      return flowsInside(node).some(decides);
    });
  return decides(fn.flow);
}

/** Whether one of the two is new wherever the function is called. */
function getsNewObjects(model: WorkspaceModel, { held, acquisition }: OrderSite): boolean {
  const { linked, fn } = acquisition.locked;
  const given = [held.instance, acquisition.lock.instance].map(
    (instance) => /^(?:this|#\d+)/.exec(instance ?? "")?.[0],
  );
  const sites = linked.callers.flatMap((id) => {
    const caller = model.functions.get(id);
    const place = caller && functionAt(model, caller);
    if (!place || place.file.isTest) return [];
    return caller.edges.flatMap(({ call, callee }) => (callee === linked.id ? (place.fn.calls[call] ?? []) : []));
  });
  return (
    fn.parameters.length > 0 &&
    sites.length > 0 &&
    sites.every(({ callee, origin = callee, arguments: args }) =>
      given.some((root) => isNewObject(root === "this" ? origin : (args[Number(root?.slice(1))] ?? ""))),
    )
  );
}

/** The circles of two locks, and of up to four where no two of them are taken in both orders. */
export function circlesIn(model: WorkspaceModel, analysis: LockAnalysis, orders: Orders): Circle[] {
  const search = new CircleSearch(model, analysis, orders);
  return search.circles();
}

const maxLocks = 4;

/** Where locks are taken in one order in very many places, so many are looked at. */
const maxSites = 24;

const maxSteps = 50_000;

/** The locks that wait for one another in some circle, by name, and which of the same circle are taken after each. */
function onCircles(after: Orders["after"]): ReadonlyMap<string, readonly string[]> {
  const locks = [...new Set([...after].flatMap(([from, tos]) => [from, ...tos.keys()]))].sort();
  const numbers = new Map(locks.map((lock, i) => [lock, i]));
  const next = locks.map((lock) =>
    [...(after.get(lock)?.keys() ?? [])].map((to) => numbers.get(to) as number).sort((a, b) => a - b),
  );
  const { componentOf } = componentsOf(next);
  const inside = locks.map((lock, i): [string, string[]] => [
    lock,
    (next[i] as number[]).filter((to) => componentOf[to] === componentOf[i]).map((to) => locks[to] as string),
  ]);
  return new Map(inside.filter(([, others]) => others.length > 0));
}

class CircleSearch {
  private readonly usable = new Map<OrderSite, boolean>();
  private readonly doubts = new Map<OrderSite, string | undefined>();
  private readonly onCircles: ReadonlyMap<string, readonly string[]>;
  private steps = 0;

  constructor(
    private readonly model: WorkspaceModel,
    private readonly analysis: LockAnalysis,
    private readonly orders: Orders,
  ) {
    this.onCircles = onCircles(orders.after);
  }

  circles(): Circle[] {
    const found: Circle[] = [];
    for (const lock of this.onCircles.keys()) {
      for (const circle of this.from(lock, [lock])) {
        const best = this.bestOf(circle);
        if (best) found.push(best);
      }
    }
    return found;
  }

  /** Circles through a lock and others that come after it by name. */
  private *from(start: string, path: readonly string[]): Generator<readonly string[]> {
    const last = path.at(-1) as string;
    for (const next of this.onCircles.get(last) ?? []) {
      if (++this.steps > maxSteps) return;
      if (next === start && path.length > 1) {
        if (path.length === 2 || !this.hasShortcut(path)) yield path;
      } else if (next > start && path.length < maxLocks && !path.includes(next))
        yield* this.from(start, [...path, next]);
    }
  }

  private hasShortcut(path: readonly string[]): boolean {
    return path.some((a) =>
      path.some((b) => a !== b && this.orders.after.get(a)?.has(b) && this.orders.after.get(b)?.has(a)),
    );
  }

  private bestOf(path: readonly string[]): Circle | undefined {
    const choices = path.map((from, i) => this.sitesOf(from, path[(i + 1) % path.length] as string));
    if (choices.some((sites) => sites.length === 0)) return undefined;
    let best: (Omit<Circle, "alike"> & { weight: number }) | undefined;
    for (const sites of combinations(choices)) {
      if (++this.steps > maxSteps && best) break;
      const readOnBothSides = this.readOnBothSides(sites);
      if (readOnBothSides === undefined || shareGate(sites) || areOfDifferentTypes(this.model, sites)) continue;
      const distance = sites.reduce((sum, { acquisition }) => sum + acquisition.effect.distance, 0);
      const doubts = sites.flatMap((site) => this.doubtOf(site) ?? []);
      const functions = sites.map(({ acquisition }) => acquisition.locked.linked);
      if (runOnOneThread(this.model, functions)) doubts.push("All of them seem to run on one thread.");
      const weight = doubts.length * 1000 + readOnBothSides * 100 + distance;
      const [doubt] = doubts;
      if (!best || weight < best.weight) best = { sites, weight, readOnBothSides, ...(doubt && { doubt }) };
    }
    if (!best) return undefined;
    // The usual order first: the one that few places take is the odd one.
    const counts = choices.map(({ length }) => length);
    const most = Math.max(...counts);
    const [first = 0] = [...counts.keys()]
      .filter((i) => counts[i] === most)
      .sort((a, b) => byPlace(best?.sites[a] as OrderSite, best?.sites[b] as OrderSite));
    const sites = [...best.sites.slice(first), ...best.sites.slice(0, first)];
    const { readOnBothSides, doubt } = best;
    return { sites, alike: counts[first] as number, readOnBothSides, ...(doubt && { doubt }) };
  }

  private doubtOf(site: OrderSite): string | undefined {
    if (!this.doubts.has(site)) this.doubts.set(site, doubtOf(this.model, site));
    return this.doubts.get(site);
  }

  private sitesOf(from: string, to: string): readonly OrderSite[] {
    const sites = this.orders.after.get(from)?.get(to) ?? [];
    return sites.filter((site) => this.isUsable(site)).slice(0, maxSites);
  }

  private isUsable(site: OrderSite): boolean {
    let known = this.usable.get(site);
    if (known === undefined) {
      const { effect, locked } = site.acquisition;
      known =
        !isHeldByGuard(this.model, site.held) &&
        !isGivenBackOnTheWay(this.model, effect, site.held) &&
        isTakenWithArguments(this.model, locked.linked, effect);
      this.usable.set(site, known);
    }
    return known;
  }

  /** @returns `undefined` when nobody ever waits: some lock is only ever read */
  private readOnBothSides(sites: readonly OrderSite[]): number | undefined {
    let count = 0;
    for (const [i, site] of sites.entries()) {
      const before = sites[(i + sites.length - 1) % sites.length] as OrderSite;
      if (!site.held.forReading || !before.acquisition.lock.forReading) continue;
      if (!isTakenForWriting(this.analysis, site.held.lock)) return undefined;
      count++;
    }
    return count;
  }
}

const fieldsThatTellKinds = ["kind", "Kind", "type", "Type", "typ", "role", "Role"];

/**
 * Whether some lock of a circle belongs to a type whose objects are of several kinds, told apart by a field, and is
 * taken of one object here and of the elements of a collection there: the collection may hold those of one kind only.
 */
export function mayBeOfDifferentKinds(model: WorkspaceModel, { sites }: Circle): boolean {
  return sites.some(({ held }, i) => {
    const { lock } = (sites[(i + sites.length - 1) % sites.length] as OrderSite).acquisition;
    const owner = held.lock.slice(0, held.lock.lastIndexOf("."));
    return (
      isElement(held.instance) !== isElement(lock.instance) &&
      fieldsThatTellKinds.some((name) => fieldDeclaration(model, `${owner}.${name}`) !== undefined)
    );
  });
}

function isElement(instance: InstancePath | undefined): boolean {
  return instance === undefined || instance.includes("[");
}

function byPlace(a: OrderSite, b: OrderSite): number {
  const [{ locked: first }, { locked: second }] = [a.acquisition, b.acquisition];
  if (first.file.path !== second.file.path) return first.file.path < second.file.path ? -1 : 1;
  return first.fn.start - second.fn.start;
}

function* combinations(choices: readonly (readonly OrderSite[])[]): Generator<readonly OrderSite[]> {
  const [first, ...others] = choices;
  if (!first) {
    yield [];
    return;
  }
  for (const site of first) for (const rest of combinations(others)) yield [site, ...rest];
}

/** Whether two places are never reached at once, since both hold a third lock. */
function shareGate(sites: readonly OrderSite[]): boolean {
  return sites.some((a, i) =>
    sites.some(
      (b, j) =>
        i < j &&
        a.gates.some((gate) =>
          b.gates.some((other) => gate.lock === other.lock && !(gate.forReading && other.forReading)),
        ),
    ),
  );
}
