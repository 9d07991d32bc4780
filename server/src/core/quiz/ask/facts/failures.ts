import type { BranchStep, Step, TryStep, Value } from "../../../model/facts";
import { isScript } from "../../../model/scripts";
import { stepsInside, valuesWithin, walkSteps } from "../../../model/walkSteps";
import type { CallSite } from "./callSites";
import type { FactsAsked } from "./factsAsked";

/** What a caller sees when a call fails. */
export interface Failure {
  site: CallSite;
  /** `passed`: the same failure. `wrapped`: with more around it. `replaced`: another one. `hidden`: none. */
  seen: "passed" | "wrapped" | "replaced" | "hidden";
  /** Failures of the same text look the same to the caller; absent where the text of the failure itself decides. */
  looks?: string;
  /** Where that is decided. */
  at: number;
}

/** Calls for which it is certain what a failure of theirs becomes. */
export function failuresOf(asked: FactsAsked, calls: readonly CallSite[]): Failure[] {
  const usable = calls.filter(({ inDefer, isApart, inHandler }) => !inDefer && !isApart && !inHandler);
  return asked.facts.language === "go" ? returnedErrors(asked, usable) : raisedErrors(asked, usable);
}

// --- Go: errors are results ---

/** `err := f(); if err != nil { return ... }`, and nothing between. */
function returnedErrors(asked: FactsAsked, calls: readonly CallSite[]): Failure[] {
  const { fn } = asked;
  if (fn.results.at(-1) !== "error" || (fn.resultNames ?? []).length > 0 || hasRecover(fn.steps)) return [];
  const found: Failure[] = [];
  const look = (steps: readonly Step[]): void => {
    steps.forEach((step, i) => {
      for (const inner of stepsInside(step)) look(inner);
      if (step.kind !== "branch") return;
      const checked = checkedError(step);
      if (checked === undefined) return;
      const site = giverOf(steps.slice(0, i), checked, calls);
      const failure = site && outcomeOf(asked, site, step, checked);
      if (failure) found.push(failure);
    });
    steps.forEach((step) => {
      const [value] = step.kind === "return" ? step.values.slice(-1) : [];
      if (step.kind !== "return" || value?.kind !== "call") return;
      const site = calls.find(({ start, end }) => start === value.start && end === value.end);
      if (site && step.values.length === 1 && mayGiveError(asked, site))
        found.push({ site, seen: "passed", at: step.start });
    });
  };
  look(fn.steps);
  return found.filter(({ site }) => found.filter((other) => other.site === site).length === 1);
}

/** The variable that a branch asks for a failure, and for nothing else. */
function checkedError({ form, condition, arms }: BranchStep): string | undefined {
  if (form !== "if" || condition?.kind !== "operation" || condition.operator !== "!=" || arms.length > 1)
    return undefined;
  const [left, right] = condition.operands;
  const isNil = right?.kind === "literal" && right.type === "null";
  return isNil && left?.kind === "path" && /^[eE]rr\w*$|^\w+Err$/.test(left.path) ? left.path : undefined;
}

/** The call that has given a variable its value right before. */
function giverOf(before: readonly Step[], name: string, calls: readonly CallSite[]): CallSite | undefined {
  for (const step of before.toReversed()) {
    if (step.kind === "read") continue;
    if (step.kind === "write" && step.path === "_") continue;
    if (step.kind !== "assign") return undefined;
    if (step.target !== name) continue;
    const value = step.value.kind === "other" ? step.value.parts[0] : step.value;
    if (value?.kind !== "call" || (step.value.kind === "other" && step.value.parts.length !== 1)) return undefined;
    return calls.find(({ start, end }) => start === value.start && end === value.end);
  }
  return undefined;
}

function outcomeOf({ text }: FactsAsked, site: CallSite, branch: BranchStep, name: string): Failure | undefined {
  const steps = branch.arms[0]?.steps ?? [];
  const exit = steps.at(-1);
  // Where more is decided, it depends on the failure.
  if (
    exit?.kind !== "return" ||
    steps.some(({ kind }) => kind !== "read" && kind !== "call" && kind !== "return" && kind !== "write")
  )
    return undefined;
  const given = exit.values.at(-1);
  if (!given) return undefined;
  const seen = seenOf(given, name);
  if (!seen) return undefined;
  const isSame = seen === "hidden" || seen === "replaced";
  return { site, seen, at: exit.start, ...(isSame && { looks: text.slice(exit.start, exit.end) }) };
}

