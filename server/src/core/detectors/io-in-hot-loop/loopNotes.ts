import type { AssignStep, CommentFacts, FileFacts, FunctionFacts, LoopStep, Step } from "../../model/facts";
import type { FunctionSummary } from "../../model/fileSummary";
import { walkSteps } from "../../model/walkSteps";
import { type ElementNotes, elementNotes } from "./elementNotes";
import { type SourceNotes, sourceNotes } from "./loopSources";
import { elementsWritten, isOneThing, listsWritten } from "./writtenLists";

/** What is noted of the loops of a function, and of the lists it hands on, while its steps are at hand. */
export interface LoopNotes extends SourceNotes, ElementNotes {
  /** Loops of which a comment says that they take one after the other, as offsets from the start of the function. */
  meant?: readonly number[];
  /** A comment in the function says that it makes one query for each. */
  known?: true;
  /** Loops over a list written in the function, or piece by piece: `i += size`. */
  short?: readonly number[];
  /** Loops that leave out the first: `for i := 1; i < len(rows); i++`. */
  butFirst?: readonly number[];
  /** Loops over what is there twice by its name, the first left out: `for _, dup := range rows[1:]`. */
  twice?: readonly number[];
  /** Loops that end with the first element that fits: they give `true`, and the function `false` where none does. */
  sought?: readonly number[];
  /**
   * Arguments that are lists written in the function: the start of the call, which argument, how many elements; one
   * for one thing that is no list.
   */
  handed?: readonly (readonly [start: number, argument: number, elements: number])[];
  /** Fields that a constructor sets to a list written out, by their name. */
  lists?: readonly string[];
  /** Arguments that are a list which the function was handed itself, by its name: closed, only its type is known. */
  passedOn?: readonly (readonly [start: number, argument: number, name: string])[];
}

export const detectorId = "io-in-hot-loop";

/** What is noted of a function, which may be nothing. */
export function notesOf({ observations }: FunctionSummary): LoopNotes {
  return (observations[detectorId] as LoopNotes | undefined) ?? {};
}

export function loopNotes(fn: FunctionFacts, file: FileFacts): LoopNotes | undefined {
  const meant: number[] = [];
  const short: number[] = [];
  const butFirst: number[] = [];
  const twice: number[] = [];
  const sought: number[] = [];
  const handed: [number, number, number][] = [];
  const passedOn: [number, number, string][] = [];
  const ownLists = new Map<number, string>();
  const lists = new Set(fn.parameters.filter(({ type, rest }) => rest || isListType(type)).map(({ name }) => name));
  const written = listsWritten(fn.steps);
  const ones: AssignStep[] = [];
  walkSteps(fn.steps, (step) => {
    if (declaresOne(step)) ones.push(step);
  });
  walkSteps(fn.steps, (step) => {
    const at = step.start - fn.start;
    if (step.kind === "call" && step.callee !== "append")
      step.arguments.forEach((argument, i) => {
        const isLast = i === step.arguments.length - 1;
        const elements = elementsWritten(argument, written) ?? (isLast && isOneThing(argument) ? 1 : undefined);
        if (elements !== undefined) handed.push([at, i, elements]);
        else if (argument.kind === "path" && lists.has(argument.path)) passedOn.push([at, i, argument.path]);
      });
    if (step.kind === "write" && fn.form === "constructor" && (elementsWritten(step.value, written) ?? 0) > 0) {
      const field = ownField.exec(step.path)?.[1];
      if (field !== undefined) ownLists.set(step.value.start, field);
    }
    if (step.kind !== "loop") return;
    // What a comprehension makes is as long as what it goes over.
    if (step.form === "comprehension") ownLists.delete(step.start);
    if (saysOneByOne.test(commentAbove(step.start, file))) meant.push(at);
    const isWritten = step.over?.kind === "path" && written.has(step.over.path);
    if (isWritten || goesByPieces(step)) short.push(at);
    if (leavesOutFirst(step, ones)) butFirst.push(at);
    if (goesOverDuplicates(step)) twice.push(at);
    if (endsWithFirst(step, fn)) sought.push(at);
  });
  const isKnown = [fn.doc ?? "", ...commentsWithin(fn, file)].some((text) => /\bN ?\+ ?1\b/.test(text));
  const notes: LoopNotes = {
    ...(isKnown && { known: true }),
    ...(meant.length > 0 && { meant }),
    ...(short.length > 0 && { short }),
    ...(butFirst.length > 0 && { butFirst }),
    ...(twice.length > 0 && { twice }),
    ...(sought.length > 0 && { sought }),
    ...(handed.length > 0 && { handed }),
    ...(passedOn.length > 0 && { passedOn }),
    ...(ownLists.size > 0 && { lists: [...ownLists.values()] }),
    ...sourceNotes(fn),
    ...(file.language === "python" && elementNotes(fn.steps, fn.start)),
  };
  return Object.keys(notes).length > 0 ? notes : undefined;
}

const ownField = /^(?:this|self)\.(\w+)$/;

function isListType(type = ""): boolean {
  return /^\[\]|\[\]$|^map\[|^(?:readonly )?(?:\w+\.)*\w*(?:[lL]ist|[sS]et|[mM]ap|Collection|Iterable|Sequence|Array|[dD]ict)[<[]/.test(
    type,
  );
}

/** A counter that starts at one, where those of data start at none. */
function leavesOutFirst({ form, condition, start }: LoopStep, ones: readonly AssignStep[]): boolean {
  const [counter] = condition?.kind === "operation" && condition.operator === "<" ? condition.operands : [];
  if (form !== "for" || counter?.kind !== "path") return false;
  return ones.some((step) => step.target === counter.path && start <= step.start && step.start < counter.start);
}

function declaresOne(step: Step): step is AssignStep {
  return step.kind === "assign" && step.declares && step.value.kind === "literal" && step.value.text === "1";
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

/** `for (const id of ids) { if ((await levelOf(id)) > none) return true; } return false;` */
function endsWithFirst({ body, end }: LoopStep, { steps }: FunctionFacts): boolean {
  let gives = false;
  walkSteps(body, (step) => {
    gives ||= givesLiteral(step, "true");
  });
  let last: Step | undefined;
  walkSteps(steps, (step) => {
    if (step.kind === "return" && step.start > end) last ??= step;
  });
  return gives && last !== undefined && givesLiteral(last, "false");
}

function givesLiteral(step: Step, wanted: string): boolean {
  if (step.kind !== "return") return false;
  const [value] = step.values;
  return value?.kind === "literal" && value.text.toLowerCase() === wanted;
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

function commentsWithin({ start, end }: FunctionFacts, { comments }: FileFacts): string[] {
  const within: string[] = [];
  for (let i = indexBefore(comments, end, ({ start }: CommentFacts) => start); i >= 0; i--) {
    const comment = comments[i] as CommentFacts;
    if (comment.end < start) break;
    within.push(comment.text);
  }
  return within;
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
