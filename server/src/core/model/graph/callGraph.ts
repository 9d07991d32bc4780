import { isSameData } from "../../base/sameData";
import type { Turns } from "../../base/turns";
import { positionOf, type Role } from "../../catalog/catalog";
import type { CallSummary, FileSummary, FunctionSummary } from "../fileSummary";
import {
  type FileLinks,
  type FunctionId,
  type FunctionLinks,
  functionIds,
  type HandedOver,
  receiverHandedOver,
} from "../link/links";
import { listenersIn, type Topic, Topics, topicsPublished } from "../link/topics";
import type { LinkedFunction, Reach, RegistrationSite } from "../workspaceModel";
import { componentsOf } from "./components";
import { effectsOf } from "./effects";
import { hasEntryShape } from "./entryShapes";
import { type Edge, type FunctionEffects, noEffects } from "./functionEffects";
import { type FunctionTable, SnapshotTable } from "./functionTable";
import { functionsAround, hasExceptions, noCalls, spawnedIn } from "./graphFunction";

interface Node {
  id: FunctionId;
  path: string;
  index: number;
  summary: FunctionSummary;
  links: FunctionLinks;
  edges: readonly Edge[];
  callers: Set<FunctionId>;
  spawned: ReadonlySet<number>;
  around: readonly FunctionSummary[];
  raises: boolean;
  effects: FunctionEffects;
  /** Ways in from outside that start here. */
  entry: readonly Reach["kind"][];
  /** One starts here when nothing else leads here. */
  mayBeEntry: boolean;
  /** Its calls in loops that wait for a clock. */
  timed: ReadonlySet<number> | undefined;
  /** The topics that its calls publish under. */
  published: ReadonlyMap<number, readonly Topic[]>;
  reachedFrom: readonly Reach[];
  /** The functions of its component in order, when there are several. */
  cycle: string;
  /** Number of its component: greater than that of every other component it leads to within a call. */
  component: number;
}

interface Registration {
  kind: Reach["kind"];
  at: RegistrationSite;
}

/** So many are looked at in one turn: a turn through nested generators costs more than a function does. */
const functionsInTurn = 64;

/** A recursion that has not settled after so many rounds is taken as it is. */
const maxRounds = 50;

/** The calls of the whole workspace, and what follows from them, kept right from change to change. */
export class CallGraph {
  private readonly nodes = new Map<FunctionId, Node>();
  private readonly idsOfFile = new Map<string, readonly FunctionId[]>();
  /** Functions handed to timers and to whoever calls from outside, by file. */
  private readonly registrations = new Map<string, ReadonlyMap<FunctionId, readonly Registration[]>>();
  private readonly topics = new Topics();
  private readonly linked = new SnapshotTable<LinkedFunction>();
  private handedOut: FunctionTable<LinkedFunction> | undefined;
  private componentCount = 0;
  /** Components may be others, or their numbers wrong. */
  private orderChanged = false;
  /** The ways in from outside may be others. */
  private waysChanged = false;

