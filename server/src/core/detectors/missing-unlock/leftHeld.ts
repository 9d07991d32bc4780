import { code } from "../../base/markdown";
import { lineAt, rangeOf, type Span } from "../../base/text";
import { type Flow, flowsInside } from "../../model/fileSummary";
import type { FindingFix, WitnessStep } from "../../model/finding";
import { isOfFile } from "../../model/graph/acquisitions";
import { memberName } from "../../model/graph/effectText";
import { graphFunction } from "../../model/graph/graphFunction";
import { type Holding, lockSeenBy } from "../../model/graph/heldLocks";
import type { LockingFunction } from "../../model/graph/lockAnalysis";
import type { Departure } from "../../model/graph/lockWalk";
import { takenStep } from "../../model/graph/lockWitness";
import { stepAt } from "../../model/graph/witness";
import type { WorkspaceModel } from "../../model/workspaceModel";
import type { DetectorFinding } from "../detector";
import { isOfElements } from "./elementLocks";
import { isAbout, type LocksHandedOn } from "./handedOn";
import { isKeptInObject, isOfObjectDropped, notesOf } from "./keptInObjects";
import { isLikelyThrowing, isNeverThrowing } from "./throwing";

const maxSteps = 3;

/** A lock that a function takes, and the ways out on which it is still held. */
interface LeftHeld {
  lock: Holding;
  /** By returning or by coming to an end. */
  returns: Departure[];
  throws: Departure[];
  /** By an exception that a call raised. */
  raises: Departure[];
  /** Calls of the function that release it. */
  releases: number[];
}

/** Locks that are still held on some way out of a function, and should not be. */
export function leftHeld(model: WorkspaceModel, locked: LockingFunction, handedOn: LocksHandedOn): DetectorFinding[] {
  if (locked.regions.leaves.length === 0) return [];
  return locksLeft(model, locked).flatMap(
    (left) => findingOf(model, locked, withoutGivenBack(locked, left, handedOn), handedOn) ?? [],
  );
}

/** Without the ways out behind the call whose result gives the lock back. */
function withoutGivenBack(locked: LockingFunction, left: LeftHeld, handedOn: LocksHandedOn): LeftHeld {
  const from = handedOn.releasedByResultOf(locked, left.lock);
  if (from === undefined) return left;
  const isBefore = ({ node }: Departure) => node !== undefined && node.start < from;
  return { ...left, returns: left.returns.filter(isBefore), throws: left.throws.filter(isBefore), raises: [] };
}

function locksLeft(model: WorkspaceModel, locked: LockingFunction): LeftHeld[] {
  const byAcquisition = new Map<string, LeftHeld>();
  for (const departure of locked.regions.leaves) {
    for (const lock of departure.held) {
      if (lock.kind === "semaphore" || lock.call < 0 || isUncertain(locked, lock)) continue;
      if (lock.callee !== undefined && isInArmOf(locked.fn.flow, lock.call, departure.node)) continue;
      const key = `${lock.call} ${lock.lock}`;
      let left = byAcquisition.get(key);
      if (!left) {
        left = { lock, returns: [], throws: [], raises: [], releases: releasesOf(model, locked, lock) };
        byAcquisition.set(key, left);
      }
      if (departure.raisedBy !== undefined) left.raises.push(departure);
      else if (departure.node?.form === "throw") left.throws.push(departure);
      else left.returns.push(departure);
    }
  }
  return [...byAcquisition.values()];
}

/** Whether a step is reached by what a call answers: one that takes a lock says by that whether it has got it. */
function isInArmOf(flow: readonly Flow[], call: number, step: Flow | undefined): boolean {
  return flow.some((node) => {
    if (typeof node === "number") return false;
    const inside = flowsInside(node);
    const isDecided = node.kind === "branch" && node.call === call;
    return inside.some((steps) => (isDecided ? holdsStep(steps, step) : isInArmOf(steps, call, step)));
  });
}

function holdsStep(flow: readonly Flow[], step: Flow | undefined): boolean {
  return flow.some(
    (node) => node === step || (typeof node === "object" && flowsInside(node).some((inner) => holdsStep(inner, step))),
  );
}

/** Whether a callee takes a lock that only its own locals name, or is one of several that may be called. */
function isUncertain({ linked, file }: LockingFunction, { call, callee, lock }: Holding): boolean {
  if (callee === undefined) return false;
  const isLocalElsewhere = lock.includes("#") && !lock.startsWith(`${file.path}#`);
  return isLocalElsewhere || (linked.links.calls[call]?.functions.length ?? 0) > 1;
}

