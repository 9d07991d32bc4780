import type { FunctionFacts, Step } from "../../../model/facts";
import { valuesOf, valuesWithin, walkSteps } from "../../../model/walkSteps";

/** The types of which a function makes objects, by their names; with `*` in front where it makes them in a loop. */
export function typesMade({ steps }: FunctionFacts): readonly string[] | undefined {
  const made = new Set<string>();
  walkSteps(steps, (step, { loops }) => {
    for (const name of madeIn(step)) made.add(loops.length > 0 ? `*${name}` : name);
  });
  return made.size > 0 ? [...made].sort() : undefined;
}

function madeIn(step: Step): string[] {
  if (step.kind === "call" && step.constructs) return [lastName(step.callee)];
  return valuesOf(step).flatMap((root) =>
    [...valuesWithin(root)].flatMap((value) =>
      value.kind === "composite" && value.form === "object" && value.typeName !== undefined
        ? lastName(value.typeName)
        : [],
    ),
  );
}

function lastName(type: string): string {
  return /^([^<[(]*[.*&])?([\w$]+)/.exec(type)?.[2] ?? type;
}
