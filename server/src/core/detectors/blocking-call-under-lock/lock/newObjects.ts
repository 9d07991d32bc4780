import { rootOf } from "../../../model/accessPath";
import type { FileFacts, FunctionFacts, Step, Value } from "../../../model/facts";
import { type Flow, flowsInside } from "../../../model/fileSummary";
import { graphFunction } from "../../../model/graph/graphFunction";
import { type Holding, isOfObjectMadeHere } from "../../../model/graph/heldLocks";
import { stepsInside, valuesOf, valuesWithin, walkSteps } from "../../../model/walkSteps";
import { functionAt, type WorkspaceModel } from "../../../model/workspaceModel";
import type { Site } from "../blockedOperations";
import { notedOf } from "../noted";

const takesLock = /^(\w+)(?:\.\w+)?\.R?Lock$/;

/** The locals that a function makes and locks, and where each is first handed to somebody else; -1 for never. */
export function givenAway(fn: FunctionFacts, file: FileFacts): Record<string, number> | undefined {
  const made = new Set<string>();
  const locked = new Set<string>();
  walkSteps(fn.steps, (step) => {
    if (step.kind === "assign" && step.declares && makesObject(step.value)) made.add(step.target);
    const name = step.kind === "call" && takesLock.exec(step.callee)?.[1];
    if (name) locked.add(name);
  });
  const names = [...made].filter((name) => locked.has(name));
  if (names.length === 0) return undefined;
  return Object.fromEntries(names.map((name) => [name, firstGiving(fn, file, name)]));
}

function makesObject(value: Value): boolean {
  return (value.kind === "composite" && value.form === "object") || (value.kind === "call" && value.callee === "new");
}

function firstGiving(fn: FunctionFacts, file: FileFacts, name: string): number {
  let first = -1;
  walkSteps(fn.steps, (step) => {
    if (first < 0 && gives(step, name, file)) first = step.start;
  });
  return first;
}

/** Whether what goes by a name is stored, handed over, sent, or run by somebody else. */
function gives(step: Step, name: string, file: FileFacts): boolean {
  if (step.kind === "return") return false;
  if (step.kind === "channel") return step.form === "send";
  if (step.kind === "spawn") return mentions(step.steps, name);
  if (step.kind === "lambda") return mentions(file.functions[step.function]?.steps ?? [], name);
  return valuesOf(step).some((value) => isWhole(value, name));
}

function isWhole(value: Value, name: string): boolean {
  return [...valuesWithin(value)].some((inner) => inner.kind === "path" && inner.path === name && !inner.dereferenced);
}

function mentions(steps: readonly Step[], name: string): boolean {
  return steps.some((step) => {
    const paths = step.kind === "call" ? [step.callee] : "path" in step ? [step.path] : [];
    if (paths.some((path) => rootOf(path) === name)) return true;
    const values = valuesOf(step).flatMap((value) => [...valuesWithin(value)]);
    if (values.some((value) => value.kind === "path" && rootOf(value.path) === name)) return true;
    return stepsInside(step).some((inner) => mentions(inner, name));
  });
}

const prints = /^fmt\.|\.(?:Print|Debug|Info|Notice|Warn|Error|Fatal|Trace|Log)\w*$/;

/** Whether a method stores what it is called on, hands it over, or runs something of it on its own. */
export function keepsReceiver({ receiver, steps }: FunctionFacts): boolean {
  const name = receiver?.name;
  if (!name) return false;
  let keeps = false;
  walkSteps(steps, (step) => {
    if (step.kind === "spawn") keeps ||= mentions(step.steps, name);
    else if (step.kind === "write" || (step.kind === "call" && !prints.test(step.callee)))
      keeps ||= valuesOf(step).some((value) => isWhole(value, name));
  });
  return keeps;
}

/** Whether a lock belongs to an object that was made by who holds it, and that nobody else knows at a place. */
export function isKnownToNobody(model: WorkspaceModel, taker: Site, lock: Holding, at: number): boolean {
  const name = /^=(\w+)/.exec(lock.instance ?? "")?.[1];
  const given = name === undefined ? undefined : notedOf(taker.fn)?.givenAway?.[name];
  if (given === undefined || (given >= 0 && given < at)) return false;
  if (!isOfObjectMadeHere(graphFunction(model, taker.linked), lock.call, lock)) return false;
  const isCalledOn = new RegExp(`^${name}\\.\\w+$`);
  return callsOnTheWay(taker.fn.flow, at).every((call) => {
    const { callee = "", start = 0 } = taker.fn.calls[call] ?? {};
    if (start >= at || !isCalledOn.test(callee)) return true;
    return (taker.linked.links.calls[call]?.functions ?? []).every((id) => {
      const linked = model.functions.get(id);
      const fn = linked && functionAt(model, linked)?.fn;
      return fn !== undefined && !notedOf(fn)?.keepsReceiver;
    });
  });
}

/** Every call but those in branches that leave before a place. */
function callsOnTheWay(flow: readonly Flow[], at: number): number[] {
  return flow.flatMap((node) => {
    if (typeof node === "number") return [node];
    const inside = node.kind === "branch" ? node.arms.filter((arm) => !leavesBefore(arm, at)) : flowsInside(node);
    return inside.flatMap((inner) => callsOnTheWay(inner, at));
  });
}

function leavesBefore(arm: readonly Flow[], at: number): boolean {
  const last = arm.at(-1);
  return last !== undefined && typeof last !== "number" && last.kind === "exit" && last.start < at;
}
