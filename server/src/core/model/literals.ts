import type { FunctionFacts, LiteralValue, Step, Value } from "./facts";
import { valuesInside, valuesOf, walkSteps } from "./walkSteps";

export type LiteralRole =
  | "decision"
  | "arithmetic"
  | "argument"
  | "default"
  | "key"
  | "case"
  | "result"
  | "assigned"
  | "element"
  | "message";

export interface LiteralUse {
  literal: LiteralValue;
  role: LiteralRole;
  /** What the literal is compared, combined or bound with, in the source's words. */
  beside: string | undefined;
}

export const comparisonOperators = new Set([
  "==",
  "!=",
  "===",
  "!==",
  "<",
  "<=",
  ">",
  ">=",
  "in",
  "not in",
  "is",
  "is not",
  "<>",
]);
export const arithmeticOperators = new Set([
  "+",
  "-",
  "*",
  "/",
  "//",
  "%",
  "**",
  "<<",
  ">>",
  ">>>",
  "&",
  "|",
  "^",
  "&^",
  "@",
]);
const fallbackOperators = new Set(["||", "??"]);

/** Every literal of a function with the part it plays. */
export function literalsOf(facts: FunctionFacts): LiteralUse[] {
  const uses: LiteralUse[] = [];
  walkSteps(facts.steps, (step) => {
    const role = roleInStep(step);
    const beside = besideStep(step);
    const labels = step.kind === "branch" ? new Set(step.arms.flatMap((arm) => arm.labels)) : undefined;
    for (const value of valuesOf(step)) visit(value, labels?.has(value) ? "case" : role, beside, uses);
  });
  return uses;
}

function roleInStep(step: Step): LiteralRole {
  switch (step.kind) {
    case "branch":
    case "loop":
      return "decision";
    case "call":
      return "argument";
    case "return":
    case "yield":
      return "result";
    case "assign":
    case "write":
      return arithmeticOperators.has(step.operator)
        ? "arithmetic"
        : fallbackOperators.has(step.operator)
          ? "default"
          : "assigned";
    default:
      return "message";
  }
}

function besideStep(step: Step): string | undefined {
  if (step.kind === "call") return step.callee;
  if (step.kind === "assign") return step.target;
  if (step.kind === "write") return step.path;
  return undefined;
}

function visit(value: Value, role: LiteralRole, beside: string | undefined, uses: LiteralUse[]): void {
  if (value.kind === "literal") {
    uses.push({ literal: value, role, beside });
    return;
  }
  if (value.kind === "operation") {
    const isComparison = comparisonOperators.has(value.operator);
    const isArithmetic = arithmeticOperators.has(value.operator);
    value.operands.forEach((operand, i) => {
      const isFallback =
        fallbackOperators.has(value.operator) && i === value.operands.length - 1 && role !== "decision";
      const inner = isComparison ? "decision" : isArithmetic ? "arithmetic" : isFallback ? "default" : role;
      const other = value.operands[i === 0 ? 1 : 0];
      visit(operand, inner, besideOperand(other) ?? (isComparison || isArithmetic ? undefined : beside), uses);
    });
    return;
  }
  if (value.kind === "path") {
    for (const key of value.keys ?? []) visit(key, "key", value.path, uses);
    return;
  }
  if (value.kind === "composite") {
    value.parts.forEach((part, i) => {
      const key = value.keys?.[i];
      visit(part, "element", key?.kind === "path" ? key.path : key?.kind === "literal" ? key.text : beside, uses);
    });
    return;
  }
  if (value.kind === "conditional") {
    visit(value.condition, "decision", beside, uses);
    visit(value.then, role, beside, uses);
    visit(value.else, role, beside, uses);
    return;
  }
  for (const inner of valuesInside(value)) visit(inner, role, beside, uses);
}

function besideOperand(value: Value | undefined): string | undefined {
  if (value?.kind === "path") return value.path;
  return value?.kind === "call" ? `${value.callee}()` : undefined;
}
