import { isInside } from "../base/text";
import type { CallStep, FileFacts, FunctionFacts, LoopStep, Step, Value } from "./facts";
import { valuesWithin, walkSteps } from "./walkSteps";

/** What summaries leave out of a function and the origin of data hangs on. */
export interface DataNotes {
  /**
   * Calls that give a local of a declared type, or one that is given several, its value, or are handed it to fill:
   * where they start, by its name.
   */
  filled?: Readonly<Record<string, readonly number[]>>;
  /** Locals of a declared type that are a part of something: its path, by their name. */
  taken?: Readonly<Record<string, string>>;
  /** Locals that loops add elements to: where the loops start, by name. */
  gathered?: Readonly<Record<string, readonly number[]>>;
  /** Lists of the functions around that a closure adds elements to. */
  addsTo?: readonly string[];
  /** Such locals handed to a call: where the call starts, the position, the name. */
  handed?: readonly (readonly [start: number, argument: number, name: string])[];
  /** Parameters that are texts and handed on as they are: where the call ends, the position there, that of the parameter. */
  texts?: readonly (readonly [end: number, argument: number, parameter: number])[];
  /** A query is told how many to give: `take: 20`. */
  isLimited?: true;
  /** Locals that are cut to a length: `near = near[:5]`. */
  cut?: readonly string[];
  /** Loops that are counted up to a number of no written size. */
  counted?: readonly CountedLoop[];
}

export interface CountedLoop {
  start: number;
  /** What the number is called: `n`, `req.body.copies`. */
  bound: string;
  /** What it comes from: where calls start, paths as written. */
  sources: readonly (number | string)[];
}

const maxCallsNoted = 4;

