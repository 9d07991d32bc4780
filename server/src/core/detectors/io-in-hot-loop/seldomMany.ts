import { wordsOf } from "../../base/words";
import type { CommentFacts, FileFacts, FunctionFacts, LoopStep, Step, Value } from "../../model/facts";
import type { FunctionSummary } from "../../model/fileSummary";
import type { DataLoop } from "../../model/graph/callConditions";
import { kindOf } from "../../model/graph/kinds";
import { walkSteps } from "../../model/walkSteps";

/** What is noted of the loops of a function while its comments are at hand. */
export interface LoopNotes {
  /** Loops of which a comment says that they take one after the other, as offsets from the start of the function. */
  meant: readonly number[];
  /** Loops over a list written in the function, or piece by piece: `i += size`. */
  short: readonly number[];
}

export function loopNotes(fn: FunctionFacts, file: FileFacts): LoopNotes | undefined {
  const meant: number[] = [];
  const short: number[] = [];
  const written = listsWritten(fn.steps);
  walkSteps(fn.steps, (step) => {
    if (step.kind !== "loop") return;
    if (saysOneByOne.test(commentAbove(step.start, file))) meant.push(step.start - fn.start);
    const isWritten = step.over?.kind === "path" && written.has(step.over.path);
    if (isWritten || goesByPieces(step)) short.push(step.start - fn.start);
  });
  return meant.length > 0 || short.length > 0 ? { meant, short } : undefined;
}

/** Locals that are given a list with all its elements once, and nothing else. */
function listsWritten(steps: readonly Step[]): ReadonlySet<string> {
  const written = new Map<string, Value>();
  const others = new Set<string>();
  const comprehensions = new Set<number>();
  walkSteps(steps, (step) => {
    if (step.kind === "loop" && step.form === "comprehension") comprehensions.add(step.start);
    if (step.kind === "call") {
      const changed = /^([\w$]+)\.(?:add\w*|append|push|extend|insert|unshift|set|put\w*)$/.exec(step.callee)?.[1];
      if (changed !== undefined) others.add(changed);
    }
    if (step.kind === "write") others.add(step.path.replace(/\W.*$/, ""));
    if (step.kind !== "assign") return;
    if (step.declares && isWrittenList(step.value)) written.set(step.target, step.value);
    else others.add(step.target);
  });
  for (const name of others) written.delete(name);
  // What a comprehension makes has one part, and as many elements as what it goes over.
  for (const [name, { start }] of written) if (comprehensions.has(start)) written.delete(name);
  return new Set(written.keys());
}

function isWrittenList(value: Value): boolean {
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

/** Things of which there are few by their name: `userRoles`, `roleIds`, `workerGroupList`. */
export function areFew(over: string): boolean {
  return fewOfAKind.test(kindOf(over)) || wordsOf(over).some((word) => partsOfInstallations.test(word));
}

/** Things of which one that a request is about has few: `schedules_to_patch`. */
export function areFewOfOne(over: string): boolean {
  return (
    fewOfOne.test(kindOf(over)) ||
    (changes.test(wordsOf(over.slice(over.lastIndexOf(".") + 1))[0] ?? "") && fewToChange.test(kindOf(over)))
  );
}

const fewOfAKind =
  /^(?:field|column|setting|role|permission|scope|locale|lang|translation|tag|method|feature|flag|extension|module|type|kind|action|domain|certificate|capability)s?$|^capabilities$/;
const fewOfOne = /^(?:schedule|queue|step|reference|move)s?$/;
/** What somebody has chosen to change of the places where one thing is offered: `add_channels`. */
const changes = /^(?:add|added|remove|removed|update|updated|new)$/;
const fewToChange = /^(?:channel|warehouse|countr(?:y|ie)|currenc(?:y|ie)|site|team|workspace|region)s?$/;
const partsOfInstallations = /^(?:worker|cluster|replica|broker|shard|zone|region)s?$/;

/** What is named so is asked for now and then, by those who run the system. */
export function isForAdministrators(name: string): boolean {
  return wordsOf(name).some((word) => administration.test(word));
}

const administration =
  /^(?:grant|revoke|install|uninstall|setup|bootstrap|reset|reindex|migrate|migration|seed|provision|developer|debug|maintenance|testing|dump|restore|backup)s?$/;

/** An endpoint that is made for many at once. */
export function takesMany(name: string): boolean {
  return wordsOf(name).some((word) => /^(?:bulk|batch|many|multiple|all|import|mass)$/.test(word));
}

/** Names, keys or ids that a function is handed: as many as whoever asks has written down. */
export function isHandedNames({ over, origin = "" }: DataLoop, { parameters }: FunctionSummary): boolean {
  if (splitText.test(origin)) return true;
  const root = /^(?:\w+\.fromkeys\()?([\p{L}_$][\p{L}\p{N}_$]*)\)?$/u.exec(over)?.[1];
  const { type = "" } = parameters.find(({ name }) => name === root) ?? {};
  return listOfNames.test(type.replace(/\s+/g, ""));
}

const splitText = /^<String\[\]>$|\.split\(\)$/;
const listOfNames =
  /^(?:Optional\[)?(?:(?:\w+\.)*(?:List|list|Set|set|Sequence|Iterable|Collection|Array|ReadonlyArray)[[<])(?:str|string|String|UUID|int|Integer|Long|number)[\]>]+(?:\|None)?$|^(?:readonly)?(?:string|number)\[\]$|^\[\](?:string|u?int\d*)$|^(?:String|Integer|Long|long|int)\[\]$/;
