import { wordsOf } from "../../base/words";
import type { AccessPath, LanguageId } from "../facts";
import {
  type BranchFlow,
  type CallSummary,
  type FileSummary,
  type Flow,
  type FunctionSummary,
  flowsInside,
  type LoopFlow,
} from "../fileSummary";
import { loopsIn } from "../link/loopPace";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../workspaceModel";

/** How often a call of a function runs, and when it does not. */
export interface CallConditions {
  /** Loops over data around it, outermost first. */
  loops: readonly DataLoop[];
  /** Parameters that must be so for it to run. */
  switches: readonly Switch[];
  /** It runs in one round of so many: `tick % 6 == 0`. */
  oneOf?: number;
  /** It runs only when it is not known already what it would find out. */
  isRemembered: boolean;
  /** It runs in a loop that waits for a clock or for others, and not once when the function is called. */
  isPaced: boolean;
  /** It runs when something failed, in the first round only, or in the last. */
  isSeldom: boolean;
  /** It runs when what was looked up is not there, which is no failure: `if v, ok := m[k]; ok {...} else {...}`. */
  isMissing: boolean;
  /** It runs for some of the elements only: a condition in the loop compares something. */
  isFiltered: boolean;
  /** What is compared is a time: `user.expires < now`. */
  isTimed: boolean;
  /** It runs only where an option that the function is given asks for it: `if (options.signed)`. */
  isOptional: boolean;
  /** It runs only under some condition, without anything else being done where that does not hold. */
  isConditional: boolean;
}

const always: CallConditions = {
  loops: [],
  switches: [],
  isRemembered: false,
  isPaced: false,
  isSeldom: false,
  isMissing: false,
  isFiltered: false,
  isTimed: false,
  isOptional: false,
  isConditional: false,
};

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

export interface Switch {
  parameter: string;
  value: boolean;
  /** Anything will do, `false` as well. */
  isPresence?: true;
}

/** Fewer rounds than this are no multiplication. */
const smallNumber = 10;

const known = new WeakMap<LinkedFunction, readonly CallConditions[]>();

/** The conditions of every call of a function, in the order of `FunctionSummary.calls`. */
export function callConditions(model: WorkspaceModel, linked: LinkedFunction): readonly CallConditions[] {
  let conditions = known.get(linked);
  if (!conditions) {
    const place = functionAt(model, linked);
    conditions = place ? new ConditionWalk(place.file, place.fn, linked).walk() : [];
    known.set(linked, conditions);
  }
  return conditions;
}

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
  if (
    !/^(?:forEach|map|flatMap|filter|reduce|each|mapSeries|eachSeries|mapLimit|eachLimit)$/.test(name) &&
    name !== "pMap"
  )
    return undefined;
  // Where the data is the first argument, the receiver is a library.
  const isFirst = !links.handedOver.get(call)?.some(({ argument }) => argument === 0);
  const over = isFirst ? given[0] : receiver;
  return over && nameOfData(over);
}

class ConditionWalk {
  private readonly conditions: CallConditions[] = [];
  private readonly order = new Map<LoopFlow, number>();
  /** A cache was asked further up. */
  private hasAskedCache = false;

  constructor(
    private readonly file: FileSummary,
    private readonly fn: FunctionSummary,
    private readonly linked: LinkedFunction,
  ) {}

  walk(): readonly CallConditions[] {
    const { flow } = this.fn;
    loopsIn(flow).forEach((loop, i) => {
      this.order.set(loop, i);
    });
    this.flow(flow, always);
    return this.conditions;
  }

  private flow(flow: readonly Flow[], around: CallConditions): void {
    const isLast = around.loops.length > 0 && leavesAt(flow);
    let here = isLast ? { ...around, isSeldom: true } : around;
    for (const node of flow) {
      if (typeof node === "number") {
        this.conditions[node] = here;
        this.hasAskedCache ||= asksCache.test(this.fn.calls[node]?.callee ?? "");
      } else if (node.kind === "branch") {
        node.arms.forEach((arm, i) => {
          this.flow(arm, this.asOptional(node, this.when(node, i === 0, here)));
        });
        here = this.afterBranch(node, here);
      } else if (node.kind === "loop") {
        const loop = this.dataLoop(node);
        const isPaced = here.isPaced || this.linked.links.loopPaces.has(this.order.get(node) as number);
        const inside = loop
          ? { ...here, loops: [...here.loops, loop], isSeldom: around.isSeldom, isFiltered: false, isTimed: false }
          : { ...here, isPaced };
        this.flow(node.body, inside);
      } else if (node.kind === "try") {
        this.flow(node.body, here);
        for (const arm of node.catches) this.flow(arm, { ...here, isSeldom: true });
        this.flow(node.finally, here);
      } else {
        for (const inner of flowsInside(node)) this.flow(inner, here);
      }
    }
  }

