import type { ParameterFacts } from "../../model/facts";
import type { AccessFlow, Flow } from "../../model/fileSummary";
import { effectsOfCall } from "../../model/graph/graphFunction";
import { holdsDuring, lockAnalysis } from "../../model/graph/lockAnalysis";
import type { FunctionId } from "../../model/link/links";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import { type BlockedOperation, blockingKinds, stepsNow } from "./blockedOperations";
import { isForeign } from "./operation/knownCalls";
import { isConditional } from "./waysThrough";

/** Whether a function takes a lock for a look at what is in memory: nothing slow is seen, and nothing handed over is run. */
export function isBrief(model: WorkspaceModel, id: FunctionId, lock: string): boolean {
  const linked = model.functions.get(id);
  if (!linked) return false;
  const sections = sectionsUnder(model, linked, lock);
  return (
    sections.some(({ linked: inside, step }) => touchesMemory(inside, step)) &&
    sections.every(({ linked: inside, step }) => isQuick(model, inside, step))
  );
}

/**
 * Whether all that a function does under a lock is to give fields a value: it hands something in, or drops what is there,
 * and nobody waits for that.
 */
export function isOnlySetUnder(model: WorkspaceModel, id: FunctionId, lock: string): boolean {
  const linked = model.functions.get(id);
  const accesses = linked ? sectionsUnder(model, linked, lock).filter(({ step }) => isAccess(step)) : [];
  return (
    accesses.length > 0 &&
    accesses.every(({ linked: { path, index }, step }) => {
      const written =
        isAccess(step) && step.kind === "write" ? functionAt(model, { path, index })?.fn.writes[step.index] : undefined;
      return written !== undefined && !written.includes("[");
    })
  );
}

function isAccess(step: Flow): step is AccessFlow {
  return typeof step !== "number" && (step.kind === "read" || step.kind === "write");
}

interface StepUnder {
  linked: LinkedFunction;
  step: Flow;
}

/** What a function does while it holds a lock, and what is done in the functions that it hands over to be run so. */
function sectionsUnder(model: WorkspaceModel, linked: LinkedFunction, lock: string): StepUnder[] {
  const held = lockAnalysis(model).regionsOf(linked.id)?.held ?? [];
  const own = held.flatMap(({ step, mayHold }) =>
    mayHold.some((other) => other.lock === lock) ? { linked, step } : [],
  );
  const handed = linked.edges.flatMap(({ call, callee }) => {
    const inner = model.functions.get(callee);
    if (!inner || !holdsDuring(model, linked, call, callee).some((other) => other.lock === lock)) return [];
    const fn = functionAt(model, inner)?.fn;
    const steps = stepsNow(fn?.flow ?? []).map((step) => ({ linked: inner, step }));
    // Of functions that touch no locks themselves only the calls are kept in order.
    return (fn?.reads.length ?? 0) + (fn?.writes.length ?? 0) > 0
      ? [...steps, { linked: inner, step: anyAccess }]
      : steps;
  });
  return [...own, ...handed];
}

const anyAccess: Flow = { kind: "read", index: -1, start: -1 };

function touchesMemory({ links }: LinkedFunction, step: Flow): boolean {
  if (typeof step !== "number") return isAccess(step);
  return !links.lockOperations.has(step);
}

/** What others have registered is most often short, however wrong it may go. */
const slow: ReadonlySet<string> = new Set(blockingKinds.filter((kind) => kind !== "callback"));

function isQuick(model: WorkspaceModel, linked: LinkedFunction, step: Flow): boolean {
  if (typeof step !== "number") return step.kind !== "channel";
  const target = linked.links.calls[step];
  if (!target || linked.links.lockOperations.has(step)) return true;
  const fn = functionAt(model, linked)?.fn;
  const call = fn?.calls[step];
  const isUnknown = target.functions.length === 0 && !target.external;
  // What somebody handed in may do anything.
  if (fn?.parameters.some(({ name }) => name === call?.callee)) return false;
  if (isUnknown && /^<func#\d+@\d+>/.test(call?.origin ?? call?.callee ?? "")) return false;
  if (asks.test(call?.callee ?? "") && (target.alternatives || target.functions.length > 1)) return true;
  if (target.alternatives || (target.external && !isKnownQuick(target.external))) return false;
  return !effectsOfCall(model, linked, step).some(({ kind }) => slow.has(kind));
}

/** What is asked so answers from memory, whatever stands behind the interface. */
const asks = /\.(?:get_?)?(?:name|id|key|string|len|length|size|type|path|hash_?code|equals)$|\.(?:is|has)_?[A-Z]\w*$/i;
const measuresOrLogs =
  /log|zap|metric|prometheus|micrometer|telemetry|atomic|errors|collect|commons|guava|google\.common/i;
const runsWhatever = /^java\.util\.function$/;

/** Of other libraries, only what is there for a look. */
function isKnownQuick(external: { module: string }): boolean {
  return !runsWhatever.test(external.module) && (!isForeign(external) || measuresOrLogs.test(external.module));
}

/** Whether what blocks is behind a condition in plain view: most of the time the function only looks whether it has to. */
export function isMostlyBrief(model: WorkspaceModel, operations: readonly BlockedOperation[]): boolean {
  return operations.every(({ chain }) => chain.slice(0, 2).some((place) => isConditional(model, place)));
}

/** Who asks for a thing that may be there already. */
const fetches = /^_*(?:[gG]et|[fF]ind|[fF]etch|[lL]oad|[lL]ook_?[uU]p|[rR]esolve|[rR]ead)(?![a-z])/;
const looksUp = /\.(?:get|has|contains|contains_?key|compute_?if_?absent|get_?if_?present|load)$/i;

/** Whether a parameter is what contents are read into. */
export function isBuffer({ type = "" }: ParameterFacts): boolean {
  return /^(?:\[\]byte|byte\[\]|(?:[\w.]+\.)?ByteBuffer|bytearray|memoryview)$/.test(type);
}

/** Whether a function looks for one of many things by its key: who finds what it wants waits for whoever has to get his. */
export function isLookup(model: WorkspaceModel, id: FunctionId): boolean {
  const linked = model.functions.get(id);
  const fn = linked && functionAt(model, linked)?.fn;
  if (!fn || !fetches.test(fn.name)) return false;
  // What fills a buffer goes on where it was, whatever is there.
  if (/^_*read/i.test(fn.name) && fn.parameters.some(isBuffer)) return false;
  const { calls, reads } = fn;
  return (
    reads.some((path) => path.includes("[]")) ||
    calls.some(({ callee, arguments: given }) => given.length > 0 && looksUp.test(callee))
  );
}
