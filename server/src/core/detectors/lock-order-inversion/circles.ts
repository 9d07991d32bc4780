import {
  isGivenBackOnTheWay,
  isHeldByGuard,
  isTakenForWriting,
  isTakenWithArguments,
} from "../../model/graph/acquisitions";
import { componentsOf } from "../../model/graph/components";
import type { LockAnalysis } from "../../model/graph/lockAnalysis";
import { runOnOneThread } from "../../model/graph/threads";
import type { WorkspaceModel } from "../../model/workspaceModel";
import { doubtOf, followsOther } from "./doubts";
import { areOfDifferentObjects, mayBeOfDifferentKinds } from "./objects";
import type { OrderSite, Orders } from "./orders";

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

/** The circles of two locks, and of up to four where no two of them are taken in both orders. */
export function circlesIn(model: WorkspaceModel, analysis: LockAnalysis, orders: Orders): Circle[] {
  const search = new CircleSearch(model, analysis, orders);
  return search.circles();
}

const maxLocks = 4;

/** Over more calls than these, all ways of a circle together, conditions on the way are more likely than a circle. */
const farTogether = 7;

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
      if (readOnBothSides === undefined || shareGate(sites)) continue;
      const distance = sites.reduce((sum, { acquisition }) => sum + acquisition.effect.distance, 0);
      const plain = readOnBothSides * 100 + distance;
      if ((best && plain >= best.weight) || areOfDifferentObjects(this.model, sites)) continue;
      const doubts = this.doubtsOf(sites);
      if (distance > farTogether) doubts.push("It is many calls away, and something on the way may keep them apart.");
      const weight = doubts.length * 1000 + plain;
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
    const { readOnBothSides } = best;
    const doubt = mayBeOfDifferentKinds(this.model, sites)
      ? "Objects of different kinds are never the same one."
      : best.doubt;
    return { sites, alike: counts[first] as number, readOnBothSides, ...(doubt && { doubt }) };
  }

  private doubtsOf(sites: readonly OrderSite[]): string[] {
    const doubts = sites.flatMap((site) => this.doubtOf(site) ?? []);
    const functions = sites.map(({ acquisition }) => acquisition.locked.linked);
    if (runOnOneThread(this.model, functions)) doubts.push("All of them seem to run on one thread.");
    if (followsOther(this.model, sites))
      doubts.push("One of them only gets there behind a flag that the other has set.");
    return doubts;
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