/** The calls of a function that release a lock, themselves or through what they call. */
function releasesOf(model: WorkspaceModel, { linked }: LockingFunction, lock: Holding): number[] {
  const isIt = isAbout(lock);
  const calls = new Set<number>();
  for (const [call, operation] of linked.links.lockOperations)
    if (operation.action === "release" && isIt(operation)) calls.add(call);
  const fn = graphFunction(model, linked);
  for (const { call, callee, runs } of linked.edges) {
    if (runs !== "now") continue;
    const { releases = [] } = model.functions.get(callee)?.effects ?? {};
    if (releases.some((released) => isIt(lockSeenBy(fn, call, callee, released)))) calls.add(call);
  }
  return [...calls].sort((a, b) => a - b);
}

function findingOf(
  model: WorkspaceModel,
  locked: LockingFunction,
  left: LeftHeld,
  handedOn: LocksHandedOn,
): DetectorFinding | undefined {
  const { lock, returns, throws, raises, releases } = left;
  if (isBarrier(locked, lock) || isKeptInObject(locked.fn, lock.call)) return undefined;
  if (isOfObjectDropped(model, locked, lock)) return undefined;
  if (isOfElements(locked.fn, lock.call, releases) || handedOn.isReleasedAround(locked, lock)) return undefined;
  if (releases.length === 0) {
    const isTaken = lock.callee === undefined || handedOn.takesForCallers(lock.callee, lock);
    const isKept =
      !isTaken ||
      isOwnLocal(locked, lock) ||
      endsProcess(locked) ||
      isSaidToStay(locked, lock) ||
      isOfWhatWasRemoved(locked, lock) ||
      isReleasedByFileName(locked, lock) ||
      handedOn.keeps(locked, lock, false) ||
      handedOn.isReleasedElsewhere(locked, lock);
    return returns.length === 0 || isKept ? undefined : neverReleased(model, locked, left);
  }
  if (isOneOfSeveral(locked, lock) || handedOn.keeps(locked, lock, isKeptWhenRefused(locked, left))) return undefined;
  if (isKeptToTheEnd(locked, left) && handedOn.isTakenForOthers(locked, lock)) return undefined;
  if (returns.length > 0) return leaks(model, locked, left, returns);
  if (throws.length > 0 && !endsHere(locked, throws)) return leaks(model, locked, left, throws);
  const likely = raises.filter(
    ({ raisedBy = -1 }) => !releases.includes(raisedBy) && !isNeverThrowing(model, locked, raisedBy),
  );
  return likely.length > 0 ? leaksByException(model, locked, { ...left, raises: likely }) : undefined;
}

const staysHeld =
  /\b(?:won['’]?t|will not|never|not|don['’]?t|without)\b[^.]{0,30}\b(?:releas\w*|unlock\w*|giv\w+ (?:it )?back)/i;

/** Whether a comment beside the call that takes a lock, or right above it, says that it stays held. */
function isSaidToStay({ file: { lineStarts, comments }, fn }: LockingFunction, { call }: Holding): boolean {
  const line = lineAt(lineStarts, fn.calls[call]?.start ?? 0);
  return comments.some(
    ({ start, text }) => staysHeld.test(text) && [line, line - 1].includes(lineAt(lineStarts, start)),
  );
}

/** Whether a lock is only held where the function leaves early and gives an error, `false` or nothing. */
function isKeptWhenRefused({ fn }: LockingFunction, { returns }: LeftHeld): boolean {
  const { refusals = [] } = notesOf(fn) ?? {};
  const refuses = ({ node }: Departure) => node?.form === "return" && refusals.includes(node.start);
  return returns.length > 0 && returns.every(refuses);
}

/** Whether a lock is only held where the function has come to its end, and not where it leaves before. */
function isKeptToTheEnd({ fn: { flow } }: LockingFunction, { returns, throws }: LeftHeld): boolean {
  return throws.length === 0 && returns.every(({ node }) => node === undefined || node === flow.at(-1));
}

/** Nothing is done under a lock that is the last thing a function takes: it waits for those who have it. */
function isBarrier({ fn }: LockingFunction, { call }: Holding): boolean {
  return isLastStep(fn.flow, call);
}

function isLastStep(flow: readonly Flow[], call: number): boolean {
  const last = flow.at(-1);
  return last === call || (typeof last === "object" && last.kind === "loop" && isLastStep(last.body, call));
}

/** Nobody waits for a lock any more once the process ends. */
function endsProcess({ linked }: LockingFunction): boolean {
  return linked.links.calls.some(
    ({ entry, external }) => entry?.role === "exit" && !/panic/i.test(external?.symbol ?? ""),
  );
}

/** A command that is given the words of a command line, and gives a status: `Run(args []string) int`. */
function isCommand({ fn: { parameters, results } }: LockingFunction): boolean {
  return parameters.length === 1 && parameters[0]?.type === "[]string" && results.length === 1 && results[0] === "int";
}

