import type { CatalogEntry, Role } from "../../catalog/catalog";
import { type Flow, type FunctionSummary, flowsInside } from "../fileSummary";
import type { CallTarget, FunctionId, FunctionLinks } from "../link/links";

/** Something a function does to the world, itself or through what it calls. */
export interface Effect {
  kind: EffectKind;
  /**
   * `database`: verb and table, as far as known (`update players`). `acquire`: the lock. `write`: the field. `throw`: the type. Otherwise
   * the operation, as `module.symbol`.
   */
  detail: string;
  /** Calls between here and the place it happens; 0 when it happens here. */
  distance: number;
  /** Index of the call that does it or leads there; -1 for a step that is no call. */
  call: number;
  /** The function it leads to. Following the same effect there tells the rest of the chain. */
  callee?: FunctionId;
}

export type EffectKind =
  | "acquire"
  | "database"
  | "network"
  | "file"
  | "process"
  | "sleep"
  | "wait"
  | "channel"
  | "spawn"
  | "throw"
  | "write";

/** What is known of a function without its body. */
export interface FunctionEffects {
  /** Nearest first; of each kind and detail only the nearest, of each kind no more than `limits` allow. */
  effects: readonly Effect[];
  /** Locks that are held when the function returns, though not when it was called. */
  leavesHeld: readonly string[];
  /** Locks that it releases without having taken them. */
  releases: readonly string[];
}

export const noEffects: FunctionEffects = { effects: [], leavesHeld: [], releases: [] };

/** Kinds of which only the nearest place is kept, whatever its detail. */
const nearestOnly = new Set<EffectKind>(["network", "file", "process", "sleep", "wait", "channel", "spawn"]);

const limits: Readonly<Record<EffectKind, number>> = {
  acquire: 8,
  database: 6,
  network: 1,
  file: 1,
  process: 1,
  sleep: 1,
  wait: 1,
  channel: 1,
  spawn: 1,
  throw: 4,
  write: 12,
};

/** Who writes a field matters near the write; further up everything writes everything. */
const maxWriteDistance = 2;

const kindOfRole: Partial<Record<Role, EffectKind>> = {
  database: "database",
  network: "network",
  cache: "network",
  file: "file",
  process: "process",
  sleep: "sleep",
  wait: "wait",
  spawn: "spawn",
};

export interface Edge {
  call: number;
  callee: FunctionId;
  /** Within the call; on its own, in the background or at another time; or when a stranger who was given it likes. */
  runs: "now" | "later" | "unknown";
}

/** A function as the graph sees it. */
export interface GraphFunction {
  summary: FunctionSummary;
  links: FunctionLinks;
  edges: readonly Edge[];
  /** Its calls that go on without it. */
  spawned: ReadonlySet<number>;
}

/**
 * What one function does, from its own calls and the effects of its callees. The nearest place of every effect is
 * unique, so the answer does not depend on the order in which functions are looked at.
 */
export function effectsOf(fn: GraphFunction, effectsOfCallee: (id: FunctionId) => FunctionEffects): FunctionEffects {
  const nearest = new Map<string, Effect>();
  const add = (effect: Effect) => {
    const key = nearestOnly.has(effect.kind) ? effect.kind : `${effect.kind} ${effect.detail}`;
    const known = nearest.get(key);
    if (!known || isNearer(effect, known)) nearest.set(key, effect);
  };
  fn.links.calls.forEach((target, call) => {
    const effect = ownEffect(fn, target, call);
    if (effect) add(effect);
  });
  for (const thrown of fn.summary.failures.throws)
    add({ kind: "throw", detail: nameOf(thrown) ?? "error", distance: 0, call: -1 });
  const guarded = guardedCalls(fn.summary.flow);
  for (const detail of fn.links.writes) add({ kind: "write", detail, distance: 0, call: -1 });
  const channels: string[] = [];
  addChannels(fn.summary.flow, channels);
  for (const detail of channels) add({ kind: "channel", detail, distance: 0, call: -1 });
  for (const operation of fn.links.scopeLocks)
    if (operation) add({ kind: "acquire", detail: operation.lock, distance: 0, call: -1 });
  for (const { call, callee, runs } of fn.edges) {
    if (runs === "later") add({ kind: "spawn", detail: callee, distance: 0, call });
    if (runs !== "now") continue;
    for (const { kind, detail, distance } of effectsOfCallee(callee).effects) {
      if (kind === "throw" && guarded.has(call)) continue;
      if (kind !== "write" || distance < maxWriteDistance) add({ kind, detail, distance: distance + 1, call, callee });
    }
  }
  const { leavesHeld, releases } = lockBalance(fn, effectsOfCallee);
  if (nearest.size === 0 && leavesHeld.length === 0 && releases.length === 0) return noEffects;
  return { effects: withinLimits([...nearest.values()]), leavesHeld, releases };
}