  /**
   * Yields where others may have a turn.
   *
   * @param changes what is known of each file whose links are new; `undefined` for files that are gone
   */
  *update(changes: ReadonlyMap<string, { summary: FileSummary; links: FileLinks } | undefined>): Turns<void> {
    if (changes.size === 0) return;
    const dirty = new Set<FunctionId>();
    const forwarding = new Set<FunctionId>();
    const renewed = new Set<FunctionId>();
    const moved = new Set<FunctionId>();
    for (const [path, change] of changes) {
      yield;
      const ids = change ? functionIds(change.summary) : [];
      const kept = new Set(ids);
      for (const id of this.idsOfFile.get(path) ?? []) if (!kept.has(id)) this.remove(id, dirty);
      if (change) this.idsOfFile.set(path, ids);
      else this.idsOfFile.delete(path);
      this.noteRegistrations(path, change);
      const listeners = change ? listenersIn(change.summary, change.links) : noListeners;
      for (const id of this.topics.listen(path, listeners)) renewed.add(id);
      ids.forEach((id, index) => {
        const summary = change?.summary.functions[index] as FunctionSummary;
        const links = change?.links.functions[index] as FunctionLinks;
        const before = this.nodes.get(id);
        if (
          !isSameList(before?.links.callsParameters ?? [], links.callsParameters) ||
          isAsync(before?.summary) !== isAsync(summary) ||
          returnsTask(before?.summary) !== returnsTask(summary)
        )
          forwarding.add(id);
        const node: Node = before ?? emptyNode(id, path, index, summary, links);
        if (!before) this.add(node);
        const mayLeadTo = alternativesIn(before?.links);
        if (before?.links === links) moved.add(id);
        else dirty.add(id);
        node.path = path;
        node.index = index;
        node.summary = summary;
        node.links = links;
        node.spawned = spawnedIn(summary.flow);
        const published = topicsPublished(summary, links);
        this.topics.publish(id, node.published, published);
        node.published = published;
        node.around = functionsAround(change?.summary as FileSummary, index);
        node.raises = hasExceptions(change?.summary as FileSummary);
        renewed.add(id);
        const isTest = summary.isTest || change?.summary.isTest === true;
        const mayBeEntry = hasEntryShape(change?.summary as FileSummary, summary);
        if (mayBeEntry !== node.mayBeEntry || !isSameList(mayLeadTo, alternativesIn(links))) this.waysChanged = true;
        node.mayBeEntry = mayBeEntry;
        const entry = isTest ? [] : entriesOf(change?.links.roles.get(index) ?? [], links);
        const timed = links.callsByTheClock;
        if (!isSameList(entry, node.entry) || !isSameCalls(timed, node.timed)) {
          node.entry = entry;
          node.timed = timed;
          this.waysChanged = true;
        }
      });
    }
    // Whether a function that is handed over runs at once depends on the body of who gets it.
    for (const id of forwarding) for (const caller of this.nodes.get(id)?.callers ?? []) renewed.add(caller);
    let connected = 0;
    for (const id of renewed) {
      if (++connected % functionsInTurn === 0) yield;
      this.connect(id, dirty);
    }
    if (this.orderChanged) yield* this.renumber(dirty);
    this.orderChanged = false;
    yield* this.propagate(dirty);
    if (this.waysChanged) yield* this.reach(dirty);
    this.waysChanged = false;
    for (const id of moved) dirty.add(id);
    yield* this.publish(dirty);
  }

  /** Every function, as an immutable value. */
  functions(): FunctionTable<LinkedFunction> {
    this.handedOut ??= this.linked.snapshot();
    return this.handedOut;
  }

  private add(node: Node): void {
    this.nodes.set(node.id, node);
    node.component = this.componentCount++;
    for (const registered of this.registrations.values()) if (registered.has(node.id)) this.waysChanged = true;
  }

  private remove(id: FunctionId, dirty: Set<FunctionId>): void {
    const node = this.nodes.get(id);
    if (!node) return;
    for (const { callee } of node.edges) {
      if (this.nodes.get(callee)?.callers.delete(id)) dirty.add(callee);
    }
    for (const caller of node.callers) dirty.add(caller);
    this.nodes.delete(id);
    this.topics.publish(id, node.published, noTopics);
    if (node.cycle) this.orderChanged = true;
    if (node.reachedFrom.length > 0) this.waysChanged = true;
    dirty.delete(id);
    this.linked.delete(id);
    this.handedOut = undefined;
  }

  private connect(id: FunctionId, dirty: Set<FunctionId>): void {
    const node = this.nodes.get(id);
    if (!node) return;
    const edges = this.edgesOf(node);
    const before = node.edges;
    const isSame = sameEdges(edges, before);
    if (!isSame) node.edges = edges;
    if (isSame && edges.every(({ callee }) => this.nodes.get(callee)?.callers.has(id) ?? true)) return;
    dirty.add(id);
    const callees = new Set(edges.map(({ callee }) => callee));
    const runBefore = calleesRunNow(before);
    const runNow = calleesRunNow(edges);
    let leadsElsewhere = false;
    for (const { callee } of before) {
      const target = this.nodes.get(callee);
      // Without this call its cycle may be none.
      if (target?.component === node.component && target !== node && !runNow.has(callee)) this.orderChanged = true;
      if (callees.has(callee) || !target?.callers.delete(id)) continue;
      dirty.add(callee);
      leadsElsewhere = true;
    }
    for (const callee of callees) {
      const target = this.nodes.get(callee);
      if (!target) continue;
      const isNew = !target.callers.has(id);
      if (runNow.has(callee) && (isNew || !runBefore.has(callee)) && target.component > node.component)
        this.orderChanged = true;
      if (!isNew) continue;
      target.callers.add(id);
      dirty.add(callee);
      leadsElsewhere = true;
    }
    if (leadsElsewhere && node.reachedFrom.length > 0) this.waysChanged = true;
  }

