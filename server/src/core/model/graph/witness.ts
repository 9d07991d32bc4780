import { code } from "../../base/markdown";
import { rangeOf, type Span } from "../../base/text";
import { type Flow, flowsInside } from "../fileSummary";
import type { WitnessStep } from "../finding";
import type { FunctionId } from "../link/links";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../workspaceModel";
import { channelDetail, channelLoopDetail } from "./effects";
import { effectText } from "./effectText";
import type { Effect } from "./functionEffects";

/** The functions through which an effect is reached, the one where it happens last. */
export function witnessOf(model: WorkspaceModel, effect: Effect): LinkedFunction[] {
  const chain: LinkedFunction[] = [];
  for (let current: Effect | undefined = effect; current?.callee !== undefined; ) {
    const callee = model.functions.get(current.callee);
    if (!callee) break;
    chain.push(callee);
    current = nextOf(callee, current);
  }
  return chain;
}

/** An effect in a function that has it. */
export interface EffectPlace {
  linked: LinkedFunction;
  effect: Effect;
}

/** The functions that lead to an effect with what it is to each of them; the one where it happens is the last. */
export function effectChain(model: WorkspaceModel, from: LinkedFunction, effect: Effect): EffectPlace[] {
  const chain: EffectPlace[] = [];
  for (let place: EffectPlace | undefined = { linked: from, effect }; place; ) {
    chain.push(place);
    const linked: LinkedFunction | undefined =
      place.effect.callee === undefined ? undefined : model.functions.get(place.effect.callee);
    const next: Effect | undefined = linked && nextOf(linked, place.effect);
    place = linked && next && { linked, effect: next };
  }
  return chain;
}

/** The same effect in the function it leads to. */
export function nextOf(callee: LinkedFunction, effect: Effect): Effect | undefined {
  const { distance, lock } = effect;
  const same = callee.effects.effects.filter((next) => isBehind(next, effect) && next.distance === distance - 1);
  return same.find((next) => next.lock?.forReading === lock?.forReading) ?? same[0];
}

/** Whether what a callee does is this effect of its caller, which may know the text of its query. */
export function isBehind({ kind, detail }: Effect, effect: Effect): boolean {
  return kind === effect.kind && detail === (effect.untold ?? effect.detail);
}

/** The calls that lead from a function to an effect of it, and the place where it happens. */
export function effectSteps(model: WorkspaceModel, from: LinkedFunction, effect: Effect): WitnessStep[] {
  return chainSteps(model, effectChain(model, from, effect));
}

/** The same for a chain that is known. */
export function chainSteps(model: WorkspaceModel, chain: readonly EffectPlace[]): WitnessStep[] {
  return chain.flatMap(({ linked, effect: here }) => {
    const span = spanOf(model, linked, here);
    const message = here.callee === undefined ? effectText(here) : callText(nameOf(here.callee));
    return (span && stepAt(model, linked, span, message)) ?? [];
  });
}

function callText(symbol: string): string {
  const around = symbol.replace(/(?:\.<anonymous>)+$/, "");
  return around === symbol ? `calls ${code(symbol)}` : `runs a function written in ${code(around)}`;
}

/** A step of a witness at a place of a function's file. */
export function stepAt(
  model: WorkspaceModel,
  { path }: Pick<LinkedFunction, "path">,
  span: Span,
  message: string,
): WitnessStep | undefined {
  const file = model.files.get(path);
  return file && { path, range: rangeOf(file.lineStarts, span), message };
}

/** The symbol in a function's id. */
export function nameOf(id: FunctionId): string {
  return id.slice(id.indexOf("#") + 1).replace(/~\d+$/, "");
}

function spanOf(model: WorkspaceModel, linked: LinkedFunction, { call, kind, detail }: Effect): Span | undefined {
  const fn = functionAt(model, linked)?.fn;
  if (!fn) return undefined;
  if (call >= 0) return fn.calls[call];
  let scopes = 0;
  const isIt = (node: Exclude<Flow, number>): boolean => {
    if (node.kind === "scope" && linked.links.scopeLocks[scopes++]?.lock === detail) return kind === "acquire";
    if (kind !== "channel") return false;
    return (node.kind === "loop" ? channelLoopDetail(node) : channelDetail(node)) === detail;
  };
  const start = findStart(fn.flow, isIt);
  return start === undefined ? fn.nameSpan : { start, end: start };
}

/** Where a step starts; a select starts with its first channel. */
function startOf(node: Flow): number | undefined {
  if (typeof node === "number") return undefined;
  if ("start" in node) return node.start;
  for (const inner of flowsInside(node)) {
    for (const step of inner) {
      const start = startOf(step);
      if (start !== undefined) return start;
    }
  }
  return undefined;
}

function findStart(flow: readonly Flow[], isIt: (node: Exclude<Flow, number>) => boolean): number | undefined {
  for (const node of flow) {
    if (typeof node === "number") continue;
    if (isIt(node)) return startOf(node);
    for (const inner of flowsInside(node)) {
      const start = findStart(inner, isIt);
      if (start !== undefined) return start;
    }
  }
  return undefined;
}