function withinLimits(effects: Effect[]): Effect[] {
  effects.sort((a, b) => a.distance - b.distance || compare(a.kind, b.kind) || compare(a.detail, b.detail));
  const counts = new Map<EffectKind, number>();
  return effects.filter(({ kind }) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count <= limits[kind];
  });
}

function isNearer(a: Effect, b: Effect): boolean {
  const order =
    a.distance - b.distance ||
    a.call - b.call ||
    compare(a.detail, b.detail) ||
    compare(a.callee ?? "", b.callee ?? "");
  return order < 0;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function ownEffect({ summary, links, spawned }: GraphFunction, target: CallTarget, call: number): Effect | undefined {
  const { entry, external } = target;
  if (!entry?.role || !external) return undefined;
  const operation = `${external.module}.${external.symbol}`;
  if (spawned.has(call)) return { kind: "spawn", detail: operation, distance: 0, call };
  if (entry.role === "acquire") {
    const lock = links.lockOperations.get(call)?.lock;
    return lock === undefined ? undefined : { kind: "acquire", detail: lock, distance: 0, call };
  }
  const kind = kindOfRole[entry.role];
  if (!kind || entry.blocks === false) return undefined;
  const detail = kind === "database" ? databaseDetail(entry, external.symbol, summary, call) : operation;
  return { kind, detail, distance: 0, call };
}

/** The verb and the table of a query, from its text where there is one. */
function databaseDetail(entry: CatalogEntry, symbol: string, summary: FunctionSummary, call: number): string {
  const site = summary.calls[call];
  const given = site?.arguments ?? [];
  const query = entry.query === undefined ? undefined : textOf(given[entry.query]);
  const fromQuery = query === undefined ? undefined : readQuery(query);
  if (fromQuery) return fromQuery;
  const named = entry.table === undefined ? undefined : nameOf(given[entry.table]);
  const table = named ?? (entry.query === undefined ? modelOf(site?.origin ?? site?.callee ?? "", symbol) : undefined);
  return [entry.access ?? "query", table].filter(Boolean).join(" ");
}

/**
 * The model that a method is called on, where object mapping puts the table into a class of one's own: `User.findByPk`,
 * `Order.objects.filter`, `<Invoice>.save`. The library's own class, as in `<Client>.query`, is no table.
 */
function modelOf(callee: string, symbol: string): string | undefined {
  const model = /(?:^|[<.*])([A-Z]\w*)>?(?:\.objects)?(?:\.\w+\(\))*\.\w+$/.exec(callee)?.[1];
  return model === symbol.split(".")[0] ? undefined : model;
}

const queryVerbs: readonly [RegExp, string][] = [
  [/^\s*(?:with\b[\s\S]*?\)\s*)?select\b[\s\S]*?\bfrom\s+["'`[]?([\w.]+)/i, "select"],
  [/^\s*insert\s+(?:or\s+\w+\s+)?(?:into\s+)?["'`[]?([\w.]+)/i, "insert"],
  [/^\s*update\s+["'`[]?([\w.]+)/i, "update"],
  [/^\s*delete\s+from\s+["'`[]?([\w.]+)/i, "delete"],
  [/^\s*(?:replace|upsert|merge)\s+into\s+["'`[]?([\w.]+)/i, "insert"],
];

/** `update players` for the text of a query, `undefined` for anything else. */
export function readQuery(text: string): string | undefined {
  for (const [pattern, verb] of queryVerbs) {
    const table = pattern.exec(text)?.[1];
    if (table) return `${verb} ${table}`;
  }
  return /^\s*(select|insert|update|delete)\b/i.exec(text)?.[1]?.toLowerCase();
}

function textOf(argument: string | undefined): string | undefined {
  return argument?.startsWith('"') ? (JSON.parse(argument) as string) : undefined;
}

/** What an argument that stands for a table or a model is called. */
function nameOf(argument: string | undefined): string | undefined {
  return textOf(argument) ?? /([\w$]+)\W*$/.exec(argument ?? "")?.[1];
}

const noCalls: ReadonlySet<number> = new Set();

/** Calls whose errors the function catches. */
function guardedCalls(flow: readonly Flow[]): ReadonlySet<number> {
  if (!flow.some((node) => typeof node !== "number")) return noCalls;
  const guarded = new Set<number>();
  const visit = (nodes: readonly Flow[], isGuarded: boolean) => {
    for (const node of nodes) {
      if (typeof node === "number") {
        if (isGuarded) guarded.add(node);
      } else if (node.kind === "try") {
        visit(node.body, isGuarded || node.catches.length > 0);
        for (const arm of node.catches) visit(arm, isGuarded);
        visit(node.finally, isGuarded);
      } else {
        for (const inner of flowsInside(node)) visit(inner, isGuarded);
      }
    }
  };
  visit(flow, false);
  return guarded;
}

/** The paths of the channels it waits for. */
function addChannels(flow: readonly Flow[], channels: string[]): void {
  for (const node of flow) {
    if (typeof node === "number" || node.kind === "spawn") continue;
    if (node.kind === "channel") channels.push(node.path);
    // A select with a default never waits.
    else if (node.kind !== "branch" || !node.polls) for (const inner of flowsInside(node)) addChannels(inner, channels);
  }
}

// --- locks ---

interface LockState {
  held: ReadonlySet<string>;
  /** Released when the function returns. */
  deferred: ReadonlySet<string>;
}

/** Which locks a function leaves held or releases for its caller, on every path that returns. */
function lockBalance(
  fn: GraphFunction,
  effectsOfCallee: (id: FunctionId) => FunctionEffects,
): Pick<FunctionEffects, "leavesHeld" | "releases"> {
  const movesLocks =
    fn.links.lockOperations.size > 0 ||
    fn.edges.some(({ callee }) => {
      const { leavesHeld, releases } = effectsOfCallee(callee);
      return leavesHeld.length > 0 || releases.length > 0;
    });
  if (!movesLocks) return noEffects;
  const walk = new LockWalk(fn, effectsOfCallee);
  return walk.run();
}

/** Which locks a function with more ways out of its `finally` blocks leaves held is not asked. */
const maxFinallyRuns = 500;

class LockWalk {
  private readonly releases = new Set<string>();
  private returned: Set<string> | undefined;
  /** What still runs when the function returns, innermost last. */
  private readonly finallyAround: (readonly Flow[])[] = [];
  /** A `finally` inside a `finally` runs for every way out of both: they multiply. */
  private finallyRuns = 0;
  private readonly calleesOf = new Map<number, FunctionId[]>();

  constructor(
    private readonly fn: GraphFunction,
    private readonly effectsOfCallee: (id: FunctionId) => FunctionEffects,
  ) {
    for (const { call, callee, runs } of fn.edges)
      if (runs === "now") this.calleesOf.set(call, [...(this.calleesOf.get(call) ?? []), callee]);
  }

  run(): Pick<FunctionEffects, "leavesHeld" | "releases"> {
    const end = this.flow(this.fn.summary.flow, { held: new Set(), deferred: new Set() });
    if (end) this.leave(end, 0);
    const isKnown = this.finallyRuns <= maxFinallyRuns;
    return { leavesHeld: isKnown ? [...(this.returned ?? [])].sort() : [], releases: [...this.releases].sort() };
  }

  /** @returns the state after the steps, `undefined` when they never end */
  private flow(flow: readonly Flow[], start: LockState): LockState | undefined {
    let state: LockState | undefined = start;
    for (const node of flow) {
      if (!state) return undefined;
      state = typeof node === "number" ? this.call(node, state) : this.node(node, state);
    }
    return state;
  }

  private node(node: Exclude<Flow, number>, state: LockState): LockState | undefined {
    switch (node.kind) {
      case "branch": {
        const ends = node.arms.map((arm) => this.flow(arm, state));
        return inAll(node.exhaustive ? ends : [...ends, state]);
      }
      case "loop":
        return inAll([this.flow(node.body, state), state]);
      case "try": {
        this.finallyAround.push(node.finally);
        const ends = [this.flow(node.body, state), ...node.catches.map((arm) => this.flow(arm, state))];
        this.finallyAround.pop();
        const end = inAll(ends);
        return end && this.flow(node.finally, end);
      }
      case "scope":
        return this.flow(node.body, state);
      case "defer":
        return { held: state.held, deferred: new Set([...state.deferred, ...this.releasedIn(node.body)]) };
      case "exit":
        if (node.form === "return") this.leave(state, this.finallyAround.length);
        return undefined;
      default:
        return state;
    }
  }

  /** Runs one of the `finally` blocks around; what returns in there passes only those further out. */
  private withinFinally(index: number, state: LockState): LockState | undefined {
    if (++this.finallyRuns > maxFinallyRuns) return undefined;
    const inside = this.finallyAround.splice(index);
    const end = this.flow(inside[0] ?? [], state);
    this.finallyAround.push(...inside);
    return end;
  }

  private call(call: number, state: LockState): LockState {
    const operation = this.fn.links.lockOperations.get(call);
    if (operation?.action === "acquire" && !operation.mayFail) return acquired(state, [operation.lock]);
    if (operation?.action === "release") return this.released(state, [operation.lock]);
    let next = state;
    for (const callee of this.calleesOf.get(call) ?? []) {
      const { leavesHeld, releases } = this.effectsOfCallee(callee);
      next = this.released(acquired(next, leavesHeld), releases);
    }
    return next;
  }

  private released(state: LockState, locks: readonly string[]): LockState {
    if (locks.length === 0) return state;
    for (const lock of locks) if (!state.held.has(lock)) this.releases.add(lock);
    return { ...state, held: new Set([...state.held].filter((lock) => !locks.includes(lock))) };
  }

  private releasedIn(flow: readonly Flow[]): string[] {
    return flow.flatMap((node) => {
      if (typeof node !== "number") return flowsInside(node).flatMap((inner) => this.releasedIn(inner));
      const operation = this.fn.links.lockOperations.get(node);
      if (operation) return operation.action === "release" ? [operation.lock] : [];
      return (this.calleesOf.get(node) ?? []).flatMap((callee) => this.effectsOfCallee(callee).releases);
    });
  }

  /** @param pending how many `finally` blocks around are still to run */
  private leave(state: LockState, pending: number): void {
    if (pending > 0) {
      const after = this.withinFinally(pending - 1, state);
      if (after) this.leave(after, pending - 1);
      return;
    }
    const { held, deferred } = state;
    const left = [...held].filter((lock) => !deferred.has(lock));
    for (const lock of deferred) if (!held.has(lock)) this.releases.add(lock);
    this.returned = new Set(this.returned ? left.filter((lock) => this.returned?.has(lock)) : left);
  }
}

function acquired(state: LockState, locks: readonly string[]): LockState {
  return locks.length === 0 ? state : { ...state, held: new Set([...state.held, ...locks]) };
}

/** What holds whichever way was taken. */
function inAll(states: readonly (LockState | undefined)[]): LockState | undefined {
  const reached = states.filter((state) => state !== undefined);
  const [first, ...others] = reached;
  if (!first || others.length === 0) return first;
  return {
    held: new Set([...first.held].filter((lock) => others.every((state) => state.held.has(lock)))),
    deferred: new Set([...first.deferred].filter((lock) => others.every((state) => state.deferred.has(lock)))),
  };
}
