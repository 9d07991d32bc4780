import { wordsOf } from "../../base/words";
import type { AccessPath, LanguageId } from "../facts";
import {
  type CallSummary,
  callsOf,
  type FileSummary,
  type Flow,
  type FunctionSummary,
  flowsInside,
  type LoopFlow,
} from "../fileSummary";
import type { LinkedFunction } from "../workspaceModel";
import { isFound, isSuccess } from "./conditionTexts";
import { startsEmpty } from "./heldCollections";

/** A loop whose rounds are as many as there are things it goes over. */
export interface DataLoop {
  start: number;
  /** What it goes over, as written. */
  over: string;
  /** Where that comes from, closed. */
  origin?: AccessPath;
  /** What a function that is run for each calls it. */
  item?: string;
}

/** Fewer rounds than this are no multiplication. */
const smallNumber = 10;

/** What a call does to every element of: the receiver of `map`, where it is handed a function of the workspace. */
export function elementsOf(
  { callee, arguments: given }: CallSummary,
  { links }: LinkedFunction,
  call: number,
  language: LanguageId,
): string | undefined {
  if (!links.handedOver.has(call)) return undefined;
  const dot = callee.lastIndexOf(".");
  const name = callee.slice(dot + 1);
  const receiver = dot < 0 ? undefined : callee.slice(0, dot);
  if (language === "python") return name === "map" ? nameOfData(given[1] ?? "") : undefined;
  if (language === "go") return undefined;
  const external = links.calls[call]?.external;
  if (language === "java") {
    const isStream = external
      ? /Stream\.|Iterable\.|\b(?:Map|List|Set|Collection)\./.test(external.symbol)
      : /stream\(\)/.test(callee);
    if (!isStream || !/^(?:forEach(?:Ordered)?|(?:flat)?[mM]ap\w*|filter|peek)$/.test(name)) return undefined;
    return receiver && nameOfData(receiver);
  }
  if (!/^(?:forEach|map|flatMap|filter|reduce|each|mapSeries|eachSeries|mapLimit|eachLimit|pMap)$/.test(name))
    return undefined;
  // Where the data is the first argument, the receiver is a library.
  const isFirst = !links.handedOver.get(call)?.some(({ argument }) => argument === 0);
  const over = isFirst ? given[0] : receiver;
  return over && nameOfData(over);
}

/** Where the elements come from that a call runs a function for, closed. */
export function originOfElements(
  { callee, origin = callee, arguments: given }: CallSummary,
  { links }: LinkedFunction,
  call: number,
): AccessPath {
  // Where the data is the first argument, the receiver is a library.
  const isFirst = !links.handedOver.get(call)?.some(({ argument }) => argument === 0);
  return isFirst ? (given[0] ?? "") : origin.slice(0, Math.max(0, origin.lastIndexOf(".")));
}

/** A loop as one over data; absent where its rounds are few, counted out, or end with the first success. */
export function dataLoopOf(loop: LoopFlow, fn: FunctionSummary, file: FileSummary): DataLoop | undefined {
  if (loop.bound !== undefined && loop.bound <= smallNumber) return undefined;
  if (endsWithSuccess(loop.body)) return undefined;
  const over = dataOf(loop, fn, file);
  const { start, over: origin } = loop;
  // What a local was taken from: `const { mirrors } = this.config`.
  if (origin !== undefined && isConfigured.test(origin)) return undefined;
  return over === undefined ? undefined : { start, over, ...(origin !== undefined && { origin }) };
}

function dataOf(loop: LoopFlow, fn: FunctionSummary, file: FileSummary): string | undefined {
  const { form, over, written, test } = loop;
  if (form === "each" || form === "comprehension") {
    const text = written ?? over ?? "";
    if (isNumber(over) || isCounting(text) || isFixed(over, file)) return undefined;
    return nameOfData(text);
  }
  const counted = countedUpTo.exec(test ?? "");
  if (form === "for" && counted) return nameOfData((counted[1] ?? counted[2]) as string);
  const emptied = form === "while" ? emptiedBy(loop, fn) : undefined;
  if (emptied !== undefined) return nameOfData(emptied);
  const rows = /^([\w.$]+)\.(hasNext|[nN]ext)\((?:…|ctx|context\.\w+\(\))?\)$/.exec(test ?? "");
  if (!rows || (rows[2] === "hasNext" && !takesNext(loop.body, rows[1] as string, fn))) return undefined;
  return nameOfData(rows[1] as string);
}

/** `i < len(rows)`; what grows up to a number is gone over by nobody: `len(found) < wanted`. */
const countedUpTo = /(?:len\(([\w.$]+)\)|([\w.$]+)\.(?:length|size(?:\(\))?)\b)(?! <)/;

/** The local list that a loop takes one element from in each round until there is none, and adds none to: `while (ids.length > 0) load(ids.pop())`. */
function emptiedBy({ test = "", body }: LoopFlow, { calls }: FunctionSummary): string | undefined {
  const [, counted, name = counted] = /^(?:len\(([\w$]+)\)|([\w$]+)(?:\.length)?)(?: (?:>|!==?) 0)?$/.exec(test) ?? [];
  if (name === undefined) return undefined;
  const done = callsOf(body).map((call) => calls[call]?.callee ?? "");
  const does = (methods: RegExp) => done.some((callee) => callee.startsWith(`${name}.`) && methods.test(callee));
  return does(/\.(?:pop|popleft|shift)$/) && !does(/\.(?:append|extend|push|unshift|insert)\w*$/) ? name : undefined;
}

