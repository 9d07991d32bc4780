import type { FileSummary, Flow, FunctionSummary } from "../../../model/fileSummary";
import { isChannelFlow } from "../../../model/graph/effects";
import type { Effect } from "../../../model/graph/functionEffects";
import type { Holding } from "../../../model/graph/heldLocks";
import { isDeferred } from "../../../model/graph/stepsAround";
import type { EffectPlace } from "../../../model/graph/witness";
import type { FunctionId } from "../../../model/link/links";
import { functionAt, type LinkedFunction, linkedFunction, type WorkspaceModel } from "../../../model/workspaceModel";
import type { BlockedOperation, Site } from "../blockedOperations";
import { isKnownCall, takesLong } from "./knownCalls";

/** `cancel()`, `runCancel()`, `close(done)`, `self._stop.set()`, `thread.interrupt()` */
const tellsToStop =
  /cancel(?:f(?:n|unc)?|all)?$|^close$|(?:stop|quit|exit|done|shut_?down|cancel|clos)\w*\.set$|\.(?:interrupt|shutdown_?now)$/i;

/** What ends a thread or a scheduler for good: whoever waits for one behind calls has told it so. */
const endsThread = /\.(?:halt|interrupt|shutdown(?:_?now)?|cancel|stop)$/i;
const waitsForThread = /join|awaitTermination/i;
const waitsForGroup = /WaitGroup/;

/**
 * Whether a function waits for what it has told to end just before: that is over soon, unless something that was started
 * beside it wants the lock, too. Behind several calls a wait group does not count: what it waits for may be much.
 */
export function isToldToStop(
  model: WorkspaceModel,
  { site, span, kind, chain }: BlockedOperation,
  { lock }: Holding,
): boolean {
  const { linked, effect } = chain.at(-1) as EffectPlace;
  const place = functionAt(model, linked);
  if (!place || (kind === "channel" && !effect.detail.startsWith("receive "))) return false;
  const isHere = chain.length === 1;
  const isNear = chain.length === 2 && waitsForGroup.test(effect.detail);
  const isCounted = isHere || kind === "channel" || isNear || waitsForThread.test(effect.detail);
  if (!isCounted && !(waitsForGroup.test(effect.detail) && startsOnlyRelays(model, place))) return false;
  const at = isHere ? span.start : waitedAt(place.fn, effect);
  const { calls, flow } = place.fn;
  const isTold = calls.some(
    ({ callee, start }, call) =>
      start < at &&
      (tellsToStop.test(callee) || (!isHere && endsThread.test(callee)) || closesChannel(model, linked, call)) &&
      !isDeferred(flow, call),
  );
  return isTold && ![site, place].some((from) => isWantedByStarted(model, from, { lock, detail: effect.detail, site }));
}

/** Whether a call runs a function that does no more than to close a channel: `fuse.Break()`. */
function closesChannel(model: WorkspaceModel, { links }: LinkedFunction, call: number): boolean {
  return (links.calls[call]?.functions ?? []).some((id) => {
    const callee = model.functions.get(id);
    const calls = (callee && functionAt(model, callee)?.fn.calls) ?? [];
    return calls.length > 0 && calls.every(({ callee: name }) => name === "close");
  });
}

/** Whether all that a file starts only hands on between channels and in memory: told to end, it has ended. */
function startsOnlyRelays(model: WorkspaceModel, { file }: Pick<Site, "file">): boolean {
  const started = startedIn(model, file).flatMap((id) => model.functions.get(id) ?? []);
  return started.length > 0 && started.every((linked) => isRelay(model, linked));
}

function isRelay(model: WorkspaceModel, linked: LinkedFunction): boolean {
  const { links, effects } = linked;
  const calls = functionAt(model, linked)?.fn.calls ?? [];
  const isKnown = links.calls.every((target, i) => isKnownCall(target, calls[i]));
  return isKnown && effects.effects.every(({ kind }) => !takesLong.has(kind));
}

function startedIn(model: WorkspaceModel, file: FileSummary): FunctionId[] {
  return file.functions.flatMap(
    (_, i) =>
      linkedFunction(model, file, i)?.edges.flatMap(({ callee, runs }) => (runs === "later" ? callee : [])) ?? [],
  );
}

function waitedAt({ calls, flow }: FunctionSummary, { call, detail }: Effect): number {
  const called = calls[call];
  if (called) return called.start;
  const receives = (node: Flow) => isChannelFlow(node) && `${node.form} ${node.path}` === detail;
  const received = flow.find(receives);
  return typeof received === "object" && "start" in received ? received.start : 0;
}

/** Who says that it has ended, which `ctx.Done()` does not; a thread that is waited for need not say so. */
const signals = /(?:^|(?<!ctx|context|context\(\))\.)(?:done|close|set|countDown|release)$/i;

/** Whether something that a function of the same file starts, and that may be what is waited for, comes to a lock. */
function isWantedByStarted(
  model: WorkspaceModel,
  { file }: Pick<Site, "file">,
  { lock, detail, site }: { lock: string; detail: string; site: Pick<Site, "linked"> },
): boolean {
  return startedIn(model, file).some((id) => {
    // Nobody waits for himself.
    if (id === site.linked.id) return false;
    const linked = model.functions.get(id);
    const calls = (linked && functionAt(model, linked)?.fn.calls) ?? [];
    if (!waitsForThread.test(detail) && !calls.some(({ callee }) => signals.test(callee))) return false;
    return linked?.effects.effects.some((effect) => effect.kind === "acquire" && effect.detail === lock);
  });
}

/** Whether a function has waited for the goroutines or threads of an object before it takes the object's lock. */
export function hasWaitedBefore({ linked, fn }: Site, lock: Holding): boolean {
  const taken = fn.calls[lock.call];
  const owner = taken && /^(\w+)\./.exec(taken.callee)?.[1];
  if (!taken || owner === undefined) return false;
  return fn.calls.some(
    ({ callee, start }, call) =>
      start < taken.start &&
      callee.startsWith(`${owner}.`) &&
      linked.links.calls[call]?.entry?.role === "wait" &&
      fn.flow.includes(call),
  );
}
