import type { Span } from "../../base/text";
import type {
  AssignStep,
  CommentFacts,
  CompositeValue,
  FileFacts,
  FunctionFacts,
  LoopStep,
  Step,
  Value,
} from "../../model/facts";
import { walkSteps } from "../../model/walkSteps";
import { type SourceNotes, sourceNotes } from "./loopSources";
import { usesAddressOfElement } from "./targets";

/** What is noted of the loops of a function, and of the lists it hands on, while its steps are at hand. */
export interface LoopNotes extends SourceNotes {
  /** Loops of which a comment says that they take one after the other, as offsets from the start of the function. */
  meant?: readonly number[];
  /** Loops over a list written in the function, or piece by piece: `i += size`. */
  short?: readonly number[];
  /** Loops that leave out the first: `for i := 1; i < len(rows); i++`. */
  butFirst?: readonly number[];
  /** Loops over what is there twice by its name, the first left out: `for _, dup := range rows[1:]`. */
  twice?: readonly number[];
  /** Loops in whose rounds an address, a client or a connection is used that the element is or has. */
  addressed?: readonly number[];
  /** Loops over a local that is filled, or made, from a name: by their start, the name. */
  from?: readonly (readonly [start: number, name: string])[];
  /**
   * Arguments that are lists written in the function: the start of the call, which argument, how many elements; one
   * for one thing that is no list.
   */
  handed?: readonly (readonly [start: number, argument: number, elements: number])[];
  /** Arguments that are a list which the function was handed itself, by its name: closed, only its type is known. */
  passedOn?: readonly (readonly [start: number, argument: number, name: string])[];
}

export function loopNotes(fn: FunctionFacts, file: FileFacts): LoopNotes | undefined {
  const meant: number[] = [];
  const short: number[] = [];
  const butFirst: number[] = [];
  const twice: number[] = [];
  const addressed: number[] = [];
  const from: [number, string][] = [];
  const handed: [number, number, number][] = [];
  const passedOn: [number, number, string][] = [];
  const lists = new Set(fn.parameters.filter(({ type, rest }) => rest || isListType(type)).map(({ name }) => name));
  const written = listsWritten(fn.steps);
  const sources = sourcesIn(fn.steps);
  walkSteps(fn.steps, (step) => {
    const at = step.start - fn.start;
    if (usesAddressOfElement(step, file)) addressed.push(at);
    if (step.kind === "call" && step.callee !== "append")
      step.arguments.forEach((argument, i) => {
        const isLast = i === step.arguments.length - 1;
        const elements = elementsWritten(argument, written) ?? (isLast && isOneThing(argument) ? 1 : undefined);
        if (elements !== undefined) handed.push([at, i, elements]);
        else if (argument.kind === "path" && lists.has(argument.path)) passedOn.push([at, i, argument.path]);
      });
    if (step.kind !== "loop") return;
    if (saysOneByOne.test(commentAbove(step.start, file))) meant.push(at);
    const root = step.over && rootOf(step.over);
    const isWritten = step.over?.kind === "path" && written.has(step.over.path);
    if (isWritten || goesByPieces(step)) short.push(at);
    if (leavesOutFirst(step, fn.steps)) butFirst.push(at);
    if (goesOverDuplicates(step)) twice.push(at);
    const source = root === undefined ? undefined : sources.get(root);
    if (source !== undefined) from.push([at, source]);
  });
  const notes: LoopNotes = {
    ...(meant.length > 0 && { meant }),
    ...(short.length > 0 && { short }),
    ...(butFirst.length > 0 && { butFirst }),
    ...(twice.length > 0 && { twice }),
    ...(addressed.length > 0 && { addressed }),
    ...(from.length > 0 && { from }),
    ...(handed.length > 0 && { handed }),
    ...(passedOn.length > 0 && { passedOn }),
    ...sourceNotes(fn),
  };
  return Object.keys(notes).length > 0 ? notes : undefined;
}

