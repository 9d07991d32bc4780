import type { Span } from "../../base/text";
import type { AssignStep, CompositeValue, LoopStep, Step, Value } from "../../model/facts";
import { walkSteps } from "../../model/walkSteps";

/** A list written with no more elements than this is short. */
export const fewWritten = 10;

/** Calls that make a list, or what is gone over like one, of what they are given: `List.of(a, b)`. */
const listMakers = /^(?:(?:List|Set|ImmutableList|ImmutableSet)\.of|Arrays\.asList|Collections\.singleton(?:List)?)$/;
const mapMakers = /^(?:(?:Map|ImmutableMap)\.of|Collections\.singletonMap)$/;

/** How many elements a list has that is written out. */
export function elementsWritten(value: Value, written: ReadonlyMap<string, number>): number | undefined {
  if (value.kind === "path") return written.get(value.path);
  if (value.kind === "composite")
    return /^(?:list|set|tuple)$/.test(value.form) && !value.parts.some(isSpread) ? value.parts.length : undefined;
  if (value.kind !== "call") return undefined;
  const count = value.arguments.length;
  // A single argument may be an array of many.
  if (listMakers.test(value.callee)) return count > 1 || !value.callee.startsWith("Arrays.") ? count : undefined;
  return mapMakers.test(value.callee) ? count / 2 : undefined;
}

/** `Order{...}`, `&Order{...}`, `"name"`. */
export function isOneThing(value: Value): boolean {
  if (value.kind === "operation" && value.operator === "&" && value.operands.length === 1)
    return value.operands.some(isOneThing);
  return value.kind === "composite" && value.form === "object" && value.typeName !== undefined;
}

/**
 * Locals whose elements are all written in the function, with how many those are: given a list once, or put together
 * outside of loops, one by one.
 */
export function listsWritten(steps: readonly Step[]): ReadonlyMap<string, number> {
  const written = new Map<string, { start: number; count: number }>();
  const others = new Set<string>();
  const loops: Span[] = [];
  const comprehensions = new Set<number>();
  const add = (name: string, { start }: Span, count: number) => {
    const list = written.get(name);
    if (list && !loops.some((loop) => loop.start <= start && start < loop.end)) list.count += count;
    else others.add(name);
  };
  walkSteps(steps, (step) => {
    if (step.kind === "loop") loops.push(step);
    if (isComprehension(step)) comprehensions.add(step.start);
    if (step.kind === "call") {
      const one = /^([\w$]+)\.(?:add|append|push)$/.exec(step.callee)?.[1];
      const changed = /^([\w$]+)\.(?:add\w+|extend|insert|unshift|set|put\w*)$/.exec(step.callee)?.[1];
      if (one !== undefined && !step.arguments.some(isSpread)) add(one, step, step.arguments.length);
      else if ((one ?? changed) !== undefined) others.add((one ?? changed) as string);
    }
    if (step.kind === "write") {
      const element = /^([\w$]+)\[\w*\]$/.exec(step.path)?.[1];
      if (element !== undefined) add(element, step, 1);
      else others.add(step.path.replace(/\W.*$/, ""));
    }
    if (step.kind !== "assign") return;
    const count = step.declares ? countWritten(step.value) : undefined;
    if (count !== undefined) written.set(step.target, { start: step.value.start, count });
    else if (step.declares && isEmptyList(step)) written.set(step.target, { start: step.start, count: 0 });
    else if (appendsOneThing(step)) add(step.target, step, 1);
    else others.add(step.target);
  });
  for (const name of others) written.delete(name);
  // What a comprehension makes has one part, and as many elements as what it goes over.
  for (const [name, { start }] of written) if (comprehensions.has(start)) written.delete(name);
  return new Map([...written].flatMap(([name, { count }]) => (count > 0 ? [[name, count]] : [])));
}

/** `var rows []Row`, `rows = []`, `rows := make(map[string]Row)`. */
function isEmptyList({ value, type }: AssignStep): boolean {
  if (value.kind === "other") return type?.startsWith("[]") ?? false;
  if (value.kind === "call") return value.callee === "make" && value.arguments.length === 1;
  return value.kind === "composite" && /^(?:list|map|set)$/.test(value.form) && value.parts.length === 0;
}

/** `rows = append(rows, Row{...})`; where a name stands for what is appended, that may be many: `rows...`. */
function appendsOneThing({ target, value }: AssignStep): boolean {
  if (value.kind !== "call" || value.callee !== "append" || value.arguments.length !== 2) return false;
  const [list, element] = value.arguments;
  return list?.kind === "path" && list.path === target && element !== undefined && isOneThing(element);
}

/** How many elements a written list has, the longer one of two: `isBusy ? ["berths", "cranes"] : ["berths"]`. */
function countWritten(value: Value): number | undefined {
  if (value.kind !== "conditional") return isWrittenList(value) ? value.parts.length : undefined;
  const [one, other] = [countWritten(value.then), countWritten(value.else)];
  return one === undefined || other === undefined ? undefined : Math.max(one, other);
}

function isWrittenList(value: Value): value is CompositeValue {
  return (
    value.kind === "composite" &&
    value.form !== "template" &&
    value.parts.length > 0 &&
    value.parts.every((part) => part.kind !== "other" && part.kind !== "call" && !isSpread(part))
  );
}

function isSpread(value: Value): boolean {
  return value.kind === "operation" && value.operator === "...";
}

/** Whether all that it returns are lists written out. */
export function givesFew(steps: readonly Step[]): boolean {
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
    !value.parts.some(isSpread);
  return !yields && given.some((value) => value.kind === "composite" && value.parts.length > 0) && given.every(isShort);
}

function isComprehension(step: Step): step is LoopStep {
  return step.kind === "loop" && step.form === "comprehension";
}
