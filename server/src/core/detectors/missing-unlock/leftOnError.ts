import { code } from "../../base/markdown";
import { rangeOf, type Span } from "../../base/text";
import type { FunctionFacts, Step, Value } from "../../model/facts";
import { callsOf, type ExitFlow, type Flow, type FunctionSummary } from "../../model/fileSummary";
import { callersOf } from "../../model/graph/callersOf";
import { memberName } from "../../model/graph/effectText";
import type { Holding } from "../../model/graph/heldLocks";
import type { LockAnalysis, LockingFunction } from "../../model/graph/lockAnalysis";
import { takenStep } from "../../model/graph/lockWitness";
import { isDeferred, stepsAround } from "../../model/graph/stepsAround";
import { readableSymbol } from "../../model/graph/wayText";
import { stepAt } from "../../model/graph/witness";
import { walkSteps } from "../../model/walkSteps";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import type { DetectorFinding } from "../detector";

/** Where a Go function returns what is certainly an error: where these steps start. */
export function errorReturns({ steps, results }: FunctionFacts): number[] {
  if (results.at(-1) !== "error") return [];
  const found = new Set<number>();
  walkSteps(steps, (step) => {
    if (step.kind === "return" && isError(step)) found.add(step.start);
    const [arm] = step.kind === "branch" && step.form === "if" ? step.arms : [];
    const failed = step.kind === "branch" ? pathNotNil(step.condition) : undefined;
    const last = arm?.steps.at(-1);
    const given = last?.kind === "return" ? last.values.at(-1) : undefined;
    if (last && failed !== undefined && given?.kind === "path" && given.path === failed) found.add(last.start);
  });
  return [...found];
}

/** `return nil, err`, `return ErrGone`, `return fmt.Errorf("gone")`. */
function isError({ values }: Extract<Step, { kind: "return" }>): boolean {
  const given = values.at(-1);
  if (given?.kind === "call") return makesError.test(given.callee);
  if (given?.kind === "composite") return /Error$/.test(given.typeName ?? "");
  if (given?.kind !== "path") return false;
  const isNothingElse = values.length > 1 && values.slice(0, -1).every(isNil);
  return /(?:^|\.)[eE]rr[A-Z]\w*$/.test(given.path) || (isNothingElse && /^err$/.test(given.path));
}

const makesError = /(?:^|\.)(?:Errorf|Wrapf?|[nN]ew\w*Err(?:or)?\w*)$|^errors\.New$/;

function isNil(value: Value): boolean {
  return value.kind === "literal" && value.type === "null";
}

/** `err` of `err != nil`. */
function pathNotNil(condition: Value | undefined): string | undefined {
  if (condition?.kind !== "operation" || condition.operator !== "!=") return undefined;
  const [first, second] = condition.operands;
  return first?.kind === "path" && second && isNil(second) ? first.path : undefined;
}

/**
 * Locks that a function hands on to its callers, and with an error, too, though on an error none of them gives the lock
 * back.
 *
 * @param errors where the function returns an error
 */