/** Of locals of a declared type summaries keep nothing but the type, and of options that they are there. */
export function dataNotes({ steps, form, parameters }: FunctionFacts, { language }: FileFacts): DataNotes | undefined {
  const wanted = new Set<string>();
  let isLimited = false as boolean;
  const assigned = new Map<string, Assigned>();
  let lastCall: CallStep | undefined;
  let comprehension: LoopStep | undefined;
  const gathered = new Map<string, number[]>();
  const handed: [number, number, string][] = [];
  const addsTo = new Set<string>();
  const cut = new Set<string>();
  const numbers = new NumbersNoted();
  const taken = new Map<string, string>();
  const texts: [number, number, number][] = [];
  const mayBeText = new Map(parameters.flatMap(({ name, type }, i) => (isText(type) ? [[name, i] as const] : [])));
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
    if (step.kind === "call" && mayBeText.size > 0 && asks.test(step.callee))
      step.arguments.forEach((given, i) => {
        const parameter = given.kind === "path" ? mayBeText.get(given.path) : undefined;
        if (parameter !== undefined && i < maxTextAt) texts.push([step.end, i, parameter]);
      });
    const shortened = cutBy(step);
    if (shortened !== undefined) cut.add(shortened);
    numbers.note(step, lastCall);
    if (step.kind === "call") lastCall = step;
    if (step.kind === "loop" && step.form === "comprehension") comprehension = step;
    if (step.kind === "assign") {
      const known = assigned.get(step.target);
      const start = givenBy(step, lastCall);
      if (step.declares && step.type !== undefined && step.value.kind === "path")
        taken.set(step.target, step.value.path);
      const from =
        comprehension && step.value.kind === "composite" && isInside(comprehension, step.value)
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
  const parts = [...taken].filter(([name]) => wanted.has(name));
  const counted = numbers.loops();
  const areNone =
    texts.length === 0 &&
    found.length === 0 &&
    parts.length === 0 &&
    lists.length === 0 &&
    addsTo.size === 0 &&
    cut.size === 0;
  if (areNone && !isLimited && counted.length === 0) return undefined;
  return {
    ...(found.length > 0 && { filled: firstOf(found) }),
    ...(parts.length > 0 && { taken: Object.fromEntries(parts) }),
    ...(lists.length > 0 && { gathered: firstOf(lists) }),
    ...(addsTo.size > 0 && { addsTo: [...addsTo].slice(0, maxCallsNoted) }),
    ...(handed.length > 0 && { handed }),
    ...(texts.length > 0 && { texts }),
    ...(isLimited && { isLimited: true as const }),
    ...(cut.size > 0 && { cut: [...cut] }),
    ...(counted.length > 0 && { counted }),
  };
}

/** Whether a parameter may be a text, by its type where it has one. */
function isText(type: string | undefined): boolean {
  return type === undefined || /^(?:string|String|str|TemplateStringsArray)$/.test(type);
}

/** Calls that may be handed the text of a query, of a library or of the workspace. */
const asks =
  /(?:^|\.|_)(?:\w*(?:quer(?:y|ies)|exec(?:ute)?|select|fetch|prepare|raw|run|update|insert)\w*|get|all|one|many|text)$/i;
const maxTextAt = 3;

/** The local that a step cuts to a length: `x = x[:5]`, `x = x.slice(0, 5)`, `x.length = 5`, `del x[5:]`. */
function cutBy(step: Step): string | undefined {
  if (step.kind === "write") {
    const isLength = step.operator === "=" && step.value.kind === "literal" && step.value.text !== "0";
    return isLength ? /^([\w$]+)\.length$/.exec(step.path)?.[1] : undefined;
  }
  if (step.kind !== "assign") return undefined;
  const { target, value } = step;
  const [first] = value.kind === "operation" && value.operator.includes(":") ? value.operands : [];
  const isPart = first?.kind === "path" && first.path === target;
  const isSliced = value.kind === "call" && /\.(?:slice|subList|limit|take)$/.test(value.callee);
  return isPart || (isSliced && value.callee.startsWith(`${target}.`)) ? target : undefined;
}

/** Notes the loops that are counted up to a number that nothing in the function compares with a bound. */
class NumbersNoted {
  private readonly sources = new Map<string, (number | string)[]>();
  private readonly bounded = new Set<string>();
  private readonly converted = new Set<string>();
  private readonly found: { start: number; bound: string; isList: boolean }[] = [];

  note(step: Step, last: CallStep | undefined): void {
    if (step.kind === "assign") {
      if (this.sources.has(step.target) || isAtMost(step.value)) this.bounded.add(step.target);
      const isLast = last !== undefined && step.origin?.startsWith(`${last.callee}()`);
      const given = isLast && step.value.kind !== "call" ? last : step.value;
      if (given.kind === "call" && converts.test(given.callee)) this.converted.add(step.target);
      this.sources.set(step.target, numbersFrom(given));
    } else if (step.kind === "branch") {
      for (const name of comparedIn(step.condition)) this.bounded.add(name);
    } else if (step.kind === "loop") {
      const bound = boundOf(step);
      const read = bound === undefined ? readIn(step.over) : undefined;
      if (read) this.sources.set(read.text, [read.path]);
      const named = bound ?? read?.text;
      if (named !== undefined) this.found.push({ start: step.start, bound: named, isList: step.over?.kind === "path" });
    }
  }

  loops(): CountedLoop[] {
    return this.found
      .filter(({ bound, isList }) => !this.bounded.has(bound) && (!isList || this.converted.has(bound)))
      .map(({ start, bound }) => ({ start, bound, sources: this.sources.get(bound) ?? [bound] }));
  }
}

/** What a loop is counted up to: `i < n`, `range(n)`, `range n`. */
function boundOf({ form, condition, over }: LoopStep): string | undefined {
  if (form === "for" || form === "while") {
    const [left, right] = condition?.kind === "operation" && /^<=?$/.test(condition.operator) ? condition.operands : [];
    return left?.kind === "path" && right?.kind === "path" && !/\.(?:length|size)$/.test(right.path)
      ? right.path
      : undefined;
  }
  if (over?.kind === "path") return over.path;
  const given = over?.kind === "call" && over.callee === "range" ? over.arguments.at(-1) : undefined;
  return given?.kind === "path" ? given.path : undefined;
}

/** The number that is read where the loop begins: `range(int(args["count"]))`. */
function readIn(over: Value | undefined): { text: string; path: string } | undefined {
  const given = over?.kind === "call" && over.callee === "range" ? over.arguments.at(-1) : undefined;
  const [number] = given?.kind === "call" && converts.test(given.callee) ? given.arguments : [];
  if (number?.kind !== "path") return undefined;
  const [key] = number.keys ?? [];
  const text = key?.kind === "literal" ? number.path.replace("[]", `["${key.text}"]`) : number.path;
  return { text, path: number.path };
}

/** What a condition holds against a bound of more than one: `n > 100`. */
function comparedIn(condition: Value | undefined): string[] {
  if (condition === undefined) return [];
  return [...valuesWithin(condition)].flatMap((value) => {
    if (value.kind !== "operation" || !/^[<>]=?$/.test(value.operator)) return [];
    if (value.operands.some((part) => part.kind === "literal" && /^[01]$/.test(part.text))) return [];
    return value.operands.flatMap((part) => (part.kind === "path" ? part.path : []));
  });
}

function isAtMost(value: Value): boolean {
  return [...valuesWithin(value)].some((part) => part.kind === "call" && /(?:^|\.)(?:min|clamp)$/i.test(part.callee));
}

/** What a number is read from. */
function numbersFrom(value: Value | CallStep): (number | string)[] {
  if (value.kind === "path") return [value.path];
  if (value.kind === "operation") return value.operands.flatMap(numbersFrom);
  if (value.kind !== "call") return [];
  return converts.test(value.callee) ? value.arguments.flatMap(numbersFrom) : [value.start];
}

const converts = /(?:^|\.)(?:Atoi|Parse(?:Int|Uint)|Number|parseInt|int|valueOf)$/;

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

/** The local that a step adds an element to: `x = append(x, y)`, `x.push(y)`, `x[key] = y`. */
function addedTo(step: Step): string | undefined {
  if (step.kind === "write") return /^([\w$]+)\[[^\]]*\]$/.exec(step.path)?.[1];
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
