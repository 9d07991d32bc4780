import type { FileFacts, FunctionFacts } from "../../model/facts";
import type { FileSummary } from "../../model/fileSummary";
import type { GuardedField } from "../../model/graph/guards";
import { walkSteps } from "../../model/walkSteps";

const detectorId = "inconsistent-guard";

const concurrent =
  /(?:^|\.)(?:Concurrent\w+|CopyOnWrite\w+|\w*Blocking(?:Queue|Deque)|Vector|Hashtable)$|\bsynchronized\w+$/;

/** The fields that a Java constructor gives a collection which takes care of itself, by name. */
export function concurrentFields(fn: FunctionFacts, { language }: FileFacts): string[] | undefined {
  if (language !== "java" || fn.form !== "constructor") return undefined;
  const names: string[] = [];
  walkSteps(fn.steps, (step) => {
    if (step.kind !== "write" || step.value.kind !== "call" || !concurrent.test(step.value.callee)) return;
    const name = /^(?:this\.)?(\w+)$/.exec(step.path)?.[1];
    if (name) names.push(name);
  });
  return names.length > 0 ? names : undefined;
}

/** Whether a constructor of its type gives a field a collection that takes care of itself. */
export function isMadeConcurrent({ functions }: FileSummary, { field }: GuardedField): boolean {
  const [owner, name] = field.split(".").slice(-2);
  return functions.some(
    (fn) =>
      fn.typeName?.split(".").at(-1) === owner &&
      (fn.observations[detectorId] as readonly string[] | undefined)?.includes(name ?? ""),
  );
}
