import type { FileFacts, FunctionFacts, Step, Value } from "../../server/src/core/model/facts";

/** The steps of a function as indented lines, to be compared with what a test expects. */
export function printSteps(facts: FileFacts, symbol: string): string[] {
  return print(functionNamed(facts, symbol).steps, "");
}

export function functionNamed(facts: FileFacts, symbol: string): FunctionFacts {
  const found = facts.functions.find((fn) => fn.symbol === symbol);
  if (!found) throw new Error(`no ${symbol} among ${facts.functions.map((fn) => fn.symbol).join(", ")}`);
  return found;
}

function print(steps: readonly Step[], indent: string): string[] {
  return steps.flatMap((step) => printStep(step, indent));
}

function printStep(step: Step, indent: string): string[] {
  const inner = `${indent}  `;
  const line = (text: string) => indent + text;
  switch (step.kind) {
    case "call":
      return [line(`${step.constructs ? "new" : "call"} ${step.callee}(${printValues(step.arguments)})`)];
    case "read":
      return [line(`read ${step.path}`)];
    case "assign":
      return [line(`${step.declares ? "let" : "set"} ${step.target} ${step.operator} ${printValue(step.value)}`)];
    case "write":
      return [line(`write ${step.path}${keysOf(step.keys)} ${step.operator} ${printValue(step.value)}`)];
    case "branch":
      return [
        line(`${step.form} ${printOptional(step.condition)}`),
        ...step.arms.flatMap((arm) => [
          line(`- ${[printValues(arm.labels), arm.isDefault ? "default" : ""].join(" ").trim()}`.trimEnd()),
          ...print(arm.steps, inner),
        ]),
      ];
    case "loop":
      return [
        line(`${step.form} ${step.variables.map(({ name }) => name).join(",")} over ${printOptional(step.over)}`),
        ...print(step.header, `${inner}? `),
        line(`- while ${printOptional(step.condition)}`),
        ...print(step.body, inner),
      ];
    case "try":
      return [
        line("try"),
        ...print(step.body, inner),
        ...step.catches.flatMap((arm) => [
          line(`catch ${arm.types.join("|")} ${arm.variable ?? "_"}`),
          ...print(arm.steps, inner),
        ]),
        ...(step.finally.length > 0 ? [line("finally"), ...print(step.finally, inner)] : []),
      ];
    case "scope":
      return [
        line(`${step.form} ${printValue(step.resource)} as ${step.variable?.name ?? "_"}`),
        ...print(step.body, inner),
      ];
    case "return":
      return [line(`return ${printValues(step.values)}`.trimEnd())];
    case "throw":
    case "yield":
      return [line(`${step.kind} ${printOptional(step.value)}`)];
    case "spawn":
    case "defer":
      return [line(step.kind), ...print(step.steps, inner)];
    case "lambda":
      return [line(`lambda #${step.function}`)];
    case "channel":
      return [line(`${step.form} ${step.path}`)];
    case "jump":
      return [line(`${step.form} ${step.label ?? ""}`.trimEnd())];
  }
}

function printOptional(value: Value | undefined): string {
  return value ? printValue(value) : "_";
}

function printValues(values: readonly Value[]): string {
  return values.map(printValue).join(", ");
}

function keysOf(keys: readonly Value[] | undefined): string {
  return keys && keys.length > 0 ? `{${printValues(keys)}}` : "";
}

function printValue(value: Value): string {
  switch (value.kind) {
    case "path":
      return value.path + keysOf(value.keys);
    case "literal":
      return value.type === "string" ? JSON.stringify(value.text) : value.text;
    case "call":
      return `${value.callee}(${printValues(value.arguments)})`;
    case "operation":
      return `(${[value.operator, ...value.operands.map(printValue)].join(" ")})`;
    case "composite":
      return `${value.form}:${value.typeName ?? ""}${keysOf(value.keys)}[${printValues(value.parts)}]`;
    case "conditional":
      return `(${printValue(value.condition)} ? ${printValue(value.then)} : ${printValue(value.else)})`;
    case "lambda":
      return `#${value.function}`;
    case "other":
      return `?[${printValues(value.parts)}]`;
  }
}