export function leftOnError(
  model: WorkspaceModel,
  locked: LockingFunction,
  analysis: LockAnalysis,
  errors: readonly number[],
): DetectorFinding[] {
  const { file, fn, linked, regions } = locked;
  const isWithError = (node: ExitFlow | undefined) => node !== undefined && errors.includes(node.start);
  const returning = regions.leaves.filter(({ node, raisedBy }) => node?.form === "return" && raisedBy === undefined);
  const failing = returning.filter(({ node }) => isWithError(node));
  const first = failing.toSorted((a, b) => (a.node as ExitFlow).start - (b.node as ExitFlow).start)[0];
  const lock = first?.held.find(
    ({ call, kind, lock }) =>
      call >= 0 &&
      kind !== "semaphore" &&
      returning.some(({ node, held }) => !isWithError(node) && held.some((other) => other.lock === lock)),
  );
  const exits = lock ? exitsOfCallers(model, linked, analysis, lock) : [];
  const [exit] = exits;
  if (!first?.node || !lock || !exit) return [];
  const { start } = first.node;
  const span = { start, end: start + "return".length };
  const name = code(memberName(lock.lock));
  const steps = [
    ...takenStep(model, locked, lock),
    stepAt(model, linked, span, "returns an error with the lock held"),
    stepAt(
      model,
      exit.caller,
      exit.span,
      `${code(readableSymbol(exit.caller))} leaves on an error, and does not unlock it`,
    ),
    stepAt(model, exit.caller, exit.release, "unlocks it where there was none"),
  ];
  return [
    {
      path: file.path,
      range: rangeOf(file.lineStarts, span),
      symbol: fn.symbol,
      message: `Returns an error here with ${name} still locked; ${exits.length > 1 ? "all who call it" : "its caller"} only unlock${exits.length > 1 ? "" : "s"} it where there was no error.`,
      steps: steps.filter((step) => step !== undefined),
      rank: 3,
      lens: `Leaves ${memberName(lock.lock)} locked when it fails`,
    },
  ];
}

/** How a caller leaves when there was an error, and where it unlocks when there was none. */
interface ExitOfCaller {
  caller: LinkedFunction;
  span: Span;
  release: Span;
}

/** The exits of all callers outside tests; nothing where one of them does it otherwise. */
function exitsOfCallers(
  model: WorkspaceModel,
  linked: LinkedFunction,
  analysis: LockAnalysis,
  lock: Holding,
): ExitOfCaller[] {
  const exits = callersOf(model, linked).flatMap(({ linked: caller, edges }) =>
    edges.map(({ call, runs }) => {
      const exit = runs === "now" ? exitOnError(model, caller, call, lock) : undefined;
      // Where the lock is known to be held in the caller, that is told.
      const isTold = analysis
        .regionsOf(caller.id)
        ?.leaves.some(
          ({ node, held }) => node?.start === exit?.span.start && held.some((one) => one.lock === lock.lock),
        );
      return isTold ? undefined : exit;
    }),
  );
  return exits.every((exit) => exit !== undefined) ? exits : [];
}

function exitOnError(
  model: WorkspaceModel,
  caller: LinkedFunction,
  call: number,
  { lock }: Holding,
): ExitOfCaller | undefined {
  const fn = functionAt(model, caller)?.fn;
  const releases = [...caller.links.lockOperations].flatMap(([at, operation]) =>
    operation.action === "release" && operation.lock === lock ? at : [],
  );
  const exit = fn && exitBehind(fn, call);
  const release = releases.find((at) => at > call);
  const isReleasedAnyway = releases.some((at) => at < call && fn && isDeferred(fn.flow, at));
  if (!fn || !exit || release === undefined || isReleasedAnyway) return undefined;
  const isLetGo = callsOf(exit.arm).some(
    (at) =>
      releases.includes(at) || /(?:unlock|release|close|clean\w*|abort|rollback)$/i.test(fn.calls[at]?.callee ?? ""),
  );
  const { start } = exit.node;
  if (isLetGo) return undefined;
  return { caller, span: { start, end: start + "return".length }, release: fn.calls[release] as Span };
}

/** The exit of the first branch behind a call, where that asks for an error, with all that is done there. */
function exitBehind({ flow }: FunctionSummary, call: number): { node: ExitFlow; arm: readonly Flow[] } | undefined {
  const steps = stepsAround(flow, call).at(-1)?.inside ?? flow;
  const next = steps.slice(steps.indexOf(call) + 1).find((step) => typeof step === "number" || !passes.has(step.kind));
  if (typeof next !== "object" || next.kind !== "branch" || !/^\w*[eE]rr\w* != nil$/.test(next.test ?? ""))
    return undefined;
  const [arm = []] = next.arms;
  const last = arm.at(-1);
  return typeof last === "object" && last.kind === "exit" && last.form === "return" ? { node: last, arm } : undefined;
}

const passes: ReadonlySet<string> = new Set(["assign", "read", "write"]);
