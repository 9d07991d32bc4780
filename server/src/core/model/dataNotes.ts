import type { Span } from "../base/text";
import type { CallStep, FileFacts, FunctionFacts, LoopStep, Step, Value } from "./facts";
import { walkSteps } from "./walkSteps";

/** What summaries leave out of a function and the origin of data hangs on. */
export interface DataNotes {
  /**
   * Calls that give a local of a declared type, or one that is given several, its value, or are handed it to fill:
   * where they start, by its name.
   */
  filled?: Readonly<Record<string, readonly number[]>>;
  /** Locals that loops add elements to: where the loops start, by name. */
  gathered?: Readonly<Record<string, readonly number[]>>;
  /** Lists of the functions around that a closure adds elements to. */
  addsTo?: readonly string[];
  /** Such locals handed to a call: where the call starts, the position, the name. */
  handed?: readonly (readonly [start: number, argument: number, name: string])[];
  /** A query is told how many to give: `take: 20`. */
  isLimited?: true;
}

const maxCallsNoted = 4;

/** Of locals of a declared type summaries keep nothing but the type, and of options that they are there. */
export function dataNotes({ steps, form }: FunctionFacts, { language }: FileFacts): DataNotes | undefined {
  const wanted = new Set<string>();
  let isLimited = false as boolean;
  const assigned = new Map<string, Assigned>();
  let lastCall: CallStep | undefined;
  let comprehension: LoopStep | undefined;
  const gathered = new Map<string, number[]>();
  const handed: [number, number, string][] = [];
  const addsTo = new Set<string>();
  walkSteps(steps, (step, { loops }) => {
    const list = addedTo(step);
    const [loop] = loops;
    if (list !== undefined && loop) gathered.set(list, [...(gathered.get(list) ?? []), loop.start]);
    if (list !== undefined && !loop && form === "closure") addsTo.add(list);
    if (step.kind === "call" && loops.length === 0)
      step.arguments.forEach((given, i) => {
        const name = nameOf(given);
        if (name !== undefined && (gathered.has(name) || assigned.get(name)?.isOpen))
          handed.push([step.start, i, name]);
      });
    if (step.kind === "call") lastCall = step;
    if (step.kind === "loop" && step.form === "comprehension") comprehension = step;
    if (step.kind === "assign") {
      const known = assigned.get(step.target);
      const start = givenBy(step, lastCall);
      const from =
        comprehension && step.value.kind === "composite" && isWithin(comprehension, step.value)
          ? comprehension.over
          : undefined;
      const listed = from?.kind === "call" ? [from.start] : from?.kind === "path" ? assigned.get(from.path)?.calls : [];
      assigned.set(step.target, {
        calls: [...(known?.calls ?? []), ...(start === undefined ? [] : [start]), ...(listed ?? [])],
        isOpen:
          from !== undefined ||
          known !== undefined ||
          (step.declares && (step.type !== undefined || isEmpty(step.value))),
      });
    } else if (step.kind === "loop" && step.over?.kind === "path") wanted.add(step.over.path);
    else if (step.kind === "call") {
      isLimited ||= step.arguments.some(limits);
      wanted.add(step.callee.slice(0, Math.max(0, step.callee.indexOf("."))));
      if (language === "go")
        for (const given of step.arguments)
          if (given.kind === "path" && assigned.get(given.path)?.isOpen)
            assigned.get(given.path)?.calls.push(step.start);
    }
  });
  for (const [, , name] of handed) wanted.add(name);
  const found = [...assigned].flatMap(([name, { calls, isOpen }]) =>
    isOpen && wanted.has(name) && calls.length > 0 ? [[name, calls] as const] : [],
  );
  const lists = [...gathered].filter(([name]) => wanted.has(name));
  if (found.length === 0 && lists.length === 0 && addsTo.size === 0 && !isLimited) return undefined;
  return {
    ...(found.length > 0 && { filled: firstOf(found) }),
    ...(lists.length > 0 && { gathered: firstOf(lists) }),
    ...(addsTo.size > 0 && { addsTo: [...addsTo].slice(0, maxCallsNoted) }),
    ...(handed.length > 0 && { handed }),
    ...(isLimited && { isLimited: true as const }),
  };
}

function firstOf(
  places: readonly (readonly [string, readonly number[]])[],
): Readonly<Record<string, readonly number[]>> {
  return Object.fromEntries(places.map(([name, starts]) => [name, starts.slice(0, maxCallsNoted)]));
}

/** A collection or an object that is filled later: `make([]T, 0)`, `[]T{}`. */
function isEmpty(value: Value): boolean {
  return (value.kind === "composite" && value.parts.length === 0) || (value.kind === "call" && value.callee === "make");
}

/** `crates`, `crates...`. */
function nameOf(given: Value): string | undefined {
  if (given.kind === "operation" && given.operator === "...") return given.operands[0] && nameOf(given.operands[0]);
  return given.kind === "path" ? given.path : undefined;
}

/** The local that a step adds an element to: `x = append(x, y)`, `x.push(y)`. */
function addedTo(step: Step): string | undefined {
  if (step.kind === "assign") {
    const { target, value } = step;
    const [first] = value.kind === "call" && value.callee === "append" ? value.arguments : [];
    return first?.kind === "path" && first.path === target ? target : undefined;
  }
  return step.kind === "call" ? /^([\w$]+)\.(?:append|add|push)$/.exec(step.callee)?.[1] : undefined;
}

function limits(value: Value): boolean {
  if (value.kind !== "composite") return false;
  return (value.keys ?? []).some((key) =>
    /^(?:take|limit|first|top|pageSize|perPage|max\w*)$/.test(
      key.kind === "literal" ? key.text : key.kind === "path" ? key.path : "",
    ),
  );
}

/** A local: the calls that give it its value, and whether one of them alone does not say what it is. */
interface Assigned {
  calls: number[];
  isOpen: boolean;
}

/** Where the call starts that an assignment takes its value, or one of several, from. */
function givenBy({ value, origin }: Step & { kind: "assign" }, last: CallStep | undefined): number | undefined {
  if (value.kind === "call") return isEmpty(value) ? undefined : value.start;
  return origin !== undefined && last && origin.startsWith(`${last.callee}()`) ? last.start : undefined;
}

function isWithin(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}
