import type {
  BranchStep,
  FileFacts,
  FunctionFacts,
  LoopStep,
  ReturnStep,
  Step,
  TryStep,
  Value,
} from "../../../model/facts";
import type { FunctionSummary } from "../../../model/fileSummary";
import { stepsInside, valuesWithin } from "../../../model/walkSteps";

/** A call with what decides whether and how often it is made. */
export interface CallSite {
  /** In `FunctionSummary.calls`. */
  index: number;
  callee: string;
  start: number;
  end: number;
  awaited: boolean;
  /**
   * `always`: on every way, as long as nothing fails. `sometimes`: an `if` or a `switch` that is no check for failures
   * decides. `unknown`: something else does, or it is not known.
   */
  made: "always" | "sometimes" | "unknown";
  /** The arms of branches around it, outermost first. No loop is around it, and nothing in them leaves the function. */
  way?: readonly WayArm[];
  /** The only loop around it, when every round makes the call. */
  loop?: LoopStep;
  inLoop: boolean;
  inDefer: boolean;
  /** It goes on by itself, or nobody knows when it runs. */
  isApart: boolean;
  /** The `try` statements in whose bodies it stands, innermost last. */
  tries: readonly TryStep[];
  /** In a `catch` or a `finally`. */
  inHandler: boolean;
}

export interface WayArm {
  branch: BranchStep;
  arm: number;
}

interface Around {
  made: CallSite["made"];
  way: readonly WayArm[] | undefined;
  loops: readonly LoopStep[];
  /** Every round of the innermost loop comes here. */
  inEveryRound: boolean;
  inDefer: boolean;
  isApart: boolean;
  tries: readonly TryStep[];
  inHandler: boolean;
}

/** The calls of a function in evaluation order; those of functions written inside it are not its own. */
export function callSitesOf(facts: FileFacts, fn: FunctionFacts, summary: FunctionSummary, text: string): CallSite[] {
  const indexes = new Map(summary.calls.map(({ start, end, callee }, i) => [`${start} ${end} ${callee}`, i]));
  const sites: CallSite[] = [];
  const isSkippable = skippablePlaces(facts, fn, text);
  /** What may have left the function on the way here though nothing failed. */
  let left: "nothing" | "condition" | "unknown" = "nothing";

  function walk(steps: readonly Step[], around: Around): void {
    let mayHaveJumped = false;
    for (const step of steps) {
      if (step.kind === "call") note(step, mayHaveJumped ? { ...around, inEveryRound: false } : around);
      else walkInside(step, mayHaveJumped ? { ...around, inEveryRound: false } : around);
      if (left !== "unknown" && leaves(fn, step)) left = isLeftByCondition(fn, step) ? "condition" : "unknown";
      if (mayEnd(step)) mayHaveJumped = true;
    }
  }

  function note(step: Extract<Step, { kind: "call" }>, around: Around): void {
    const index = indexes.get(`${step.start} ${step.end} ${step.callee}`);
    if (index === undefined) return;
    const isUnsure = isSkippable(step.start);
    const made = isUnsure ? "unknown" : madeAfter(around.made);
    const [loop] = around.loops;
    sites.push({
      index,
      callee: step.callee,
      start: step.start,
      end: step.end,
      awaited: step.awaited === true,
      made,
      ...(around.way && !isUnsure && { way: around.way }),
      ...(loop && around.loops.length === 1 && around.inEveryRound && !isUnsure && { loop }),
      inLoop: around.loops.length > 0,
      inDefer: around.inDefer,
      isApart: around.isApart,
      tries: around.tries,
      inHandler: around.inHandler,
    });
  }

  function madeAfter(made: CallSite["made"]): CallSite["made"] {
    if (left === "nothing") return made;
    return left === "condition" && made !== "unknown" ? "sometimes" : "unknown";
  }

  function walkInside(step: Step, around: Around): void {
    switch (step.kind) {
      case "branch": {
        const made = around.made === "always" && isPlainChoice(step) ? "sometimes" : "unknown";
        const inside = around.made === "sometimes" ? "sometimes" : made;
        step.arms.forEach((arm, i) => {
          const isLast = arm.steps.some(mayEnd);
          const way = around.way && !isLast ? [...around.way, { branch: step, arm: i }] : undefined;
          const isFailing = isLast && !arm.steps.some((inner) => leaves(fn, inner));
          walk(arm.steps, { ...around, made: isFailing ? "unknown" : inside, way, inEveryRound: false });
        });
        return;
      }
      case "loop": {
        const loops = [...around.loops, step];
        const inside: Around = { ...around, made: "unknown", way: undefined, loops };
        walk(step.header, { ...inside, inEveryRound: false });
        walk(step.body, { ...inside, inEveryRound: step.form === "each" && around.loops.length === 0 });
        return;
      }
      case "try": {
        walk(step.body, { ...around, tries: [...around.tries, step] });
        const apart: Around = { ...around, made: "unknown", way: undefined, inEveryRound: false, inHandler: true };
        for (const arm of step.catches) walk(arm.steps, apart);
        walk(step.finally, apart);
        return;
      }
      case "scope":
        walk(step.body, around);
        return;
      case "defer":
        walk(step.steps, { ...around, made: "unknown", way: undefined, inEveryRound: false, inDefer: true });
        return;
      case "spawn":
        walk(step.steps, { ...around, made: "unknown", way: undefined, inEveryRound: false, isApart: true });
        return;
      default:
        return;
    }
  }

  const isLater = fn.modifiers.includes("generator");
  walk(fn.steps, {
    made: "always",
    way: [],
    loops: [],
    inEveryRound: false,
    inDefer: false,
    isApart: isLater,
    tries: [],
    inHandler: false,
  });
  return sites;
}

