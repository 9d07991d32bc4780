import { wordsOf } from "../../base/words";
import type { CommentFacts, FileFacts, FunctionFacts } from "../../model/facts";
import type { FunctionSummary } from "../../model/fileSummary";
import type { DataLoop } from "../../model/graph/callConditions";
import { walkSteps } from "../../model/walkSteps";

/** What is noted of the loops of a function while its comments are at hand. */
export interface LoopNotes {
  /** Loops of which a comment says that they take one after the other, as offsets from the start of the function. */
  meant: readonly number[];
}

export function loopNotes(fn: FunctionFacts, file: FileFacts): LoopNotes | undefined {
  const meant: number[] = [];
  walkSteps(fn.steps, (step) => {
    if (step.kind === "loop" && saysOneByOne.test(commentAbove(step.start, file))) meant.push(step.start - fn.start);
  });
  return meant.length > 0 ? { meant } : undefined;
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
  return fewOfOne.test(kindOf(over));
}

/** What kind of things a collection holds, in one word: `roles` of `roleIds`, `schedules` of `schedules_to_patch`. */
function kindOf(over: string): string {
  const words = wordsOf(over);
  const purpose = words.indexOf("to", 1);
  if (purpose > 0) words.length = purpose;
  while (collections.test(words.at(-1) ?? "")) words.pop();
  return words.at(-1) ?? "";
}

const collections = /^(?:list|set|map|arr(?:ay)?|ids?|keys?|names?|values?)$/;
const fewOfAKind =
  /^(?:field|column|setting|role|permission|scope|locale|lang|translation|tag|method|feature|flag|extension|module|type|kind|action|domain|certificate|capability)s?$|^capabilities$/;
const fewOfOne = /^(?:schedule|queue|step|reference)s?$/;
const partsOfInstallations = /^(?:worker|cluster|replica|broker|shard|zone|region)s?$/;

/** What is named so is asked for now and then, by those who run the system. */
export function isForAdministrators(name: string): boolean {
  return wordsOf(name).some((word) => administration.test(word));
}

const administration =
  /^(?:grant|revoke|install|uninstall|setup|bootstrap|reset|reindex|migrate|migration|seed|provision|developer|debug|maintenance)s?$/;

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
