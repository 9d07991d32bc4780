import type { Step, Value } from "./facts";

/** Where in its function a step stands. */
export interface StepContext {
  /** Loops around the step, the innermost last. */
  loops: readonly Extract<Step, { kind: "loop" }>[];
  inDefer: boolean;
  /** Inside a switch that is inside the innermost loop: there, outside Python, `break` leaves the switch. */
  inSwitch: boolean;
}

/** Visits every step of a function in evaluation order. Steps inside nested functions are not included. */
export function walkSteps(steps: readonly Step[], visit: (step: Step, context: StepContext) => void): void {
  walk(steps, visit, { loops: [], inDefer: false, inSwitch: false });
}

function walk(steps: readonly Step[], visit: (step: Step, context: StepContext) => void, context: StepContext): void {
  for (const step of steps) {
    visit(step, context);
    for (const inner of stepsInside(step)) walk(inner, visit, contextInside(step, context));
  }
}

function contextInside(step: Step, context: StepContext): StepContext {
  if (step.kind === "loop") return { ...context, loops: [...context.loops, step], inSwitch: false };
  if (step.kind === "branch" && (step.form === "switch" || step.form === "select"))
    return { ...context, inSwitch: true };
  if (step.kind === "defer") return { ...context, inDefer: true };
  return context;
}

/** The step lists directly inside a step. */
export function stepsInside(step: Step): readonly Step[][] {
  switch (step.kind) {
    case "branch":
      return step.arms.map((arm) => arm.steps);
    case "loop":
      return [step.header, step.body];
    case "try":
      return [step.body, ...step.catches.map((arm) => arm.steps), step.finally];
    case "scope":
      return [step.body];
    case "spawn":
    case "defer":
      return [step.steps];
    default:
      return [];
  }
}

/** The values a step itself uses. A call's arguments belong to the call step, not to steps that use its result. */
export function valuesOf(step: Step): readonly Value[] {
  switch (step.kind) {
    case "call":
      return step.arguments;
    case "assign":
      return [step.value];
    case "write":
      return [...step.keys, step.value];
    case "branch":
      return [...(step.condition ? [step.condition] : []), ...step.arms.flatMap((arm) => arm.labels)];
    case "loop":
      return [...(step.over ? [step.over] : []), ...(step.condition ? [step.condition] : [])];
    case "scope":
      return [step.resource];
    case "return":
      return step.values;
    case "throw":
    case "yield":
      return step.value ? [step.value] : [];
    default:
      return [];
  }
}

/** The values directly inside a value. A call's arguments are left to its call step. */
export function valuesInside(value: Value): readonly Value[] {
  switch (value.kind) {
    case "path":
      return value.keys ?? [];
    case "operation":
      return value.operands;
    case "composite":
      return value.keys ? [...value.keys, ...value.parts] : value.parts;
    case "conditional":
      return [value.condition, value.then, value.else];
    case "other":
      return value.parts;
    default:
      return [];
  }
}

export function* valuesWithin(value: Value): Generator<Value> {
  // Not by recursion: what is yielded deep inside would pass through every value around it.
  const waiting = [value];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    yield next;
    const inside = valuesInside(next);
    for (let i = inside.length - 1; i >= 0; i--) waiting.push(inside[i] as Value);
  }
}
