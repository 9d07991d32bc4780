import type { FileFacts, Value } from "./facts";
import { walkSteps } from "./walkSteps";

/** Numbers and truth values that are written once and never given another value, by name: `const mode = 1`. */
export function constantsOf({ constants, functions, steps }: FileFacts): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { name, value = "", mutable } of constants) if (!mutable && isPlain.test(value)) found.set(name, value);
  if (found.size === 0) return found;
  const given = new Set<string>();
  walkSteps(steps, (step) => {
    const name = step.kind === "assign" ? step.target : step.kind === "write" ? step.path : "";
    if (given.has(name)) found.delete(name);
    given.add(name);
  });
  for (const fn of functions)
    walkSteps(fn.steps, (step) => {
      if (step.kind === "write") found.delete(step.path);
    });
  return found;
}

/**
 * How a condition comes out whatever happens: `if mode == 1` of a constant. Nothing where that is not written in the file.
 *
 * @param isLocal whether a name stands for something else here
 */
export function outcomeOf(
  condition: Value,
  constants: ReadonlyMap<string, string>,
  isLocal: (name: string) => boolean,
): boolean | undefined {
  if (condition.kind !== "operation") return flagOf(textOf(condition));
  const { operator, operands } = condition;
  const [first, second] = operands;
  if (operator === "!" && first) {
    const outcome = outcomeOf(first, constants, isLocal);
    return outcome === undefined ? undefined : !outcome;
  }
  if (!first || !second || !/^[!=]==?$/.test(operator)) return undefined;
  const [one, other] = [textOf(first), textOf(second)];
  const areKnown = one !== undefined && other !== undefined && isPlain.test(one) && isPlain.test(other);
  return areKnown ? (one === other) === operator.startsWith("=") : undefined;

  function textOf(value: Value): string | undefined {
    if (value.kind === "literal" && (value.type === "number" || value.type === "boolean")) return value.text;
    return value.kind === "path" && !isLocal(value.path) ? constants.get(value.path) : undefined;
  }
}

/** Numbers that are written in one way only, and truth values. */
const isPlain = /^(?:\d{1,9}|true|false|True|False)$/;

function flagOf(text: string | undefined): boolean | undefined {
  return text !== undefined && /^(?:true|false)$/i.test(text) ? /^t/i.test(text) : undefined;
}
