import type { FunctionFacts, Value } from "../../model/facts";
import type { FunctionSummary } from "../../model/fileSummary";
import { valuesWithin, walkSteps } from "../../model/walkSteps";

/** The locks, as written, that a function takes and puts into an object it makes: whoever gets that may give them back. */
export type KeptInObjects = readonly string[];

export const detectorId = "missing-unlock";

const takes = /^(.+)\.(?:R?Lock|lock|acquire)$/;

export function keptInObjects({ steps }: FunctionFacts): KeptInObjects | undefined {
  const taken = new Set<string>();
  const kept = new Set<string>();
  walkSteps(steps, (step) => {
    const lock = step.kind === "call" ? takes.exec(step.callee)?.[1] : undefined;
    if (lock !== undefined) taken.add(lock);
    const made = step.kind === "return" ? step.values : step.kind === "assign" ? [step.value] : [];
    for (const value of made) for (const path of pathsIn(value)) kept.add(path);
  });
  const both = [...taken].filter((lock) => kept.has(lock));
  return both.length > 0 ? both : undefined;
}

/** What becomes a part of a new object. */
function pathsIn(value: Value): string[] {
  return [...valuesWithin(value)].flatMap((inner) => {
    const isObject = inner.kind === "composite" && inner.form === "object";
    const parts = isObject
      ? inner.parts
      : inner.kind === "call" && isConstructor.test(inner.callee)
        ? inner.arguments
        : [];
    return parts.flatMap((part) => [...valuesWithin(part)].flatMap((one) => (one.kind === "path" ? one.path : [])));
  });
}

const isConstructor = /^(?:new )?(?:\w+\.)*[A-Z]\w*$/;

export function isKeptInObject(fn: FunctionSummary, taken: number): boolean {
  const lock = takes.exec(fn.calls[taken]?.callee ?? "")?.[1];
  const kept = fn.observations[detectorId] as KeptInObjects | undefined;
  return lock !== undefined && kept?.includes(lock) === true;
}