/** What was taken out of a map just before can be found by nobody else: `delete(boats, name); boat.mu.Lock()`. */
function isOfWhatWasRemoved({ file, fn }: LockingFunction, { call }: Holding): boolean {
  const taken = fn.calls[call];
  if (file.language !== "go" || !taken) return false;
  return fn.calls.some(({ callee, start }) => callee === "delete" && start < taken.start);
}

/** A local lock that is not taken in a function inside its own may go by another name where it is released. */
function isOwnLocal({ file, linked }: LockingFunction, { lock }: Holding): boolean {
  return lock.startsWith(`${file.path}#`) && !lock.startsWith(`${linked.id.replace(/\.[^.]*$/, "")}:`);
}

/** Released by another name than it was taken by: which variable is which object is not known. */
function isOneOfSeveral({ linked }: LockingFunction, { lock, instance }: Holding): boolean {
  const operations = [...linked.links.lockOperations.values()].filter((operation) => operation.lock === lock);
  const taken = new Set(operations.flatMap((one) => (one.action === "acquire" ? (one.instance ?? "") : [])));
  return operations.some(
    (one) =>
      one.action === "release" && one.instance !== undefined && one.instance !== instance && !taken.has(one.instance),
  );
}

/** Released by a name that all the file knows, such as another one of the class that has the lock: `Mark.guard`. */
function isReleasedByFileName({ linked }: LockingFunction, { lock }: Holding): boolean {
  return [...linked.links.lockOperations.values()].some(
    (one) => one.action === "release" && one.lock === lock && isOfFile(one),
  );
}

function neverReleased(model: WorkspaceModel, locked: LockingFunction, { lock, returns }: LeftHeld): DetectorFinding {
  const fix = deferredUnlock(locked, lock);
  return {
    ...findingAt(locked, callSpan(locked, lock.call)),
    message: `Locks ${code(memberName(lock.lock))}, and nothing unlocks it.`,
    steps: [...takenStep(model, locked, lock), ...exitSteps(model, locked, returns)],
    rank: 3,
    lens: `Leaves ${memberName(lock.lock)} locked`,
    ...(fix && { fixes: [fix] }),
  };
}

function leaks(
  model: WorkspaceModel,
  locked: LockingFunction,
  { lock, releases }: LeftHeld,
  exits: readonly Departure[],
): DetectorFinding {
  const inOrder = [...exits].sort((a, b) => (a.node?.start ?? locked.fn.end) - (b.node?.start ?? locked.fn.end));
  const { node } = inOrder[0] as Departure;
  const name = code(memberName(lock.lock));
  const isPanic = node?.form === "throw" && locked.file.language === "go";
  const isProgram = isCommand(locked);
  const what = !node
    ? `Can end with ${name} still locked`
    : `${isPanic ? "Panics" : node.form === "throw" ? "Throws" : "Returns"} here with ${name} still locked`;
  return {
    ...findingAt(locked, node ? exitSpan(locked, node) : callSpan(locked, lock.call)),
    message: `${what}; other ways unlock it.`,
    steps: [
      ...takenStep(model, locked, lock),
      ...releaseSteps(model, locked, releases),
      ...exitSteps(model, locked, inOrder),
    ],
    rank: node?.form === "throw" ? 2 : 3,
    ...(isProgram && { mild: "The program ends with it: what it returns is an exit status." }),
    ...(isPanic && endsProgram(locked) && { mild: "A panic ends the program, unless somebody recovers from it." }),
    ...(isPanic && isAssertion(locked, node) && { mild: "What it says is that this place is never reached." }),
    lens: `Leaves ${memberName(lock.lock)} locked on one way out`,
  };
}

/** Whether a panic that ends the program says that its place is never reached. */
function endsHere(locked: LockingFunction, throws: readonly Departure[]): boolean {
  return endsProgram(locked) && throws.every(({ node }) => node !== undefined && isAssertion(locked, node));
}

/** A panic ends the program, except where the server of a handler recovers from it. */
function endsProgram({ file, linked }: LockingFunction): boolean {
  return file.language === "go" && !linked.reachedFrom.some(({ kind }) => kind === "handler");
}

/** Whether a panic says that its place is never reached: `panic("unreachable")`. */
function isAssertion({ fn }: LockingFunction, { start }: { start: number }): boolean {
  const said = fn.calls.find((call) => call.start === start)?.arguments[0] ?? "";
  return /unreach|not reached|impossible|never|should (?:not|n't)|can(?:not|'t) happen|\bbug\b|invariant|unexpected|unknown|unhandled|invalid|assert/i.test(
    said,
  );
}

