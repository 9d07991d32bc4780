import type { Flow, FunctionSummary } from "../../model/fileSummary";
import { isChannelFlow } from "../../model/graph/effects";
import type { Effect } from "../../model/graph/functionEffects";
import type { Holding } from "../../model/graph/heldLocks";
import type { EffectPlace } from "../../model/graph/witness";
import { functionAt, linkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import type { BlockedOperation, Site } from "./blockedOperations";
import { deferredCalls } from "./waysThrough";

/** `cancel()`, `close(done)`, `self._stop.set()`, `w.done.Break()`, `thread.interrupt()` */
const tellsToStop =
  /(?:^|[._])cancel(?:f(?:n|unc)?|all)?$|^close$|(?:stop|quit|exit|done|shut_?down|cancel|clos)\w*\.(?:set|break|trip)$|\.(?:interrupt|shutdown_?now)$/i;

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
  if (!isHere && kind !== "channel" && !isNear && !waitsForThread.test(effect.detail)) return false;
  const at = isHere ? span.start : waitedAt(place.fn, effect);
  const deferred = deferredCalls(place.fn.flow);
  const isTold = place.fn.calls.some(
    ({ callee, start }, call) =>
      start < at && (tellsToStop.test(callee) || (!isHere && endsThread.test(callee))) && !deferred.has(call),
  );
  return isTold && ![site, place].some((from) => isWantedByStarted(model, from, { lock, detail: effect.detail }));
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
  { lock, detail }: { lock: string; detail: string },
): boolean {
  const started = file.functions.flatMap(
    (_, i) =>
      linkedFunction(model, file, i)?.edges.flatMap(({ callee, runs }) => (runs === "later" ? callee : [])) ?? [],
  );
  return started.some((id) => {
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
