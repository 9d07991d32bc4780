import { isSameData } from "../../base/sameData";
import type { Turns } from "../../base/turns";
import type { FunctionId } from "../link/links";
import { componentsOf } from "./components";
import { effectsOf } from "./effects";
import { type FunctionEffects, noEffects } from "./functionEffects";
import { functionsInTurn, type GraphNode } from "./graphNode";

/** A recursion that has not settled after so many rounds is taken as it is. */
const maxRounds = 50;

/**
 * Numbers components so that callees come before callers, and finds functions whose cycle is another than before.
 *
 * @returns how many components there are
 */
export function* renumber(nodesById: ReadonlyMap<FunctionId, GraphNode>, dirty: Set<FunctionId>): Turns<number> {
  const nodes = [...nodesById.values()];
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
  yield;
  const members: GraphNode[][] = Array.from({ length: count }, () => []);
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
  return count;
}

/** Callees first; a function whose effects stay the same is the end of it. */
export function* propagate(nodes: ReadonlyMap<FunctionId, GraphNode>, dirty: Set<FunctionId>): Turns<void> {
  const waiting = new Map<number, GraphNode[]>();
  const queue = new IntegerQueue();
  const enqueue = (node: GraphNode) => {
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
    const node = nodes.get(id);
    if (node) enqueue(node);
  }
  let looked = 0;
  for (let component = queue.pop(); component !== undefined; component = queue.pop()) {
    if (++looked % functionsInTurn === 0) yield;
    const waited = waiting.get(component) as GraphNode[];
    waiting.delete(component);
    const members = waited[0]?.cycle ? waited[0].cycle.split("\n").map((id) => nodes.get(id) as GraphNode) : waited;
    for (const node of recompute(members, nodes)) {
      dirty.add(node.id);
      for (const caller of node.callers) {
        const callerNode = nodes.get(caller);
        if (callerNode && callerNode.component !== component) enqueue(callerNode);
      }
    }
  }
}

/** @returns the functions whose effects are others than before */
function recompute(members: readonly GraphNode[], nodes: ReadonlyMap<FunctionId, GraphNode>): GraphNode[] {
  const before = members.map(({ effects }) => effects);
  const inside = new Set(members);
  const isRecursive = members.length > 1 || members.some(({ id, edges }) => edges.some(({ callee }) => callee === id));
  // What a recursion says of itself must not keep itself alive.
  if (isRecursive) for (const node of members) node.effects = noEffects;
  const effectsOfCallee = (id: FunctionId) => nodes.get(id)?.effects ?? noEffects;
  const order = calleesFirst(members, nodes);
  const waiting = new Set(order);
  for (let round = 0; round < maxRounds && waiting.size > 0; round++) {
    for (const node of order) {
      if (!waiting.delete(node)) continue;
      const effects = effectsOf(node, effectsOfCallee);
      if (sameEffects(effects, node.effects)) continue;
      node.effects = effects;
      for (const caller of isRecursive ? node.callers : []) {
        const callerNode = nodes.get(caller);
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
function calleesFirst(members: readonly GraphNode[], nodes: ReadonlyMap<FunctionId, GraphNode>): readonly GraphNode[] {
  if (members.length === 1) return members;
  const unseen = new Set(members);
  const order: GraphNode[] = [];
  for (const start of members) {
    const path = unseen.delete(start) ? [{ node: start, next: 0 }] : [];
    for (let last = path.at(-1); last; last = path.at(-1)) {
      const edge = last.node.edges[last.next++];
      const callee = edge && nodes.get(edge.callee);
      if (callee && unseen.delete(callee)) path.push({ node: callee, next: 0 });
      if (edge) continue;
      order.push(last.node);
      path.pop();
    }
  }
  return order;
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
        effect.text === other.text &&
        effect.untold === other.untold &&
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