function isListType(type = ""): boolean {
  return /^\[\]|\[\]$|^map\[|^(?:readonly )?(?:\w+\.)*\w*(?:[lL]ist|[sS]et|[mM]ap|Collection|Iterable|Sequence|Array|[dD]ict)[<[]/.test(
    type,
  );
}

/** Calls that make a list, or what is gone over like one, of what they are given: `List.of(a, b)`. */
const listMakers = /^(?:(?:List|Set|ImmutableList|ImmutableSet)\.of|Arrays\.asList|Collections\.singleton(?:List)?)$/;
const mapMakers = /^(?:(?:Map|ImmutableMap)\.of|Collections\.singletonMap)$/;

/** How many elements a list has that is written out. */
function elementsWritten(value: Value, written: ReadonlyMap<string, number>): number | undefined {
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
function isOneThing(value: Value): boolean {
  if (value.kind === "operation" && value.operator === "&" && value.operands.length === 1)
    return value.operands.some(isOneThing);
  return value.kind === "composite" && value.form === "object" && value.typeName !== undefined;
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

/** A counter that starts at one, where those of data start at none. */
function leavesOutFirst({ form, condition, header, start, end }: LoopStep, steps: readonly Step[]): boolean {
  const [counter] = condition?.kind === "operation" && condition.operator === "<" ? condition.operands : [];
  if (form !== "for" || counter?.kind !== "path") return false;
  let starts = false;
  const look = (step: Step) => {
    if (step.kind !== "assign" || !step.declares || step.target !== counter.path) return;
    if (step.start >= start && step.start < end) starts = step.value.kind === "literal" && step.value.text === "1";
  };
  walkSteps(header, look);
  walkSteps(steps, look);
  return starts;
}

function goesOverDuplicates({ over, variables }: LoopStep): boolean {
  if (over?.kind !== "operation" || !over.operator.includes(":")) return false;
  const from = over.operands[1];
  return (
    from?.kind === "literal" &&
    from.text === "1" &&
    variables.some(({ name }) => /^(?:dup|extra|redundant)/i.test(name))
  );
}

/**
 * Locals whose elements are all written in the function, with how many those are: given a list once, or put together
 * outside of loops, one by one.
 */
function listsWritten(steps: readonly Step[]): ReadonlyMap<string, number> {
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
    if (step.kind === "loop" && step.form === "comprehension") comprehensions.add(step.start);
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
    if (step.declares && isWrittenList(step.value))
      written.set(step.target, { start: step.value.start, count: step.value.parts.length });
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

/** `for i := 0; i < len(rows); i += size`. */
function goesByPieces({ form, header, body, condition }: LoopStep): boolean {
  const [counter] = condition?.kind === "operation" ? condition.operands : [];
  if (form !== "for" || counter?.kind !== "path") return false;
  return [...header, ...body].some(
    (step) =>
      step.kind === "assign" &&
      step.target === counter.path &&
      !step.declares &&
      step.operator === "+" &&
      !(step.value.kind === "literal" && step.value.text === "1"),
  );
}

const saysOneByOne =
  /\b(\w+) by \1\b|\bone (?:at a|after)\b|\bsequential|\bserially\b|\bdeliberate|\bon purpose\b|\bintentional|\bin (?:turn|sequence)\b/i;

/** Lines of a comment that are read. */
const maxLines = 6;

/** The comment that ends on the line above, its lines joined. */
function commentAbove(start: number, { comments, lineStarts }: FileFacts): string {
  const texts: string[] = [];
  let line = indexBefore(lineStarts, start, (at) => at);
  for (let i = indexBefore(comments, start, ({ end }: CommentFacts) => end); i >= 0 && texts.length < maxLines; i--) {
    const comment = comments[i] as CommentFacts;
    if (indexBefore(lineStarts, comment.end - 1, (at) => at) !== line - 1) break;
    line = indexBefore(lineStarts, comment.start, (at) => at);
    texts.unshift(comment.text);
  }
  return texts.join(" ");
}

/** The last of a list in order that is not behind a place. */
function indexBefore<T>(list: readonly T[], place: number, placeOf: (item: T) => number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (placeOf(list[middle] as T) <= place) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