  private edgesOf({ links, summary, spawned, published }: Node): readonly Edge[] {
    const edges: Edge[] = [];
    const started = tasksStarted(summary, links, (id) => returnsTask(this.nodes.get(id)?.summary));
    links.calls.forEach((target, call) => {
      for (const callee of target.functions) {
        const isTask = started.has(call) && isAsync(this.nodes.get(callee)?.summary);
        edges.push({ call, callee, runs: isTask || spawned.has(call) ? "later" : "now" });
      }
      const handedOver = links.handedOver.get(call);
      if (!handedOver) return;
      for (const { argument, functions } of handedOver) {
        const count = summary.calls[call]?.arguments.length ?? 0;
        const runs =
          argument === receiverHandedOver || spawned.has(call) ? "later" : this.handedOverRuns(target, argument, count);
        for (const callee of functions) edges.push({ call, callee, runs });
      }
    });
    for (const [call, topics] of published)
      for (const callee of this.topics.listenersOf(topics)) edges.push({ call, callee, runs: "later" });
    return edges.length === 0 ? noEdges : edges;
  }

  private handedOverRuns(target: FunctionLinks["calls"][number], argument: number, count: number): Edge["runs"] {
    const { entry } = target;
    if (positionOf(entry?.callback, count) === argument && entry) {
      if (runsLater.has(entry.role)) return "later";
      return "now";
    }
    const runsNow = target.functions.some((id) => this.nodes.get(id)?.links.callsParameters.includes(argument));
    return runsNow ? "now" : "unknown";
  }

  private noteRegistrations(path: string, change: { summary: FileSummary; links: FileLinks } | undefined): void {
    const found = new Map<FunctionId, Registration[]>();
    if (change) {
      const { summary, links } = change;
      [links.outside, ...links.functions].forEach((fn, i) => {
        const sites = i === 0 ? summary.calls : (summary.functions[i - 1] as FunctionSummary).calls;
        fn.calls.forEach(({ entry }, call) => {
          const kind = entry?.role;
          if (kind !== "handler" && kind !== "timer") return;
          const registration: Registration = { kind, at: i === 0 ? { path, call } : { path, index: i - 1, call } };
          const given = (fn.handedOver.get(call) ?? []).filter(
            ({ argument }) => entry?.callback === undefined || argument >= entry.callback,
          );
          for (const { functions } of [...given, ...wrappedIn(sites, call, fn)])
            for (const id of functions) found.set(id, [...(found.get(id) ?? []), registration]);
        });
      });
    }
    const before = this.registrations.get(path);
    const isSame = isSameData([...(before ?? [])], [...found]);
    if (isSame || (!before && found.size === 0)) return;
    this.waysChanged = true;
    if (found.size > 0) this.registrations.set(path, found);
    else this.registrations.delete(path);
  }

  // --- bottom-up: effects ---

  /** Numbers components so that callees come before callers, and finds functions whose cycle is another than before. */
  private *renumber(dirty: Set<FunctionId>): Turns<void> {
    const nodes = [...this.nodes.values()];
    const numbers = new Map<FunctionId, number>();
    nodes.forEach(({ id }, i) => {
      numbers.set(id, i);
    });
    yield;
    const edges: number[][] = [];
    for (const node of nodes) {
      const targets: number[] = [];
      for (const { callee, runs } of node.edges) {
        const target = runs === "now" ? numbers.get(callee) : undefined;
        if (target !== undefined) targets.push(target);
      }
      edges.push(targets);
      yield;
    }
    const { componentOf, count } = componentsOf(edges);
    this.componentCount = count;
    yield;
    const members: Node[][] = Array.from({ length: count }, () => []);
    nodes.forEach((node, i) => {
      node.component = componentOf[i] as number;
      members[node.component]?.push(node);
    });
    for (const component of members) {
      yield;
      const cycle =
        component.length > 1
          ? component
              .map(({ id }) => id)
              .sort()
              .join("\n")
          : "";
      for (const node of component) {
        if (node.cycle === cycle) continue;
        node.cycle = cycle;
        dirty.add(node.id);
      }
    }
  }

