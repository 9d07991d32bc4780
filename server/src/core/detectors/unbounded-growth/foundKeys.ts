import type { Step, Value } from "../../model/facts";
import type { FunctionSummary } from "../../model/fileSummary";
import { stepsInside } from "../../model/walkSteps";
import type { LinkedFunction, WorkspaceModel } from "../../model/workspaceModel";

/** A step that is only reached where the answer of a call says that there is something: what the call was handed. */
export interface Found {
  /** Where the call starts. */
  call: number;
  names: readonly string[];
}

/** Of each step by its start, the calls that have to find something before: `if (!order) return`, `if (order) { … }`. */
export function foundBefore(steps: readonly Step[]): ReadonlyMap<number, readonly Found[]> {
  const answers = new Map<string, Found>();
  const last = new Map<string, Found>();
  const before = new Map<number, readonly Found[]>();
  const visit = (inside: readonly Step[], around: readonly Found[]): void => {
    let found = around;
    for (const step of inside) {
      if (found.length > 0) before.set(step.start, found);
      if (step.kind === "call") last.set(step.callee, { call: step.start, names: step.arguments.flatMap(pathsIn) });
      if (step.kind === "assign") {
        // `row, err := find(name)` is two steps, each with a part of what the call gives.
        const [, of] = /^(.+)\(\)#\d+$/.exec(step.origin ?? "") ?? [];
        const answer = last.get(step.value.kind === "call" ? step.value.callee : (of ?? ""));
        if (answer) answers.set(step.target, answer);
        else answers.delete(step.target);
      }
      const asked = step.kind === "branch" && step.form === "if" ? askedFor(step.condition) : undefined;
      const answer = asked && answers.get(asked.name);
      const [first, ...others] = stepsInside(step);
      if (first) visit(first, answer && !asked.isMissing ? [...found, answer] : found);
      for (const other of others) visit(other, answer && asked.isMissing ? [...found, answer] : found);
      if (answer && asked.isMissing && /^(?:return|throw)$/.test(first?.at(-1)?.kind ?? "")) found = [...found, answer];
    }
  };
  visit(steps, []);
  return before;
}

/** The paths that a call is handed; the names of the parts of an object are none: `{ mark: owner }`. */
function pathsIn(value: Value): string[] {
  if (value.kind === "path") return [value.path];
  return value.kind === "composite" ? value.parts.flatMap(pathsIn) : [];
}

/** The local of which a condition asks whether it is there: `!order`, `order is None`, `err != nil`, `order`, `saved.changes === 1`. */
function askedFor(condition: Value | undefined): { name: string; isMissing: boolean } | undefined {
  if (condition?.kind === "path") return { name: condition.path, isMissing: false };
  if (condition?.kind !== "operation") return undefined;
  const [first, second] = condition.operands;
  if (first?.kind !== "path") return undefined;
  if (/^(?:!|not)$/.test(condition.operator)) return { name: first.path, isMissing: true };
  const isSame = /^(?:===?|is)$/.test(condition.operator);
  if (second?.kind === "path" && second.path === "undefined") return { name: first.path, isMissing: isSame };
  if (second?.kind !== "literal") return undefined;
  if (second.type === "null") return { name: first.path, isMissing: isSame !== /^err$|Err$/.test(first.path) };
  return isSame ? { name: first.path.replace(/\..*$/s, ""), isMissing: false } : undefined;
}

/** What looks something up, by its name: that it gives nothing means that there is none. */
const looksUp =
  /(?:^|[._])(?:get|Get|find|Find|load|Load|look_?[uU]p|Look[uU]p|query|Query|select|Select|read|Read)(?![a-z])\w*$/;

/** Whether a call asks a database, or looks something up that the program itself has, for all that is seen. */
export function looksUpHere(
  model: WorkspaceModel,
  linked: LinkedFunction,
  { calls }: FunctionSummary,
  start: number,
): boolean {
  const call = calls.findIndex((site) => site.start === start);
  const { entry, functions = [] } = linked.links.calls[call] ?? {};
  const kinds = functions.map((id) => model.functions.get(id)?.effects.effects.map(({ kind }) => kind) ?? []);
  const isLookup = looksUp.test(calls[call]?.callee ?? "") && kinds.length > 0;
  return (
    entry?.role === "database" ||
    kinds.some((found) => found.includes("database")) ||
    (isLookup && !kinds.some((found) => found.includes("network")))
  );
}
