import { type FileSummary, type Flow, type FunctionSummary, flowsInside } from "../fileSummary";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../workspaceModel";
import { callEffect, seenFrom } from "./effects";
import type { Effect, GraphFunction } from "./functionEffects";

export const noCalls: ReadonlySet<number> = new Set();

const known = new WeakMap<LinkedFunction, GraphFunction>();

/** A linked function as the graph sees it. */
export function graphFunction(model: WorkspaceModel, linked: LinkedFunction): GraphFunction {
  let graphed = known.get(linked);
  if (!graphed) {
    const { file, fn } = functionAt(model, linked) as { file: FileSummary; fn: FunctionSummary };
    const { links, edges } = linked;
    const around = functionsAround(file, linked.index);
    graphed = { summary: fn, links, edges, spawned: spawnedIn(fn.flow), around, raises: hasExceptions(file) };
    known.set(linked, graphed);
  }
  return graphed;
}

/** What one call of a function does, itself or through the functions that run within it. */
export function effectsOfCall(model: WorkspaceModel, linked: LinkedFunction, call: number): Effect[] {
  const fn = graphFunction(model, linked);
  const own = callEffect(fn, call);
  const effects = own ? [own] : [];
  for (const edge of linked.edges) {
    if (edge.call !== call || edge.runs !== "now") continue;
    for (const effect of model.functions.get(edge.callee)?.effects.effects ?? [])
      effects.push(seenFrom(fn, edge, effect));
  }
  return effects;
}

export function hasExceptions({ language }: Pick<FileSummary, "language">): boolean {
  return language !== "go";
}

/** A function and those around it, innermost first. */
export function functionsAround({ functions }: FileSummary, index: number): readonly FunctionSummary[] {
  const found: FunctionSummary[] = [];
  for (let next: number | undefined = index; next !== undefined; next = found.at(-1)?.parent)
    found.push(functions[next] as FunctionSummary);
  return found;
}

/** The calls of a function that go on without it. */
export function spawnedIn(flow: readonly Flow[]): ReadonlySet<number> {
  const calls: number[] = [];
  addCallsInSpawns(flow, false, calls);
  return calls.length === 0 ? noCalls : new Set(calls);
}

function addCallsInSpawns(flow: readonly Flow[], inSpawn: boolean, calls: number[]): void {
  for (const node of flow) {
    if (typeof node !== "number") {
      for (const inner of flowsInside(node)) addCallsInSpawns(inner, inSpawn || node.kind === "spawn", calls);
    } else if (inSpawn) calls.push(node);
  }
}
