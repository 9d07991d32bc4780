import { type FileSummary, type Flow, type FunctionSummary, flowsInside } from "../fileSummary";
import type { FunctionLinks } from "../link/links";
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
    graphed = { summary: fn, links, edges, spawned: spawnedIn(fn, links), around, raises: hasExceptions(file) };
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

/** The calls of a function that go on without it, or that are not begun but handed to what starts them. */
export function spawnedIn(summary: FunctionSummary, links: FunctionLinks): ReadonlySet<number> {
  const calls = startedAsTasks(summary, links);
  addCallsInSpawns(summary.flow, false, calls);
  return calls.length === 0 ? noCalls : new Set(calls);
}

function addCallsInSpawns(flow: readonly Flow[], inSpawn: boolean, calls: number[]): void {
  for (const node of flow) {
    if (typeof node !== "number") {
      for (const inner of flowsInside(node)) addCallsInSpawns(inner, inSpawn || node.kind === "spawn", calls);
    } else if (inSpawn) calls.push(node);
  }
}

/** Calls of libraries whose result is started as a task: `create_task(client.get(url))` asks nobody by itself. */
function startedAsTasks({ calls }: FunctionSummary, links: FunctionLinks): number[] {
  return links.calls.flatMap(({ entry }, spawn) => {
    const site = entry?.role === "spawn" && entry.callback !== undefined ? calls[spawn] : undefined;
    const given = site?.arguments[entry?.callback ?? -1];
    if (!site || !given?.endsWith("()")) return [];
    return calls.flatMap(({ start, end, callee, origin = callee }, call) =>
      call !== spawn &&
      site.start <= start &&
      end <= site.end &&
      given === `${origin}()` &&
      links.calls[call]?.functions.length === 0
        ? call
        : [],
    );
  });
}