/** Whether a step, or one inside it, may leave the function though nothing failed. */
function leaves(fn: FunctionFacts, step: Step): boolean {
  if (step.kind === "return") return !isFailure(fn, step);
  if (step.kind === "jump") return step.form === "goto" || step.label !== undefined;
  if (step.kind === "call") return endsProgram.test(step.callee);
  if (step.kind === "spawn" || step.kind === "defer") return false;
  if (step.kind === "branch" && asksForError(step)) return false;
  return stepsInside(step).some((steps) => steps.some((inner) => leaves(fn, inner)));
}

/** Whether a loop comes to the end of what it goes over, as long as nothing fails. */
export function isWholeLoop(fn: FunctionFacts, { body }: LoopStep): boolean {
  const stops = (step: Step): boolean => {
    if (step.kind === "throw" || (step.kind === "jump" && step.form !== "continue") || leaves(fn, step)) return true;
    if (step.kind === "branch" && asksForError(step)) return false;
    return step.kind !== "spawn" && step.kind !== "defer" && stepsInside(step).some((steps) => steps.some(stops));
  };
  return !body.some(stops);
}

/** Whether a function comes to one of its steps on every way, as long as nothing fails. */
export function isReachedAlways(fn: FunctionFacts, wanted: Step): boolean {
  const at = fn.steps.indexOf(wanted);
  return at >= 0 && !fn.steps.slice(0, at).some((step) => leaves(fn, step) || step.kind === "throw");
}

/** Whether a branch whose condition can be told leaves the function in each of its arms that leaves it at all. */
function isLeftByCondition(fn: FunctionFacts, step: Step): boolean {
  if (step.kind !== "branch" || !isPlainChoice(step)) return false;
  return step.arms.every(({ steps }) => !steps.some((inner) => leaves(fn, inner)) || steps.at(-1)?.kind === "return");
}

/** Go gives its failures back. */
function isFailure({ results }: FunctionFacts, { values }: ReturnStep): boolean {
  const last = values.at(-1);
  if (results.at(-1) !== "error" || !last) return false;
  if (last.kind === "path") return /^err$|(?:^|\.)[eE]rr[A-Z]\w*$/.test(last.path);
  return (
    last.kind === "call" && /(?:^|\.)(?:\w*Err(?:or)?f?|New\w*Error\w*|errors\.\w+|Wrapf?|WithStack)$/.test(last.callee)
  );
}

/** `err != nil`, and nothing else. */
function asksForError({ condition, arms }: BranchStep): boolean {
  if (condition?.kind !== "operation" || condition.operator !== "!=" || arms.length > 1) return false;
  const [left, right] = condition.operands;
  return left?.kind === "path" && /^[eE]rr$|Err$/.test(left.path) && right?.kind === "literal" && right.type === "null";
}

/** Whether a step, or one inside it, ends the function or the round of a loop. */
function mayEnd(step: Step): boolean {
  if (step.kind === "return" || step.kind === "throw" || step.kind === "jump") return true;
  if (step.kind === "call") return endsProgram.test(step.callee);
  return step.kind !== "spawn" && step.kind !== "defer" && stepsInside(step).some((steps) => steps.some(mayEnd));
}

/** Whether two calls can be made on one way through the function. */
export function isOnOneWay(a: readonly WayArm[], b: readonly WayArm[]): boolean {
  return a.every(({ branch, arm }) => b.every((other) => other.branch !== branch || other.arm === arm));
}

const endsProgram =
  /(?:^|\.)(?:panic\w*|[eE]xit|_exit|abort|fail\w*|\w*Fatal\w*|notFound|redirect|Goexit|unreachable|assert\w*|raise\w*|throw\w*|halt)$/;

/** An `if`, a `switch` or `&&` about something that may or may not be so, and that is no sign of a failure. */
function isPlainChoice({ form, condition, arms }: BranchStep): boolean {
  if (form === "select" || !condition) return false;
  if (form === "switch" && arms.some(({ isDefault }) => isDefault) && arms.length < 2) return false;
  const parts = [...valuesWithin(condition)];
  if (parts.every(({ kind }) => kind === "literal")) return false;
  return !parts.some(isSignOfFailure);
}

function isSignOfFailure(value: Value): boolean {
  const name = value.kind === "path" ? value.path : value.kind === "call" ? value.callee : "";
  return /err\b|error|exception|fail|^ok$|success|found|^e$|ok\(?\)?$|valid/i.test(name);
}

/**
 * Whether a call at a place may be left out though no branch shows it: behind `?.`, in what `??=` gives, in the message
 * of an assertion, in a default.
 */
function skippablePlaces(facts: FileFacts, fn: FunctionFacts, text: string): (start: number) => boolean {
  const spans: { start: number; end: number }[] = [];
  const visit = (steps: readonly Step[]): void => {
    for (const step of steps) {
      if (step.kind === "call" && /\?\./.test(text.slice(step.start, step.end))) spans.push(step);
      for (const inner of stepsInside(step)) visit(inner);
    }
  };
  visit(fn.steps);
  return (start) => {
    if (start < fn.start || spans.some((span) => span.start <= start && start < span.end)) return true;
    const begin = text.lastIndexOf("\n", start) + 1;
    const before = text.slice(begin, start);
    return /\?\.|\?\?|\|\|=|&&=/.test(before) || /^\s*assert\b/.test(text.slice(begin)) || facts.hasSyntaxErrors;
  };
}
