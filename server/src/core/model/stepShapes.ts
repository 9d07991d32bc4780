import { rootOf } from "./accessPath";
import type { AccessPath, LanguageId, Step, Value } from "./facts";
import type { Flow } from "./fileSummary";
import { stepsInside, valuesWithin, walkSteps } from "./walkSteps";

/** Whether a step takes or gives back what may be a lock: what it is is known once it is linked. */
export function touchesLock(step: Step): boolean {
  if (step.kind === "call") return /(?:lock|acquire|release|exclusive|enter|leave)\w*$/i.test(step.callee);
  if (step.kind === "scope" && step.form !== "resource") return true;
  return stepsInside(step).some((steps) => steps.some(touchesLock));
}

export function assignFlow({ target, operator, value }: Extract<Step, { kind: "assign" }>): Flow {
  if (operator === "=" && value.kind === "path") return { kind: "assign", target, from: value.path };
  if (operator === "=" && value.kind === "call") return { kind: "assign", target, from: `${value.callee}()` };
  if (operator !== "=" || value.kind !== "literal" || value.type !== "boolean") return { kind: "assign", target };
  return { kind: "assign", target, value: /^true$/i.test(value.text) };
}

export const noNames: ReadonlySet<string> = new Set();

/** The names that calls, blocks and conditions start with: what they mean is another thing after an assignment. */
export function namesGoneBy(steps: readonly Step[]): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (path: AccessPath) => {
    const root = rootOf(path);
    if (!root.startsWith("<")) names.add(root);
  };
  walkSteps(steps, (step) => {
    if (step.kind === "call" && step.callee.includes(".")) add(step.callee);
    if (step.kind === "scope" && step.resource.kind === "path") add(step.resource.path);
    if ((step.kind !== "branch" && step.kind !== "loop") || !step.condition) return;
    for (const value of valuesWithin(step.condition)) {
      if (value.kind === "path") add(value.path);
      if (value.kind === "call") for (const given of value.arguments) if (given.kind === "path") add(given.path);
    }
  });
  return names;
}

const maxTestLength = 80;

/** A value as it might be written, cut. */
export function inShort(value: Value): string {
  const text = inFull(value, 4);
  return text.length > maxTestLength ? `${text.slice(0, maxTestLength - 1)}…` : text;
}

function inFull(value: Value, depth: number): string {
  if (depth === 0) return "…";
  switch (value.kind) {
    case "path":
      return value.path;
    case "literal":
      return value.type === "string" ? JSON.stringify(value.text) : value.text;
    case "call":
      return `${value.callee}(${value.arguments.map((argument) => inFull(argument, depth - 1)).join(", ")})`;
    case "operation": {
      const [first = "…", ...others] = value.operands.map((operand) => inFull(operand, depth - 1));
      if (others.length > 0) return [first, ...others].join(` ${value.operator} `);
      const isWhole = value.operands[0]?.kind !== "operation" || value.operands[0].operands.length < 2;
      return isWhole ? `${value.operator}${first}` : `${value.operator}(${first})`;
    }
    default:
      return "…";
  }
}

/** How long a call waits, or how often something runs, where that is calculated: `60 * 1000`. */
export function intervalOf({ callee, arguments: given }: Extract<Step, { kind: "call" }>): string | undefined {
  if (!/(?:tick|timer|timeout|interval|sleep|after|schedul|delay|every)\w*(?:\.__promisify__)?$/i.test(callee))
    return undefined;
  const length = given.find(({ kind }) => kind === "operation");
  return length && inShort(length);
}

/** How often a loop runs at most, where that is written. */
export function boundOf({ over, condition }: Extract<Step, { kind: "loop" }>): number | undefined {
  if (over?.kind === "composite") return over.parts.length;
  const limit =
    over?.kind === "call" && /^(?:range|xrange)$/.test(over.callee)
      ? over.arguments[over.arguments.length > 1 ? 1 : 0]
      : over?.kind === "literal"
        ? over
        : condition?.kind === "operation" && /^<=?$/.test(condition.operator)
          ? condition.operands[1]
          : undefined;
  const count = limit?.kind === "literal" && limit.type === "number" ? Number(limit.text) : Number.NaN;
  return Number.isFinite(count) ? count : undefined;
}

/** Whether a local is given an object that nobody else knows. */
export function makesObject({ value, type }: Extract<Step, { kind: "assign" }>, language: LanguageId): boolean {
  const isGo = language === "go";
  if (value.kind === "composite" || isCopy(value)) return true;
  if (value.kind === "call") return language === "java" ? isJavaClass(value.callee) : isGo && value.callee === "new";
  // Go's `var x T` is a value of its own.
  return isGo && type !== undefined && value.kind === "other" && !/^(?:\*|map\b|\[\]|chan\b)/.test(type);
}

/** `new Tide(moon)`: methods begin with a small letter. */
function isJavaClass(callee: AccessPath): boolean {
  return /^(?:[\w$]+\.)*[A-Z][\w$]*$/.test(callee);
}

export function isCopy(value: Value): boolean {
  return value.kind === "path" && value.dereferenced === true;
}

/** What others may look at and not change through it is still the collection itself: `Collections.unmodifiableMap(open)`. */
export function shownBy(value: Value): Value {
  const [given] = value.kind === "call" ? value.arguments : [];
  const isView =
    value.kind === "call" && /(?:^|\.)(?:Collections\.unmodifiable\w+|MappingProxyType)$/.test(value.callee);
  return isView && given ? given : value;
}

export function isContextManager(decorator: string): boolean {
  return /^(contextlib\.)?(async)?contextmanager$/.test(decorator);
}

export function leaves(step: Step): boolean {
  return step.kind === "return" || step.kind === "throw" || stepsInside(step).some((steps) => steps.some(leaves));
}

/** The calls of a block that are no part of anything else: what uses a result comes later and begins no later. */
export function callsAlone(steps: readonly Step[]): ReadonlySet<Step> {
  const alone = new Set<Step>();
  let first = Number.POSITIVE_INFINITY;
  for (let i = steps.length - 1; i >= 0; i--) {
    const step = steps[i] as Step;
    if (step.kind === "call" && step.start < first) alone.add(step);
    first = Math.min(first, step.start);
  }
  return alone;
}

/** The steps in front of a branch or loop that are part of it, so that what they declare is gone behind it. */
export function headersOf(steps: readonly Step[]): ReadonlySet<Step> | undefined {
  let headers: Set<Step> | undefined;
  let start = Number.POSITIVE_INFINITY;
  for (let i = steps.length - 1; i >= 0; i--) {
    const step = steps[i] as Step;
    if (step.start >= start) {
      headers ??= new Set();
      headers.add(step);
    } else start = step.kind === "branch" || step.kind === "loop" ? step.start : Number.POSITIVE_INFINITY;
  }
  return headers;
}