function seenOf(value: Value, name: string): Failure["seen"] | undefined {
  if (value.kind === "literal" && value.type === "null") return "hidden";
  if (value.kind === "path") {
    if (value.path === name) return "passed";
    return /(?:^|\.)[eE]rr[A-Z]\w*$/.test(value.path) ? "replaced" : undefined;
  }
  if (value.kind !== "call") return undefined;
  const parts = value.arguments.flatMap((argument) => [...valuesWithin(argument)]);
  const mentions = parts.some((part) => (part.kind === "path" || part.kind === "call") && rootOf(part) === name);
  if (!/^(?:fmt\.Errorf|errors\.(?:New|Wrap|Wrapf|WithMessage|WithMessagef|WithStack))$/.test(value.callee))
    return undefined;
  if (mentions) return "wrapped";
  return value.arguments.every(({ kind }) => kind === "literal") ? "replaced" : undefined;
}

function rootOf(value: Extract<Value, { kind: "path" | "call" }>): string {
  return (value.kind === "path" ? value.path : value.callee).replace(/[.[(].*$/s, "");
}

function mayGiveError({ model, linked }: FactsAsked, { index }: CallSite): boolean {
  const [id, ...others] = linked.links.calls[index]?.functions ?? [];
  const callee = id === undefined || others.length > 0 ? undefined : model.functions.get(id);
  const fn = callee && model.files.get(callee.path)?.functions[callee.index];
  return fn?.results.length === 1 && fn.results[0] === "error";
}

function hasRecover(steps: readonly Step[]): boolean {
  return steps.some(
    (step) =>
      step.kind === "defer" &&
      stepsInside(step)
        .flat()
        .some(({ kind }) => kind === "lambda" || kind === "write" || kind === "assign"),
  );
}

// --- Python, TypeScript, Java: errors are raised ---

const broad = /^(?:(?:builtins\.)?(?:Base)?Exception|(?:java\.lang\.)?(?:Exception|Throwable))$/;

function raisedErrors(asked: FactsAsked, calls: readonly CallSite[]): Failure[] {
  return calls.flatMap((site): Failure | Failure[] => {
    if (!isRaisedHere(asked, site)) return [];
    if (site.tries.length === 0) return { site, seen: "passed", at: site.start };
    const around = site.tries.at(-1) as TryStep;
    const [arm, ...others] = around.catches;
    if (
      site.tries.length > 1 ||
      !arm ||
      others.length > 0 ||
      !(arm.types.length === 0 || arm.types.every((type) => broad.test(type)))
    )
      return [];
    if (leaves(around.finally)) return [];
    const steps = arm.steps.filter(({ kind }) => kind !== "read");
    if (!steps.every(isQuiet)) return [];
    const exit = steps.at(-1);
    if (exit?.kind === "return" && !exit.values.every((value) => isFixed(value))) return [];
    const looks = exit?.kind === "return" ? asked.text.slice(exit.start, exit.end) : undefined;
    return { site, seen: "hidden", at: arm.start, ...(looks !== undefined && { looks }) };
  });
}

/** What cannot fail itself: telling of it, and giving back something fixed. */
function isQuiet(step: Step): boolean {
  if (step.kind === "return") return true;
  if (step.kind === "jump") return step.form === "continue" || step.form === "break";
  return step.kind === "call" && /(?:^|[._])(?:log\w*|console|LOG\w*)\.\w+$/i.test(step.callee);
}

function isFixed(value: Value): boolean {
  if (value.kind === "literal") return true;
  return value.kind === "composite" && value.parts.every(isFixed) && (value.keys ?? []).every(isFixed);
}

function leaves(steps: readonly Step[]): boolean {
  return steps.some(
    (step) => step.kind === "return" || step.kind === "throw" || step.kind === "jump" || stepsInside(step).some(leaves),
  );
}

/** Whether a failure of a call shows at the call: one that nobody waits for fails later, elsewhere. */
function isRaisedHere({ facts, fn, sites, text }: FactsAsked, site: CallSite): boolean {
  if (sites.some(({ callee }) => callee.startsWith(`${site.callee}().`))) return false;
  // What is handed to another call may be a task that runs there.
  const isArgument = sites.some((other) => other !== site && other.start <= site.start && site.end < other.end);
  if (isArgument || isSuppressed(fn.steps, site)) return false;
  if (isScript(facts.language))
    return site.awaited && !/\.(?:catch|then)\(/.test(text.slice(site.start, site.end + 12));
  return facts.language !== "python" || site.awaited || !fn.modifiers.includes("async");
}

function isSuppressed(steps: readonly Step[], site: CallSite): boolean {
  let isInside = false;
  walkSteps(steps, (step) => {
    if (step.kind === "scope" && step.form === "with" && step.start <= site.start && site.start < step.end)
      isInside = true;
  });
  return isInside;
}