  /** Callees first; a function whose effects stay the same is the end of it. */
  private *propagate(dirty: Set<FunctionId>): Turns<void> {
    const waiting = new Map<number, Node[]>();
    const queue = new IntegerQueue();
    const enqueue = (node: Node) => {
      const { component } = node;
      const known = waiting.get(component);
      if (known) {
        if (!known.includes(node)) known.push(node);
        return;
      }
      waiting.set(component, [node]);
      queue.push(component);
    };
    for (const id of dirty) {
      const node = this.nodes.get(id);
      if (node) enqueue(node);
    }
    let looked = 0;
    for (let component = queue.pop(); component !== undefined; component = queue.pop()) {
      if (++looked % functionsInTurn === 0) yield;
      const nodes = waiting.get(component) as Node[];
      waiting.delete(component);
      const members = nodes[0]?.cycle ? nodes[0].cycle.split("\n").map((id) => this.nodes.get(id) as Node) : nodes;
      for (const node of this.recompute(members)) {
        dirty.add(node.id);
        for (const caller of node.callers) {
          const callerNode = this.nodes.get(caller);
          if (callerNode && callerNode.component !== component) enqueue(callerNode);
        }
      }
    }
  }

  /** @returns the functions whose effects are others than before */
  private recompute(members: readonly Node[]): Node[] {
    const before = members.map(({ effects }) => effects);
    const inside = new Set(members);
    const isRecursive =
      members.length > 1 || members.some(({ id, edges }) => edges.some(({ callee }) => callee === id));
    // What a recursion says of itself must not keep itself alive.
    if (isRecursive) for (const node of members) node.effects = noEffects;
    const effectsOfCallee = (id: FunctionId) => this.nodes.get(id)?.effects ?? noEffects;
    const order = this.calleesFirst(members);
    const waiting = new Set(order);
    for (let round = 0; round < maxRounds && waiting.size > 0; round++) {
      for (const node of order) {
        if (!waiting.delete(node)) continue;
        const effects = effectsOf(node, effectsOfCallee);
        if (sameEffects(effects, node.effects)) continue;
        node.effects = effects;
        for (const caller of isRecursive ? node.callers : []) {
          const callerNode = this.nodes.get(caller);
          if (callerNode && inside.has(callerNode)) waiting.add(callerNode);
        }
      }
    }
    return members.filter((node, i) => {
      if (!sameEffects(node.effects, before[i] as FunctionEffects)) return true;
      node.effects = before[i] as FunctionEffects;
      return false;
    });
  }

  /** The functions of a recursion in an order in which what one of them does reaches the others in few rounds. */
  private calleesFirst(members: readonly Node[]): readonly Node[] {
    if (members.length === 1) return members;
    const unseen = new Set(members);
    const order: Node[] = [];
    for (const start of members) {
      const path = unseen.delete(start) ? [{ node: start, next: 0 }] : [];
      for (let last = path.at(-1); last; last = path.at(-1)) {
        const edge = last.node.edges[last.next++];
        const callee = edge && this.nodes.get(edge.callee);
        if (callee && unseen.delete(callee)) path.push({ node: callee, next: 0 });
        if (edge) continue;
        order.push(last.node);
        path.pop();
      }
    }
    return order;
  }

  // --- top-down: who gets here from outside ---

  private *reach(dirty: Set<FunctionId>): Turns<void> {
    const reached = new Map<Node, Reach[]>();
    for (const kind of ["handler", "timer"] as const) {
      const roots = this.rootsOf(kind);
      const seen = new Set<Node>();
      yield* this.reachFrom(kind, roots, seen, reached);
      if (kind === "handler") yield* this.reachFrom(kind, this.rootsByShape(seen), seen, reached);
    }
    for (const node of this.nodes.values()) {
      yield;
      const now = reached.get(node) ?? noReach;
      if (sameReach(now, node.reachedFrom)) continue;
      node.reachedFrom = now;
      dirty.add(node.id);
    }
  }