  /** What holds behind a branch, since one of its arms leaves. */
  private afterBranch(node: BranchFlow, around: CallConditions): CallConditions {
    const { test, arms } = node;
    const [first = [], second] = arms;
    if (test === undefined) return around;
    const firstLeaves = leaves(first);
    if (!firstLeaves && this.leavesWithCached(node)) return { ...around, isRemembered: true };
    if (!firstLeaves && !(second && leaves(second))) return around;
    return this.asOptional(node, {
      ...around,
      switches: [...around.switches, ...switchesOf(test, !firstLeaves)],
      isRemembered: around.isRemembered || (firstLeaves && asksMemory(test)),
      isFiltered: around.isFiltered || isFilter(node, around),
      isTimed: around.isTimed || this.comparesTime(node, around),
    });
  }

  /** Whether an arm of a branch leaves with what a cache has: `if cache is not None: if (known := cache.get(key)): return known`. */
  private leavesWithCached({ arms: [first = []] }: BranchFlow): boolean {
    let hasAsked = false;
    return first.some((node) => {
      if (typeof node === "number") hasAsked ||= asksCache.test(this.fn.calls[node]?.callee ?? "");
      else if (node.kind === "branch" && hasAsked && isPresence.test(node.test ?? ""))
        return leaves(node.arms[0] ?? []);
      return false;
    });
  }

  private when(node: BranchFlow, isFirst: boolean, around: CallConditions): CallConditions {
    const { test, exhaustive } = node;
    if (test === undefined) return around;
    const isRemembered = this.hasAskedCache && isFirst && isAbsence.test(test);
    const inside = underCondition(test, isFirst, around);
    return {
      ...inside,
      isRemembered: inside.isRemembered || isRemembered,
      isFiltered: around.isFiltered || isFilter(node, around),
      isTimed: around.isTimed || this.comparesTime(node, around),
      isConditional: around.isConditional || !exhaustive,
    };
  }