/** What has another and is not asked for it is a page of data, and not what goes over its elements. */
function takesNext(body: readonly Flow[], rows: string, fn: FunctionSummary): boolean {
  return body.some((node) => {
    if (typeof node === "number") return fn.calls[node]?.callee.startsWith(`${rows}.next`);
    return flowsInside(node).some((flow) => takesNext(flow, rows, fn));
  });
}

/** A list that stands in the file is as long as it was written, unless it is filled later. */
function isFixed(over: string | undefined, { constants }: FileSummary): boolean {
  if (over === undefined) return false;
  const root = /^[\p{L}_$][\p{L}\p{N}_$]*/u.exec(over)?.[0];
  if (root === undefined) return false;
  const last = over.split(".").at(-1) as string;
  return (
    /^[A-Z][A-Z0-9_]+$/.test(last) || (root === over && constants.some((one) => one.name === root && !startsEmpty(one)))
  );
}

/** Tries one after the other until it works. */
function endsWithSuccess(body: readonly Flow[]): boolean {
  return body.some((node) => {
    if (typeof node === "number" || node.kind === "loop") return false;
    const [first = []] = node.kind === "branch" ? node.arms : [];
    if (node.kind === "branch" && node.test !== undefined && endsLoop(first))
      if (isSuccess(node.test) || (isFound(node.test) && breaks(first))) return true;
    return flowsInside(node).some(endsWithSuccess);
  });
}

/** Whether a block of a loop's body always ends the loop. */
export function endsLoop(flow: readonly Flow[]): boolean {
  return flow.some(
    (node) =>
      typeof node !== "number" &&
      ((node.kind === "exit" && node.form !== "continue" && !node.ofSwitch) ||
        (node.kind === "try" && endsLoop(node.body) && node.catches.length === 0)),
  );
}

function breaks(flow: readonly Flow[]): boolean {
  const last = flow.at(-1);
  return typeof last === "object" && last.kind === "exit" && last.form === "break" && !last.ofSwitch;
}

function isNumber(over: string | undefined): boolean {
  return over !== undefined && /^(?:<(?:u?int\d*|number|long)>|\d.*)$/.test(over);
}

/** Counts up to a number, and not through data. */
function isCounting(text: string): boolean {
  return /^x?range\((?!len\()/.test(text);
}

/** What a loop goes over without what only orders or wraps it; absent for pieces of data made to be handled at once. */
export function nameOfData(text: string): string | undefined {
  // As many as somebody counted out or limited, or cut into pieces of a written size.
  if (/^(?:new )?Array\(|\(.*, [\d_]{2,}\)$|\.limit\(/.test(text)) return undefined;
  // Messages, as they come.
  if (/(?:^|\.)_?(?:subscribe|listen|watch|consume)(?:_\w+|[A-Z]\w*)?\(/.test(text)) return undefined;
  if (/^(?:List|Set|Map|Stream|EnumSet|Immutable(?:List|Set|Map))\.of(?:Entries)?\(/.test(text)) return undefined;
  // The values of an enumeration are as many as were written.
  if (/^(?:[A-Z]\w*\.)*[A-Z]\w*\.values\(\)$|^Object\.(?:values|keys|entries)\([A-Z]\w*\)$/.test(text))
    return undefined;
  if (
    /chunk|batch|segment|paginat|\bpages\(|partition|retr(?:y|ies)|attempt|backoff|stream(?!\()/i.test(text) ||
    // Lines of text; those of an order are things: `order.lines`.
    /(?:^|[^\w.])lines?\b|(?:file|reader|text|content|body|out(?:put)?|in(?:put)?|str(?:ing)?|csv|log)s?(?:\(\))?\.lines?\b/i.test(
      text,
    )
  )
    return undefined;
  let name = text.replace(/^(?:<each )?(.*?)>?$/, "$1");
  for (let before = ""; before !== name; ) {
    before = name;
    name = name
      .replace(
        /^(?:enumerate|sorted|list|set|tuple|reversed|range|len|iter|tqdm|Object\.(?:entries|values|keys)|Array\.from)\((.*)\)$/,
        "$1",
      )
      .replace(
        /\.(?:items|values|keys|entries|entrySet|keySet|stream|iterator|filter|map|slice|sort|copy|iterrows|all)\((?:…|[^()]*)\)$/,
        "",
      );
  }
  if (isNoData(name)) return undefined;
  return name === "" || /^[<"…\d]/.test(name) ? undefined : name;
}

/** Numbers, bytes, what is configured, and parts of the program: `config.mirrors`, `this.interceptors`, `hooks`. */
function isNoData(name: string): boolean {
  if (/^(?:num|count|total)$/.test(wordsOf(name)[0] ?? "") || isConfigured.test(name)) return true;
  return /^n$|^buf(?:fer)?s?$|bytes$|(?:interceptor|middleware|plugin|(?<!web)hook|listener|observer|handler|provider(?:Service)?|validator|strateg(?:y|ie))s?(?:Array|List)?(?:\(\))?$/i.test(
    name,
  );
}

const isConfigured = /(?:^|\.)_?(?:config|cfg|conf|settings)\./i;
