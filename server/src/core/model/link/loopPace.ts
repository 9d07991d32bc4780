import type { AccessPath } from "../facts";
import { type BranchFlow, type Flow, type FunctionSummary, flowsInside, type LoopFlow } from "../fileSummary";
import type { LoopPace } from "./links";
import type { Type } from "./types";

/** What the linker knows that the pace of a loop depends on. */
export interface PaceSources {
  /** The type of what a path leads to. */
  typeOf(path: AccessPath): Type | undefined;
  sleeps(call: number): boolean;
  /** Whether a call waits for the next message of a queue outside. */
  takesMessage(call: number): boolean;
  /** Whether a loop over such a thing waits for messages from outside. */
  bringsMessages(type: Type | undefined): boolean;
  hasChannels: boolean;
}

/** Loops whose rounds are set by a clock or by what comes in, and not by how much data there is; in order of the flow. */
export function loopPaces(flow: readonly Flow[], sources: PaceSources): ReadonlyMap<number, LoopPace> {
  const paces = new Map<number, LoopPace>();
  loopsIn(flow).forEach((loop, i) => {
    const pace = paceOf(loop, sources);
    if (pace) paces.set(i, pace);
  });
  return paces.size === 0 ? noPaces : paces;
}

const noPaces: ReadonlyMap<number, LoopPace> = new Map();

/** Every loop, an outer one before those inside it. */
export function loopsIn(flow: readonly Flow[]): LoopFlow[] {
  const loops: LoopFlow[] = [];
  addLoops(flow, loops);
  return loops;
}

/** The calls that a clock, or a message, sets off again and again; absent where no loop waits for one. */
export function callsSetOff(
  by: LoopPace,
  flow: readonly Flow[],
  paces: ReadonlyMap<number, LoopPace>,
  sources: PaceSources,
): ReadonlySet<number> | undefined {
  if (![...paces.values()].includes(by)) return undefined;
  const calls = new Set<number>();
  const addAll = (nodes: readonly Flow[]) => {
    for (const node of nodes) {
      if (typeof node === "number") calls.add(node);
      else flowsInside(node).forEach(addAll);
    }
  };
  loopsIn(flow).forEach((loop, i) => {
    if (paces.get(i) !== by) return;
    addAll(by === "messages" || loop.form === "each" ? loop.body : setOffByClock(loop.body, sources));
  });
  return calls;
}

/** What each tick does: of a `select` among messages and clocks only the arms of the clocks. */
function setOffByClock(body: readonly Flow[], sources: PaceSources): Flow[] {
  return body.flatMap((node) => {
    if (typeof node === "number" || node.kind !== "branch" || node.select === undefined) return node;
    const ticking = node.arms.filter((arm) => ticks(arm, sources));
    return ticking.length === 0 ? node : ticking.flat();
  });
}

/** Of a function that makes one call and nothing else, by whose name it may sleep, what it calls. */
export function pauseIn({ flow, calls }: FunctionSummary): AccessPath | undefined {
  const [site, ...others] = calls;
  const called = site?.origin ?? site?.callee ?? "";
  if (others.length > 0 || !/(?:sleep|__promisify__)$/i.test(called)) return undefined;
  const [first] = flow;
  const step = typeof first === "object" && first.kind === "try" ? first.body[0] : first;
  return step === 0 ? called : undefined;
}

function addLoops(flow: readonly Flow[], loops: LoopFlow[]): void {
  for (const node of flow) {
    if (typeof node === "number") continue;
    if (node.kind === "loop") loops.push(node);
    for (const inner of flowsInside(node)) addLoops(inner, loops);
  }
}

function paceOf(loop: LoopFlow, sources: PaceSources): LoopPace | undefined {
  if (loop.form === "each") {
    const over = loop.over ? sources.typeOf(loop.over) : undefined;
    if (sources.bringsMessages(over)) return "messages";
    return !sources.hasChannels ? undefined : isClock(over) ? "clock" : isChannel(over) ? "channel" : undefined;
  }
  if (!isEndless(loop.test)) return undefined;
  if (ticks(loop.body, sources)) return "clock";
  return takesMessages(loop.body, sources) ? "messages" : undefined;
}

/** Whether every round takes messages from a queue, at once or in a `try`. */
function takesMessages(body: readonly Flow[], sources: PaceSources): boolean {
  return body.some((node) => {
    if (typeof node === "number") return sources.takesMessage(node);
    return (node.kind === "try" || node.kind === "scope") && takesMessages(node.body, sources);
  });
}

/** Runs until it is told to stop. */
function isEndless(test: string | undefined): boolean {
  return (
    test === undefined ||
    /^(?:true|1)$/i.test(test) ||
    /stop|clos|shut|done|quit|exit|cancel|running|alive|interrupt|is_?set/i.test(test)
  );
}

/** Whether every round waits for a clock, and no round is the last one because its work succeeded. */
function ticks(body: readonly Flow[], sources: PaceSources): boolean {
  let ticking = false;
  for (const node of body) {
    if (typeof node === "number") {
      if (sources.sleeps(node)) ticking = true;
    } else if (node.kind === "channel") {
      if (node.form === "receive" && isClock(sources.typeOf(node.path))) ticking = true;
    } else if (node.kind === "branch") {
      // In a `select`: an `if` that sleeps waits only now and then.
      if (node.exhaustive && node.test === undefined && node.arms.some((arm) => ticks(arm, sources))) return true;
      if (succeeds(node)) return false;
    } else if (node.kind === "exit") {
      return false;
    } else if (node.kind === "try" || node.kind === "scope") {
      const inner = node.kind === "try" ? [...node.body, ...node.finally] : node.body;
      if (inner.some(leavesLoop)) return false;
      if (ticks(inner, sources)) ticking = true;
    }
  }
  return ticking;
}

/** An arm that leaves for another reason than being told to, or a failure. */
function succeeds({ arms, test }: BranchFlow): boolean {
  if (test === undefined) return false;
  const isFailure = /err|exc/i.test(test) && !/err\w* ===? (?:nil|null|undefined)|^!err/i.test(test);
  if (isFailure || /stop|clos|shut|done|quit|exit|cancel|ctx|running|alive/i.test(test)) return false;
  return arms.some((arm) => arm.some(leavesLoop));
}

function leavesLoop(node: Flow): boolean {
  if (typeof node === "number") return false;
  if (node.kind === "exit") return node.form === "return" || node.form === "break";
  if (node.kind === "branch") return succeeds(node);
  if (node.kind === "loop") return false;
  return node.kind !== "spawn" && node.kind !== "defer" && flowsInside(node).some((inner) => inner.some(leavesLoop));
}

function isChannel(type: Type | undefined): boolean {
  return type?.kind === "external" && type.module === "builtin" && type.symbol === "channel";
}

/** A channel of points in time is a clock: `time.Ticker.C`, `time.After`. */
function isClock(type: Type | undefined): boolean {
  if (!isChannel(type) || type?.kind !== "external") return false;
  const [element] = type.arguments;
  return element?.kind === "external" && element.module === "time" && element.symbol === "Time";
}

/** What the innermost loop around each call goes over. */
export function loopsAround(
  flow: readonly Flow[],
  over?: string,
  found = new Map<number, string>(),
): Map<number, string> {
  for (const node of flow) {
    if (typeof node === "number") {
      if (over !== undefined) found.set(node, over);
      continue;
    }
    const inner = node.kind === "loop" && node.form === "each" ? node.over : over;
    for (const inside of flowsInside(node)) loopsAround(inside, inner, found);
  }
  return found;
}
