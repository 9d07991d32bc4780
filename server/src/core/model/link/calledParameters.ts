import { type CallSummary, type Flow, type FunctionSummary, flowsInside } from "../fileSummary";
import type { FunctionLinks, LockOperation } from "./links";

/**
 * The calls of a function that call one of its parameters, or each element of one: `for _, f := range fs { f() }`.
 *
 * @param hasFunctionalTypes methods are all there is: a function is an object with one
 * @returns positions of parameters by index of the call
 */
export function calledParameters(
  { calls, flow, parameters }: Pick<FunctionSummary, "calls" | "flow" | "parameters">,
  hasFunctionalTypes: boolean,
): ReadonlyMap<number, number> {
  if (parameters.length === 0) return none;
  const positions = new Map(parameters.map(({ name }, i) => [name, i]));
  const found = new Map<number, number>();
  calls.forEach((call, i) => {
    const name = /^[\w$]+/.exec(call.callee)?.[0] ?? "";
    const position = positions.get(name);
    if (position !== undefined && (call.callee === name || (hasFunctionalTypes && callsFunctional(call.callee, name))))
      found.set(i, position);
  });
  addElements(flow, undefined, { calls, positions, hasFunctionalTypes }, found);
  return found.size === 0 ? none : found;
}

/**
 * The parameters of a function that a call runs, itself or in a function written there, while it holds a lock:
 * `this.mutex.runExclusive(task)`.
 */
export function runUnderLock(
  { calls }: Pick<FunctionSummary, "calls">,
  lockOperations: FunctionLinks["lockOperations"],
): ReadonlyMap<number, { parameter: number; lock: LockOperation }> {
  const found = new Map<number, { parameter: number; lock: LockOperation }>();
  for (const [call, lock] of lockOperations) {
    const handed = calls[call]?.handsOn?.find(({ argument }) => argument === lock.callback);
    if (handed) found.set(call, { parameter: handed.parameter, lock });
  }
  return found;
}

const none: ReadonlyMap<number, number> = new Map();

interface Looked {
  calls: readonly CallSummary[];
  positions: ReadonlyMap<string, number>;
  hasFunctionalTypes: boolean;
}

/** @param element what the loop around goes over, one after another, where that is a parameter */
function addElements(
  flow: readonly Flow[],
  element: { path: string; position: number } | undefined,
  looked: Looked,
  found: Map<number, number>,
): void {
  for (const node of flow) {
    if (typeof node === "number") {
      const { callee = "", origin = callee } = looked.calls[node] ?? {};
      const behind = element && origin.startsWith(element.path) ? origin.slice(element.path.length) : undefined;
      const isElement = /^(?:\[\]|\[each\])$/.test(behind ?? "");
      const isMethod = looked.hasFunctionalTypes && /^(?:\[\]|\[each\])\.\w+$/.test(behind ?? "");
      if (element && (isElement || isMethod)) found.set(node, element.position);
      continue;
    }
    const over = node.kind === "loop" ? node.over : undefined;
    const position = node.kind === "loop" ? looked.positions.get(node.written ?? node.over ?? "") : undefined;
    const inner = over !== undefined && position !== undefined ? { path: over, position } : element;
    for (const inside of flowsInside(node)) addElements(inside, inner, looked, found);
  }
}

/** Whether a callee is the one method of a functional interface. */
function callsFunctional(callee: string, parameter: string): boolean {
  const method = callee.startsWith(`${parameter}.`) ? callee.slice(parameter.length + 1) : "";
  return /^\w+$/.test(method) && !/^(andThen|compose|negate|and|or|equals|hashCode|toString|getClass)$/.test(method);
}
