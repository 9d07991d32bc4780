import {
  type BranchFlow,
  type FileSummary,
  type Flow,
  type FunctionSummary,
  flowsInside,
  type LoopFlow,
} from "../fileSummary";
import { loopsIn } from "../link/loopPace";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../workspaceModel";
import { leaves } from "./conditionsAt";
import {
  asksCache,
  asksMemory,
  asksOption,
  isAbsence,
  isFailure,
  isFirstRound,
  isSuccess,
  type Switch,
  switchesOf,
  tellsTime,
} from "./conditionTexts";
import { type DataLoop, dataLoopOf, endsLoop } from "./dataLoops";

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
  /** It runs when what was looked up is not there, which is no failure: `if v, ok := m[k]; ok {...} else {...}`, `if (seen.has(k)) return`. */
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

/** Those of what runs whenever its function does. */
export const unconditional: CallConditions = {
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

function fills(callee: string, cache: string): boolean {
  return callee.startsWith(`${cache}.`) && /^(?:set|put|setex)$/i.test(callee.slice(cache.length + 1));
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
    this.flow(flow, unconditional);
    return this.conditions;
  }

  private flow(flow: readonly Flow[], around: CallConditions): void {
    const isLast = around.loops.length > 0 && endsLoop(flow);
    let here = isLast ? { ...around, isSeldom: true } : around;
    for (const node of flow) {
      if (typeof node === "number") {
        this.conditions[node] = here;
        this.hasAskedCache ||= this.asksCache(this.fn.calls[node]?.callee ?? "");
      } else if (node.kind === "branch") {
        node.arms.forEach((arm, i) => {
          this.flow(arm, this.asOptional(node, this.when(node, i === 0, here)));
        });
        here = this.afterBranch(node, here);
      } else if (node.kind === "loop") {
        const waits = this.linked.links.loopPaces.has(this.order.get(node) as number);
        const loop = waits ? undefined : dataLoopOf(node, this.fn, this.file);
        const isPaced = here.isPaced || waits;
        const inside = loop
          ? {
              ...here,
              loops: [...here.loops, loop],
              isSeldom: (isLast ? around : here).isSeldom,
              isFiltered: false,
              isTimed: false,
            }
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
    if (!firstLeaves && this.leavesWithCached(first)) return { ...around, isRemembered: true };
    if (!firstLeaves && !leaves(second)) return around;
    const oneOf = firstLeaves ? this.roundsLeft(test) : undefined;
    const isFirstTime = firstLeaves && this.isNotedAsDone(test, around);
    return this.asOptional(node, {
      ...around,
      ...(oneOf !== undefined && { oneOf }),
      isSeldom: around.isSeldom || isFirstTime,
      isMissing: around.isMissing || (isFirstTime && !around.isSeldom),
      switches: [...around.switches, ...this.switchesOf(test, !firstLeaves)],
      isRemembered: around.isRemembered || (firstLeaves && asksMemory(test)),
      isFiltered: around.isFiltered || isFilter(node, around),
      isTimed: around.isTimed || this.comparesTime(node, around),
    });
  }

  /**
   * Whether a condition asks what outlives the function whether it has been done, and the function notes that:
   * `if (done.has(key)) return; done.add(key)`, or in a loop of what is started for each `self.tasks[key] = …`.
   */
  private isNotedAsDone(test: string, { loops }: CallConditions): boolean {
    const [, asked = "", contained = asked] =
      /^([\w$.]+)\.(?:has|contains|containsKey|includes)\(|\bin ([\w$.]+)$/.exec(test) ?? [];
    const root = contained.split(".")[0] ?? "";
    const lasts = /^(?:this|self)$/.test(root) || root === this.fn.receiver?.name;
    if (contained === "" || !(lasts || this.file.constants.some(({ name }) => name === root))) return false;
    const field = contained.slice(contained.lastIndexOf(".") + 1);
    const isSet = this.fn.writes.some((path) => path.replace(/\[[^\]]*\]$/, "[]").endsWith(`.${field}[]`));
    const changes = ["add", "push", "set"].map((method) => `${contained}.${method}`);
    return (isSet && loops.length > 0) || this.fn.calls.some(({ callee }) => changes.includes(callee));
  }

  /** Whether the arm of a branch leaves with what a cache has: `if cache is not None: if (known := cache.get(key)): return known`. */
  private leavesWithCached(arm: readonly Flow[]): boolean {
    let hasAsked = false;
    return arm.some((node) => {
      if (typeof node === "number") hasAsked ||= this.asksCache(this.fn.calls[node]?.callee ?? "");
      else if (node.kind === "branch" && hasAsked && !isAbsence(node.test ?? "")) return leaves(node.arms[0]);
      return false;
    });
  }

  /** Whether a call asks a cache: by its name, or since the function puts into it what it was asked for. */
  private asksCache(callee: string): boolean {
    const [, asked] = /^(.+)\.(?:get|Get)$/.exec(callee) ?? [];
    return asksCache(callee) || (asked !== undefined && this.fn.calls.some((call) => fills(call.callee, asked)));
  }

  private when(node: BranchFlow, isFirst: boolean, around: CallConditions): CallConditions {
    const { test, exhaustive, arms } = node;
    if (test === undefined) return around;
    const isRemembered = this.hasAskedCache && isFirst && isAbsence(test);
    const inside = {
      ...underCondition(test, isFirst, around),
      switches: [...around.switches, ...this.switchesOf(test, isFirst)],
    };
    const oneOf = isFirst ? this.roundsOf(test) : undefined;
    return {
      ...inside,
      ...(oneOf !== undefined && { oneOf }),
      // A batch that is full is handled once for all that is in it.
      isSeldom: inside.isSeldom || (isFirst && around.loops.length > 0 && this.asksWhetherFull(test)),
      isRemembered: inside.isRemembered || isRemembered,
      isFiltered: around.isFiltered || isFilter(node, around),
      isTimed: around.isTimed || this.comparesTime(node, around),
      isConditional: around.isConditional || !exhaustive || !arms.every(doesSomething),
    };
  }

  /** Whether a condition asks whether a list that loops fill has become as long as it gets: `len(batch) == cap(batch)`. */
  private asksWhetherFull(test: string): boolean {
    const [, counted, name = counted] =
      /^(?:len\((\w+)\)|([\w$]+)\.(?:length|size\(\))) (?:>=|===?) (?![01]$)[\w$.]+(?:\(\w+\))?$/.exec(test) ?? [];
    return name !== undefined && Object.hasOwn(this.fn.data?.gathered ?? {}, name);
  }

  /** Of how many rounds a condition lets one pass, by a number or a constant of the file: `tick % ticksPerMinute == 0`. */
  private roundsOf(test: string): number | undefined {
    return this.numberOf(/% ([\w$]+) ===? \d+$/.exec(test)?.[1]);
  }

  /** Of how many rounds a condition leaves in all others: `tick % 6 != 0`, `tick % 6`. */
  private roundsLeft(test: string): number | undefined {
    return this.numberOf(/% ([\w$]+)(?: (?:!==?|>) 0)?$/.exec(test)?.[1]);
  }

  private numberOf(written: string | undefined): number | undefined {
    if (written === undefined) return undefined;
    const named = this.file.constants.find(({ name, mutable }) => name === written && !mutable);
    const rounds = Number(named?.value ?? written);
    return Number.isInteger(rounds) ? rounds : undefined;
  }

  /** Whether a condition in a loop compares an element with the time that it is. */
  private comparesTime({ test, call }: BranchFlow, { loops }: CallConditions): boolean {
    if (test === undefined || loops.length === 0) return false;
    const given = call === undefined ? [] : (this.fn.calls[call]?.arguments ?? []);
    return /[<>(]/.test(test) && [test, ...given].some(tellsTime);
  }

  /** Of what has members only what callers write in place says which they have. */
  private switchesOf(test: string, holds: boolean): Switch[] {
    const { parameters } = this.fn;
    return switchesOf(test, holds).filter(({ parameter }) => {
      const [root, member] = parameter.split(".");
      return member === undefined || parameters.some(({ name }) => name === root);
    });
  }

  private asOptional({ test }: BranchFlow, conditions: CallConditions): CallConditions {
    const option = test && asksOption(test);
    const isGiven = this.fn.parameters.some(({ name }) => name === option);
    return isGiven ? { ...conditions, isOptional: true } : conditions;
  }
}

function underCondition(test: string, isFirst: boolean, around: CallConditions): CallConditions {
  const isSeldom = around.isSeldom || (isFirst ? isFailure(test) || isFirstRound(test) : isSuccess(test));
  return {
    ...around,
    isRemembered: around.isRemembered || asksMemory(test),
    isSeldom,
    isMissing: around.isMissing || (!isFirst && isSuccess(test) && asksMemory(test)),
  };
}

/** Whether a condition in a loop tells elements apart; that there is something at all is true of most. */
function isFilter({ test, arms }: BranchFlow, { loops }: CallConditions): boolean {
  if (test === undefined || loops.length === 0 || arms.length > 1 || asksForFailure.test(test)) return false;
  return !/^[\w.?]+$|^[\w.?]+ (?:!==?|is not) (?:nil|null|undefined|None|"")$|^[\w.?]+ (?:>|!==?) 0$/.test(test);
}

/** What has failed is left out, and that is seldom any: `parsed.isFailed()`. */
const asksForFailure = /(?:^|\.)is_?(?:failed|failure|err|error)\(\)$/i;

/** Whether an arm of a branch calls anything, or fails; giving back what is there already is as good as nothing. */
function doesSomething(flow: readonly Flow[]): boolean {
  return flow.some(
    (node) =>
      typeof node === "number" ||
      (node.kind === "exit" && node.form === "throw") ||
      flowsInside(node).some(doesSomething),
  );
}
