import { isSameData } from "../../base/sameData";
import type { Turns } from "../../base/turns";
import type { Command } from "../commandTables";
import type { FileSummary, FunctionSummary } from "../fileSummary";
import { type FileLinks, type FunctionId, type FunctionLinks, functionIds } from "../link/links";
import { listenersIn, type Topic, Topics, topicsPublished } from "../link/topics";
import type { ScheduledTask } from "../schedules";
import type { LinkedFunction } from "../workspaceModel";
import { calleesRunNow, edgesOf, isCalledOtherwise, sameEdges } from "./callEdges";
import { propagate, renumber } from "./effectPropagation";
import { hasEntryShape } from "./entryShapes";
import type { Edge } from "./functionEffects";
import { type FunctionTable, SnapshotTable } from "./functionTable";
import { functionsAround, hasExceptions, spawnedIn } from "./graphFunction";
import { alternativesIn, emptyNode, functionsInTurn, type GraphNode, isSameList, noIds, noTopics } from "./graphNode";
import { entriesOf, type Registration, reach, registrationsIn } from "./waysIn";

/** The calls of the whole workspace, and what follows from them, kept right from change to change. */
export class CallGraph {
  private readonly nodes = new Map<FunctionId, GraphNode>();
  private readonly idsOfFile = new Map<string, readonly FunctionId[]>();
  /** Functions handed to timers and to whoever calls from outside, by file. */
  private readonly registrations = new Map<string, ReadonlyMap<FunctionId, readonly Registration[]>>();
  private readonly commands = new Map<string, readonly Command[]>();
  private readonly schedules = new Map<string, readonly ScheduledTask[]>();
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
      const summary = change?.summary.isTest ? undefined : change?.summary;
      this.note(this.commands, path, summary?.commands);
      this.note(this.schedules, path, summary?.schedules);
      const listeners = change ? listenersIn(change.summary, change.links) : noListeners;
      for (const id of this.topics.listen(path, listeners)) renewed.add(id);
      ids.forEach((id, index) => {
        const summary = change?.summary.functions[index] as FunctionSummary;
        const links = change?.links.functions[index] as FunctionLinks;
        const before = this.nodes.get(id);
        if (isCalledOtherwise(before, summary, links)) forwarding.add(id);
        const node: GraphNode = before ?? emptyNode(id, path, index, summary, links);
        if (!before) this.add(node);
        const mayLeadTo = alternativesIn(before?.links);
        const { callsByMessages, callsByTheClockOf = [], callsByMessagesOf = [] } = before?.links ?? {};
        if (before?.links === links) moved.add(id);
        else dirty.add(id);
        node.path = path;
        node.index = index;
        node.summary = summary;
        node.links = links;
        node.spawned = spawnedIn(summary, links);
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
        const gives = functionsGiven(summary, ids);
        if (!isSameList(gives, node.gives)) this.waysChanged = true;
        node.gives = gives;
        const entry = isTest ? [] : entriesOf(change?.links.roles.get(index) ?? [], links, summary);
        const timed = links.callsByTheClock;
        const isSetOffSame =
          isSameCalls(timed, node.timed) &&
          isSameCalls(callsByMessages, links.callsByMessages) &&
          isSameList(callsByTheClockOf, links.callsByTheClockOf ?? []) &&
          isSameList(callsByMessagesOf, links.callsByMessagesOf ?? []);
        if (!isSameList(entry, node.entry) || !isSetOffSame) {
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
    if (this.orderChanged) this.componentCount = yield* renumber(this.nodes, dirty);
    this.orderChanged = false;
    yield* propagate(this.nodes, dirty);
    if (this.waysChanged) yield* reach(this.nodes, this.registrations, this.commands, this.schedules, dirty);
    this.waysChanged = false;
    for (const id of moved) dirty.add(id);
    yield* this.publish(dirty);
  }

  /** Every function, as an immutable value. */
  functions(): FunctionTable<LinkedFunction> {
    this.handedOut ??= this.linked.snapshot();
    return this.handedOut;
  }

  private add(node: GraphNode): void {
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
    const edges = edgesOf(node, this.nodes, this.topics);
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
    // What is handed to a helper that ticks, or takes messages, is set off by them.
    const isHandedOn = (list: readonly Edge[]) =>
      list.some(({ callee }) => {
        const { callsByTheClockOf, callsByMessagesOf } = this.nodes.get(callee)?.links ?? {};
        return callsByTheClockOf !== undefined || callsByMessagesOf !== undefined;
      });
    if (leadsElsewhere && (node.reachedFrom.length > 0 || isHandedOn(before) || isHandedOn(edges)))
      this.waysChanged = true;
  }

  private noteRegistrations(path: string, change: { summary: FileSummary; links: FileLinks } | undefined): void {
    const found: ReadonlyMap<FunctionId, readonly Registration[]> = change ? registrationsIn(path, change) : new Map();
    const before = this.registrations.get(path);
    const isSame = isSameData([...(before ?? [])], [...found]);
    if (isSame || (!before && found.size === 0)) return;
    this.waysChanged = true;
    if (found.size > 0) this.registrations.set(path, found);
    else this.registrations.delete(path);
  }

  private note<T>(noted: Map<string, readonly T[]>, path: string, found: readonly T[] = []): void {
    if (isSameData(noted.get(path) ?? [], found)) return;
    this.waysChanged = true;
    if (found.length > 0) noted.set(path, found);
    else noted.delete(path);
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

/** The functions of its file that a function gives back, as they are or seen as a handler: `http.HandlerFunc(func…)`. */
function functionsGiven({ returns }: FunctionSummary, ids: readonly FunctionId[]): readonly FunctionId[] {
  if (returns.length === 0) return noIds;
  return returns.flatMap((path) => ids[Number(/^(?:[\w$.]+\()?<func#(\d+)>\)?$/.exec(path)?.[1] ?? -1)] ?? noIds);
}

function isSameCalls(a: ReadonlySet<number> | undefined, b: ReadonlySet<number> | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && isSameList([...a], [...b]));
}

const noListeners: ReadonlyMap<Topic, readonly FunctionId[]> = new Map();