  /** Whether a condition in a loop compares an element with the time that it is. */
  private comparesTime({ test, call }: BranchFlow, { loops }: CallConditions): boolean {
    if (test === undefined || loops.length === 0) return false;
    const given = call === undefined ? [] : (this.fn.calls[call]?.arguments ?? []);
    return /[<>(]/.test(test) && [test, ...given].some((text) => tellsTime.test(text));
  }

  private asOptional({ test }: BranchFlow, conditions: CallConditions): CallConditions {
    const [, option] = (test !== undefined && asksOption.exec(test)) || [];
    const isGiven = option !== undefined && this.fn.parameters.some(({ name }) => name === option);
    return isGiven ? { ...conditions, isOptional: true } : conditions;
  }

  private dataLoop(loop: LoopFlow): DataLoop | undefined {
    if (this.linked.links.loopPaces.has(this.order.get(loop) as number)) return undefined;
    if (loop.bound !== undefined && loop.bound <= smallNumber) return undefined;
    if (endsWithSuccess(loop.body)) return undefined;
    const over = this.dataOf(loop);
    const { start, over: origin } = loop;
    // What a local was taken from: `const { mirrors } = this.config`.
    if (origin !== undefined && /(?:^|\.)_?(?:config|cfg|conf|settings)\./.test(origin)) return undefined;
    return over === undefined ? undefined : { start, over, ...(origin !== undefined && { origin }) };
  }

  private dataOf(loop: LoopFlow): string | undefined {
    const { form, over, written, test } = loop;
    if (form === "each" || form === "comprehension") {
      const text = written ?? over ?? "";
      if (isNumber(over) || isCounting(text) || this.isFixed(over)) return undefined;
      return nameOfData(text);
    }
    const counted = /len\(([\w.$]+)\)|([\w.$]+)\.(?:length|size(?:\(\))?)\b/.exec(test ?? "");
    if (form === "for" && counted) return nameOfData((counted[1] ?? counted[2]) as string);
    const rows = /^([\w.$]+)\.(hasNext|[nN]ext)\(\)$/.exec(test ?? "");
    if (!rows || (rows[2] === "hasNext" && !this.takesNext(loop.body, rows[1] as string))) return undefined;
    return nameOfData(rows[1] as string);
  }

  /** What has another and is not asked for it is a page of data, and not what goes over its elements. */
  private takesNext(body: readonly Flow[], rows: string): boolean {
    return body.some((node) => {
      if (typeof node === "number") return this.fn.calls[node]?.callee.startsWith(`${rows}.next`);
      return flowsInside(node).some((flow) => this.takesNext(flow, rows));
    });
  }

  /** A list that stands in the file is as long as it was written. */
  private isFixed(over: string | undefined): boolean {
    if (over === undefined) return false;
    const root = /^[\p{L}_$][\p{L}\p{N}_$]*/u.exec(over)?.[0];
    if (root === undefined) return false;
    const last = over.split(".").at(-1) as string;
    return /^[A-Z][A-Z0-9_]+$/.test(last) || (root === over && this.file.constants.some(({ name }) => name === root));
  }
}

function isNumber(over: string | undefined): boolean {
  return over !== undefined && /^(?:<(?:u?int\d*|number|long)>|\d.*)$/.test(over);
}

/** Counts up to a number, and not through data. */
function isCounting(text: string): boolean {
  return /^x?range\((?!len\()/.test(text);
}

/** What a loop goes over without what only orders or wraps it; absent for pieces of data made to be handled at once. */
function nameOfData(text: string): string | undefined {
  // As many as somebody counted out or limited, or cut into pieces of a written size.
  if (/^(?:new )?Array\(|\(.*, [\d_]{2,}\)$|\.limit\(/.test(text)) return undefined;
  // The values of an enumeration are as many as were written.
  if (/^(?:[A-Z]\w*\.)*[A-Z]\w*\.values\(\)$|^Object\.(?:values|keys|entries)\([A-Z]\w*\)$/.test(text))
    return undefined;
  if (
    /chunk|batch|segment|paginat|\bpages\(|partition|retr(?:y|ies)|attempt|backoff|stream(?!\()|\blines?\b/i.test(text)
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
  if (/^(?:num|count|total)$/.test(wordsOf(name)[0] ?? "")) return true;
  return /(?:^|\.)_?(?:config|cfg|conf|settings)\.|^n$|^buf(?:fer)?s?$|bytes$|(?:interceptor|middleware|plugin|hook|listener|observer|handler|provider(?:Service)?|validator|strateg(?:y|ie))s?(?:\(\))?$/i.test(
    name,
  );
}

/** `cache.get`: what it has not found is asked for elsewhere. */
const asksCache = /cache\w*(?:\[\w*\])?\.(?:get|fetch|load|lookup|find)(?:[A-Z_]\w*)?$/i;
const isPresence = /^[\w.]+(?: (?:!==?|is not) (?:nil|null|undefined|None))?$/;
const isAbsence = /^(?:![\w.]+|[\w.]+ (?:===?|is) (?:nil|null|undefined|None))$/;

function underCondition(test: string, isFirst: boolean, around: CallConditions): CallConditions {
  const oneOf = isFirst ? /% (\d+) ===? \d+$/.exec(test)?.[1] : undefined;
  const isSeldom = around.isSeldom || (isFirst ? isFailure(test) || isFirstRound(test) : isSuccess(test));
  return {
    ...around,
    switches: [...around.switches, ...switchesOf(test, isFirst)],
    ...(oneOf !== undefined && { oneOf: Number(oneOf) }),
    isRemembered: around.isRemembered || asksMemory(test),
    isSeldom,
    isMissing: around.isMissing || (!isFirst && isSuccess(test) && asksMemory(test)),
  };
}

const asksOption =
  /(?:^|[^\w.])(opts?|options?|[a-z]\w*(?:Opts|Options?|_opts|_options?))(?:\??\.\w|\??\[| ===? | !==? | is |$)/;

const tellsTime =
  /\bnow\b|\b(?:utc)?now\(|current_?time|\bcutoff|deadline|\bis_?(?:expired|overdue|due)\b|\.(?:is)?(?:Before|After)\(|\btime\.(?:Since|Until|time)\(/i;

/** Whether a condition in a loop tells elements apart; that there is something at all is true of most. */
function isFilter({ test, arms }: BranchFlow, { loops }: CallConditions): boolean {
  if (test === undefined || loops.length === 0 || arms.length > 1) return false;
  return !/^[\w.?]+$|^[\w.?]+ (?:!==?|is not) (?:nil|null|undefined|None|"")$/.test(test);
}

function leaves(flow: readonly Flow[]): boolean {
  const last = flow.at(-1);
  return last !== undefined && typeof last !== "number" && last.kind === "exit";
}

/** Whether a block of a loop's body always ends the loop. */
function leavesAt(flow: readonly Flow[]): boolean {
  return flow.some(
    (node) =>
      typeof node !== "number" &&
      ((node.kind === "exit" && node.form !== "continue" && !node.ofSwitch) ||
        (node.kind === "try" && leavesAt(node.body) && node.catches.length === 0)),
  );
}

/** Tries one after the other until it works. */
function endsWithSuccess(body: readonly Flow[]): boolean {
  return body.some((node) => {
    if (typeof node === "number" || node.kind === "loop") return false;
    const [first = []] = node.kind === "branch" ? node.arms : [];
    if (node.kind === "branch" && node.test !== undefined && leavesAt(first))
      if (isSuccess(node.test) || (isFound.test(node.test) && breaks(first))) return true;
    return flowsInside(node).some(endsWithSuccess);
  });
}

/** `if (exists) { ... break }`, `if len(chats) > 0 { ... break }`: what was looked for is there. */
const isFound = /(?:^|\.)\w*(?:exists?|found|match(?:es|ed)?)$|^len\([\w.]+\) (?:>|!=) 0$|\.length (?:>|!==?) 0$/i;

function breaks(flow: readonly Flow[]): boolean {
  const last = flow.at(-1);
  return typeof last === "object" && last.kind === "exit" && last.form === "break" && !last.ofSwitch;
}

function isFailure(test: string): boolean {
  return (
    /(?:\b[eE]|[a-z]E|_e)rr\w* !==? (?:nil|null|undefined)/.test(test) || /^(?:err|error)$|\bErrors?\.Is\(/i.test(test)
  );
}

function isSuccess(test: string): boolean {
  return (
    /(?:\b[eE]|[a-z]E|_e)rr\w* ===? (?:nil|null)/.test(test) ||
    /^!err(?:or)?$|^(?:[\w.]+\.)?(?:ok|success|succeeded|found)$/i.test(test)
  );
}

function isFirstRound(test: string): boolean {
  return /\b(?:i|idx|index|n) ===? 0\b|^(?:is_?)?first\w*$/i.test(test);
}

/** Looks something up where what was found out before is kept. */
function asksMemory(test: string): boolean {
  return (
    /^!?\w*(?:ok|exists|found|seen|cached|hit|loaded|known)$/i.test(test) ||
    /\.(?:has|containsKey|contains|Contains|includes)\(|(?:^|[^\w])(?:not )?in(?: |$)|cache|memo\b|seen|loaded|initiali[sz]ed/i.test(
      test,
    )
  );
}

function switchesOf(test: string, holds: boolean): Switch[] {
  const both = holds ? "&&" : "||";
  const other = holds ? "||" : "&&";
  if (test.includes(other) || test.endsWith("…")) return [];
  return test.split(` ${both} `).flatMap((atom) => {
    const present = /^([\p{L}_$][\p{L}\p{N}_$]*) (?:is not|!==?) (?:None|nil|null|undefined)$/u.exec(atom)?.[1];
    if (present !== undefined) return holds ? { parameter: present, value: true, isPresence: true } : [];
    const missing = /^([\p{L}_$][\p{L}\p{N}_$]*) (?:is|===?) (?:None|nil|null|undefined)$/u.exec(atom)?.[1];
    if (missing !== undefined) return holds ? { parameter: missing, value: false } : [];
    const found = /^(!?)([\p{L}_$][\p{L}\p{N}_$]*)(?: (?:is|==|===) (true|false))?$/iu.exec(atom);
    if (!found) return [];
    const isNegated = (found[1] === "!") !== (found[3]?.toLowerCase() === "false");
    return { parameter: found[2] as string, value: holds !== isNegated };
  });
}
