import type { AssignStep, CallStep, FunctionFacts, Step, Value } from "../../model/facts";
import { valuesWithin, walkSteps } from "../../model/walkSteps";
import { givesFew } from "./writtenLists";

/** Where what loops go over comes from, and what a function gives to those of others, as offsets from its start. */
export interface SourceNotes {
  /** Loops over what a call gives, by itself or through a local: where the loop starts, where the call does. */
  givenBy?: readonly (readonly [loop: number, call: number])[];
  /** Loops over a local that is filled, or made, from a name: by their start, the name. */
  from?: readonly (readonly [start: number, name: string])[];
  /** What the function gives back: pieces of many elements each, or a list that is written out. */
  gives?: "pieces" | "few";
  /** Where queries are told how many to give at most. */
  limits?: readonly number[];
}

export function sourceNotes({ steps, start }: FunctionFacts): SourceNotes {
  const calls = new Map<string, number>();
  const givenBy: [number, number][] = [];
  const from: [number, string][] = [];
  const filledFrom = sourcesIn(steps);
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
      const source = filledFrom.get(rootOf(over) ?? "");
      if (source !== undefined) from.push([step.start - start, source]);
    }
  });
  const gives = givesPieces(steps) ? "pieces" : givesFew(steps) ? "few" : undefined;
  return {
    ...(givenBy.length > 0 && { givenBy }),
    ...(from.length > 0 && { from }),
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
  if (/(?:^|\.)(?:limit|setMaxResults|(?:with)?paginat(?:e|ion))$/i.test(callee))
    return !(given[0]?.kind === "literal" && given[0].text === "1");
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

/** What a value is reached from: `orders` of `orders.entrySet()`. */
function rootOf(value: Value): string | undefined {
  const path = value.kind === "path" ? value.path : value.kind === "call" ? value.callee : "";
  if (value.kind === "call" && !path.includes(".")) return undefined;
  return /^([\p{L}_$][\p{L}\p{N}_$]*)(?:$|\.(?:entrySet|keySet|values|keys|items|entries|stream|map|filter)\b)/u.exec(
    path,
  )?.[1];
}

/** Locals that have elements for those of something else: filled in a loop over it, or made of it by `map`. */
function sourcesIn(steps: readonly Step[]): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  const unclear = new Set<string>();
  const note = (local: string | undefined, source: string | undefined) => {
    if (local === undefined || source === undefined || local === source) return;
    const origin = sources.get(source) ?? source;
    if ((sources.get(local) ?? origin) !== origin) unclear.add(local);
    sources.set(local, origin);
  };
  walkSteps(steps, (step) => {
    if (step.kind === "assign" && step.declares && step.value.kind === "call") note(step.target, rootOf(step.value));
    if (step.kind !== "loop" || step.over === undefined) return;
    const source = rootOf(step.over);
    walkSteps(step.body, (inner) => {
      if (inner.kind === "write") note(/^([\w$]+)\[/.exec(inner.path)?.[1], source);
      else if (inner.kind === "call") note(filling.exec(inner.callee)?.[1], source);
      else if (inner.kind === "assign" && inner.value.kind === "call" && inner.value.callee === "append")
        note(inner.target, source);
    });
  });
  for (const local of unclear) sources.delete(local);
  return sources;
}

const filling = /^([\w$]+)\.(?:add|append|push|put)$/;
