import type { AssignStep, CallStep, FunctionFacts, LoopStep, Step, Value } from "../../model/facts";
import { valuesWithin, walkSteps } from "../../model/walkSteps";

/** Where what loops go over comes from, and what a function gives to those of others, as offsets from its start. */
export interface SourceNotes {
  /** Loops over what a call gives, by itself or through a local: where the loop starts, where the call does. */
  givenBy?: readonly (readonly [loop: number, call: number])[];
  /** What the function gives back: pieces of many elements each, or a list that is written out. */
  gives?: "pieces" | "few";
  /** Where queries are told how many to give at most. */
  limits?: readonly number[];
}

export function sourceNotes({ steps, start }: FunctionFacts): SourceNotes {
  const calls = new Map<string, number>();
  const givenBy: [number, number][] = [];
  const limits: number[] = [];
  let last: CallStep | undefined;
  walkSteps(steps, (step) => {
    if (step.kind === "call") {
      last = step;
      if (setsLimit(step)) limits.push(step.start - start);
    } else if (step.kind === "assign" && step.declares) {
      const call = callGiving(step, last);
      if (call !== undefined) calls.set(step.target, call);
    } else if (step.kind === "loop" && step.over !== undefined) {
      const { over } = step;
      const call = over.kind === "call" ? over.start : over.kind === "path" ? calls.get(over.path) : undefined;
      if (call !== undefined) givenBy.push([step.start - start, call - start]);
    }
  });
  const gives = givesPieces(steps) ? "pieces" : givesFew(steps) ? "few" : undefined;
  return {
    ...(givenBy.length > 0 && { givenBy }),
    ...(gives !== undefined && { gives }),
    ...(limits.length > 0 && { limits }),
  };
}

/** The call whose result, or the part of it that is not an error, a local is. */
function callGiving({ value, origin }: AssignStep, last: CallStep | undefined): number | undefined {
  if (value.kind === "call") return value.start;
  return origin !== undefined && last && origin.startsWith(`${last.callee}()`) ? last.start : undefined;
}

/** `.Limit(size)`, or SQL with a limit of more than one row. */
function setsLimit({ callee, arguments: given }: CallStep): boolean {
  if (/(?:^|\.)(?:limit|setMaxResults)$/i.test(callee)) return !(given[0]?.kind === "literal" && given[0].text === "1");
  const texts = given.flatMap((argument) => [...valuesWithin(argument)]);
  return texts.some((text) => text.kind === "literal" && text.type === "string" && limitInSql.test(text.text));
}

const limitInSql = /\bselect\b[\s\S]*\blimit\s+(?!1\b)/i;

/** Whether it yields, or puts together, slices of what it is given: `yield ids[i : i + size]`. */
function givesPieces(steps: readonly Step[]): boolean {
  let found = false;
  let takesPieces = false;
  walkSteps(steps, (step, { loops }) => {
    if (step.kind === "call") takesPieces ||= /(?:^|\.)islice$/.test(step.callee);
    if (step.kind === "yield") found ||= takesPieces || (loops.length > 0 && isPiece(step.value));
    // Made in a loop that goes by steps, or from a part of a comprehension.
    if (step.kind === "return" && loops.length === 0)
      found ||= step.values.some((value) => value.kind === "composite" && value.parts.some(isPiece));
  });
  return found;
}

/** `ids[i : i + size]`, `ids.slice(i, i + size)`, `ids.subList(i, end)`. */
function isPiece(value: Value | undefined): boolean {
  if (value?.kind === "operation") return value.operator.includes(":");
  return value?.kind === "call" && value.arguments.length > 1 && /\.(?:slice|subList)$/.test(value.callee);
}

/** A list with no more elements than this is short. */
const fewWritten = 10;

/** Whether all that it returns are lists written out. */
function givesFew(steps: readonly Step[]): boolean {
  const comprehensions = new Set<number>();
  const given: Value[] = [];
  let yields = false;
  walkSteps(steps, (step) => {
    if (isComprehension(step)) comprehensions.add(step.start);
    if (step.kind === "yield") yields = true;
    const [value] = step.kind === "return" ? step.values : [];
    if (value !== undefined) given.push(value);
  });
  const isShort = (value: Value) =>
    value.kind === "composite" &&
    /^(?:list|set|tuple)$/.test(value.form) &&
    value.parts.length <= fewWritten &&
    !comprehensions.has(value.start) &&
    !value.parts.some(
      (part) => part.kind === "operation" && /^[*.]+$/.test(part.operator) && part.operands.length === 1,
    );
  return !yields && given.some((value) => value.kind === "composite" && value.parts.length > 0) && given.every(isShort);
}

function isComprehension(step: Step): step is LoopStep {
  return step.kind === "loop" && step.form === "comprehension";
}