  private *reachFrom(
    kind: Reach["kind"],
    roots: ReadonlyMap<Node, RegistrationSite | undefined>,
    seen: Set<Node>,
    reached: Map<Node, Reach[]>,
  ): Turns<void> {
    let front = [...roots.keys()].sort(byId);
    for (const root of front) {
      const at = roots.get(root);
      seen.add(root);
      addReach(reached, root, { kind, root: root.id, ...(at && { registered: at }), distance: 0 });
    }
    for (let distance = 1; front.length > 0; distance++) {
      const next: Node[] = [];
      for (const node of front) {
        yield;
        const root = reached.get(node)?.find((reach) => reach.kind === kind)?.root as FunctionId;
        // What a function does before it starts to wait for its clock is done once.
        const timed = kind === "timer" && distance === 1 && !roots.get(node) ? node.timed : undefined;
        const follow = (callee: FunctionId) => {
          const target = this.nodes.get(callee);
          if (!target || seen.has(target)) return;
          seen.add(target);
          addReach(reached, target, { kind, root, via: node.id, distance });
          next.push(target);
        };
        for (const { callee, call } of node.edges) if (!timed || timed.has(call)) follow(callee);
        if (!timed) for (const callee of alternativesIn(node.links)) follow(callee);
      }
      front = next.sort(byId);
    }
  }

  private rootsByShape(seen: ReadonlySet<Node>): Map<Node, undefined> {
    const roots = new Map<Node, undefined>();
    for (const node of this.nodes.values()) if (node.mayBeEntry && !seen.has(node)) roots.set(node, undefined);
    return roots;
  }

  /** The functions at which ways in start, with the first place that registers each. */
  private rootsOf(kind: Reach["kind"]): Map<Node, RegistrationSite | undefined> {
    const roots = new Map<Node, RegistrationSite | undefined>();
    for (const node of this.nodes.values()) if (node.entry.includes(kind)) roots.set(node, undefined);
    for (const registered of this.registrations.values()) {
      for (const [id, registrations] of registered) {
        const node = this.nodes.get(id);
        const at = node && registrations.find((registration) => registration.kind === kind)?.at;
        const known = node && roots.get(node);
        if (at && (!known || at.path < known.path)) roots.set(node, at);
      }
    }
    return roots;
  }

  private *publish(dirty: ReadonlySet<FunctionId>): Turns<void> {
    let published = 0;
    for (const id of dirty) {
      if (++published % functionsInTurn === 0) yield;
      const node = this.nodes.get(id);
      if (!node) continue;
      const { path, index, links, edges, effects, reachedFrom } = node;
      const sorted = [...node.callers].sort();
      const before = this.linked.get(id)?.callers;
      const callers = before && isSameList(before, sorted) ? before : sorted;
      this.linked.set(id, {
        id,
        path,
        index,
        links,
        edges,
        callers,
        effects,
        isInCycle: node.cycle !== "",
        reachedFrom,
      });
    }
    if (dirty.size > 0) this.handedOut = undefined;
  }
}

/** The functions one of which a call runs, where they are too many to say which. */
function alternativesIn(links: FunctionLinks | undefined): readonly FunctionId[] {
  return links?.calls.flatMap(({ alternatives }) => alternatives ?? noIds) ?? noIds;
}

function isAsync(summary: FunctionSummary | undefined): boolean {
  return summary?.modifiers.includes("async") ?? false;
}

/** A function that hands back a task has been given what the task runs. */
function returnsTask(summary: FunctionSummary | undefined): boolean {
  return summary?.results.some((result) => /^(?:asyncio\.)?(?:Task|Future)\b/.test(result)) ?? false;
}

/** Calls whose result is started as a task: `create_task(self.audit(order))` runs nothing of `audit` by itself. */
function tasksStarted(
  { calls }: FunctionSummary,
  links: FunctionLinks,
  isStarter: (callee: FunctionId) => boolean,
): ReadonlySet<number> {
  let started: Set<number> | undefined;
  links.calls.forEach(({ entry, functions }, spawn) => {
    const site = calls[spawn];
    if (!site) return;
    const isSpawn = entry?.role === "spawn" && entry.callback !== undefined;
    if (!isSpawn && !functions.some(isStarter)) return;
    const given = isSpawn ? [site.arguments[entry.callback as number]] : site.arguments;
    calls.forEach(({ start, end, callee, origin = callee }, call) => {
      if (call === spawn || start < site.start || end > site.end || !given.includes(`${origin}()`)) return;
      started ??= new Set();
      started.add(call);
    });
  });
  return started ?? noCalls;
}

/** What is handed to these is run some other time. */
const runsLater: ReadonlySet<Role | undefined> = new Set(["spawn", "timer", "handler", "publish"]);
const noListeners: ReadonlyMap<Topic, readonly FunctionId[]> = new Map();
const noTopics: ReadonlyMap<number, readonly Topic[]> = new Map();
const noReach: readonly Reach[] = [];
const noEdges: readonly Edge[] = [];
const noIds: readonly FunctionId[] = [];