function leaksByException(
  model: WorkspaceModel,
  locked: LockingFunction,
  { lock, raises, releases }: LeftHeld,
): DetectorFinding {
  const name = code(memberName(lock.lock));
  const { language } = locked.file;
  const calls = [...new Set(raises.map(({ raisedBy }) => raisedBy as number))].sort((a, b) => a - b);
  const likely = language === "python" ? calls[0] : calls.find((call) => isLikelyThrowing(model, locked, call));
  const first = likely ?? (calls[0] as number);
  const raise = language === "python" ? "raises" : "throws";
  const instead = language === "python" ? "`with` or `finally`" : "`finally`";
  const callee = locked.fn.calls[first]?.callee ?? "";
  return {
    ...findingAt(locked, callSpan(locked, lock.call)),
    message: `${name} stays locked when ${code(callee)} ${raise}${likely === undefined ? ", which it seldom does" : ""}: it is unlocked without ${instead}.`,
    steps: [
      ...takenStep(model, locked, lock),
      ...throwSteps(model, locked, first, raise),
      ...releaseSteps(model, locked, releases),
    ],
    rank: 1,
    ...((language === "python" || likely === undefined) && { atMost: "info" as const }),
  };
}

function findingAt({ file, fn }: LockingFunction, span: Span): Pick<DetectorFinding, "path" | "range" | "symbol"> {
  return { path: file.path, range: rangeOf(file.lineStarts, span), symbol: fn.symbol };
}

function callSpan({ fn }: LockingFunction, call: number): Span {
  return fn.calls[call] ?? fn.nameSpan;
}

function exitSpan({ fn, file }: LockingFunction, { form, start }: NonNullable<Departure["node"]>): Span {
  const panic = fn.calls.find((call) => call.start === start);
  const keyword = form === "return" ? "return" : file.language === "python" ? "raise" : "throw";
  return panic ?? { start, end: start + keyword.length };
}

function exitSteps(model: WorkspaceModel, locked: LockingFunction, exits: readonly Departure[]): WitnessStep[] {
  return exits.slice(0, maxSteps).flatMap(({ node }) => {
    const { end } = locked.fn;
    const span = node ? exitSpan(locked, node) : { start: end - 1, end };
    const words = !node ? "ends" : node.form === "return" ? "returns" : "leaves";
    return stepAt(model, locked.linked, span, `${words} with the lock held`) ?? [];
  });
}

function throwSteps(model: WorkspaceModel, locked: LockingFunction, call: number, raises: string): WitnessStep[] {
  const step = stepAt(model, locked.linked, callSpan(locked, call), `may ${raises.slice(0, -1)}`);
  return step ? [step] : [];
}

function releaseSteps(model: WorkspaceModel, locked: LockingFunction, releases: readonly number[]): WitnessStep[] {
  return releases
    .slice(0, maxSteps)
    .flatMap((call) => stepAt(model, locked.linked, callSpan(locked, call), "another way unlocks it") ?? []);
}

/** The line that defers the unlock; where a function takes a lock among its first statements and on a line of its own. */
function deferredUnlock({ file, fn, linked }: LockingFunction, { call }: Holding): FindingFix | undefined {
  const operation = linked.links.lockOperations.get(call);
  const site = fn.calls[call];
  const isPlain = file.language === "go" && operation && fn.flow.includes(call) && site?.callee.endsWith("Lock");
  if (!isPlain || !site) return undefined;
  const { start, end } = rangeOf(file.lineStarts, site);
  const next = file.lineStarts[end.line + 1];
  const lineStart = file.lineStarts[start.line] as number;
  const isAlone =
    fn.start < lineStart &&
    next !== undefined &&
    next < fn.end &&
    startsIn(fn.flow, fn.calls, lineStart, next).every((at) => at === site.start);
  if (!isAlone) return undefined;
  const unlock = site.callee.replace(/Lock$/, "Unlock");
  const place = { line: end.line + 1, character: 0 };
  return {
    title: `Defer ${unlock}()`,
    edits: [
      {
        path: file.path,
        range: { start: place, end: place },
        newText: `${"\t".repeat(start.character)}defer ${unlock}()\n`,
      },
    ],
  };
}

/** Where steps start between two offsets. */
function startsIn(flow: readonly Flow[], calls: readonly Span[], from: number, to: number): number[] {
  return flow.flatMap((node) => {
    if (typeof node !== "number" && node.kind !== "exit")
      return flowsInside(node).flatMap((inner) => startsIn(inner, calls, from, to));
    const start = typeof node === "number" ? (calls[node] as Span).start : node.start;
    return start >= from && start < to ? [start] : [];
  });
}