function emptyNode(id: FunctionId, path: string, index: number, summary: FunctionSummary, links: FunctionLinks): Node {
  const nothing = {
    edges: [],
    callers: new Set<FunctionId>(),
    effects: noEffects,
    entry: [],
    mayBeEntry: false,
    timed: undefined,
    published: noTopics,
    reachedFrom: noReach,
  };
  return {
    id,
    path,
    index,
    summary,
    links,
    spawned: noCalls,
    around: [],
    raises: false,
    cycle: "",
    component: -1,
    ...nothing,
  };
}

/** Functions that a handler is made of: `handle("/orders", authorised(server.orders))`. */
function wrappedIn(sites: readonly CallSummary[], call: number, { calls, handedOver }: FunctionLinks): HandedOver[] {
  const { start } = sites[call] as CallSummary;
  const found: HandedOver[] = [];
  // What is called for an argument comes right before the call.
  for (let inner = call - 1; inner >= 0 && (sites[inner]?.start ?? 0) > start; inner--) {
    const role = calls[inner]?.entry?.role;
    if (role === undefined || role === "handler") found.push(...(handedOver.get(inner) ?? []));
  }
  return found;
}

function entriesOf(roles: readonly { role?: string }[], { loopPaces }: FunctionLinks): Reach["kind"][] {
  const kinds: Reach["kind"][] = roles.flatMap(({ role }) => (role === "handler" || role === "timer" ? [role] : []));
  // Who waits for a clock again and again is a timer.
  for (const pace of loopPaces.values()) if (pace === "clock" && !kinds.includes("timer")) kinds.push("timer");
  return kinds;
}

function isSameCalls(a: ReadonlySet<number> | undefined, b: ReadonlySet<number> | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && isSameList([...a], [...b]));
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}

function calleesRunNow(edges: readonly Edge[]): ReadonlySet<FunctionId> {
  return new Set(edges.flatMap(({ callee, runs }) => (runs === "now" ? callee : [])));
}

function addReach(reached: Map<Node, Reach[]>, node: Node, reach: Reach): void {
  const known = reached.get(node);
  if (known) known.push(reach);
  else reached.set(node, [reach]);
}

function byId(a: Node, b: Node): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function sameEdges(a: readonly Edge[], b: readonly Edge[]): boolean {
  return (
    a.length === b.length &&
    a.every((edge, i) => edge.callee === b[i]?.callee && edge.call === b[i]?.call && edge.runs === b[i]?.runs)
  );
}

function sameReach(a: readonly Reach[], b: readonly Reach[]): boolean {
  return (
    a.length === b.length &&
    a.every((reach, i) => {
      const other = b[i] as Reach;
      return (
        reach.kind === other.kind &&
        reach.root === other.root &&
        reach.via === other.via &&
        reach.distance === other.distance &&
        isSameData(reach.registered, other.registered)
      );
    })
  );
}

function sameEffects(a: FunctionEffects, b: FunctionEffects): boolean {
  if (a === b) return true;
  return (
    a.effects.length === b.effects.length &&
    a.movesLocks === b.movesLocks &&
    isSameData(a.leavesHeld, b.leavesHeld) &&
    isSameData(a.releases, b.releases) &&
    isSameData(a.holdsFor, b.holdsFor) &&
    a.effects.every((effect, i) => {
      const other = b.effects[i];
      return (
        effect.kind === other?.kind &&
        effect.detail === other.detail &&
        effect.distance === other.distance &&
        effect.call === other.call &&
        effect.callee === other.callee &&
        isSameData(effect.lock, other.lock)
      );
    })
  );
}

/** Smallest first. */
class IntegerQueue {
  private readonly heap: number[] = [];

  push(value: number): void {
    const { heap } = this;
    let at = heap.push(value) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((heap[parent] as number) <= value) break;
      heap[at] = heap[parent] as number;
      at = parent;
    }
    heap[at] = value;
  }

  pop(): number | undefined {
    const { heap } = this;
    const top = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && (heap[child + 1] as number) < (heap[child] as number)) child++;
      if ((heap[child] as number) >= last) break;
      heap[at] = heap[child] as number;
      at = child;
    }
    heap[at] = last;
    return top;
  }
}
