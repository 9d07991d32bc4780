import type { Holding } from "../../model/graph/heldLocks";
import { functionAt, linkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import type { BlockedOperation, Site } from "./blockedOperations";
import { deferredCalls } from "./waysThrough";

/** `cancel()`, `close(done)`, `self._stop.set()`, `thread.interrupt()` */
const tellsToStop =
  /(?:^|[._])cancel(?:f(?:n|unc)?|all)?$|^close$|(?:stop|quit|exit|done|shut_?down|cancel|clos)\w*\.set$|\.(?:interrupt|shutdown_?now)$/i;

/**
 * Whether a function waits for what it has told to end just before: that is over soon, unless something that was started
 * beside it wants the lock, too.
 */
export function isToldToStop(
  model: WorkspaceModel,
  { site, span, kind, chain }: BlockedOperation,
  { lock }: Holding,
): boolean {
  if (chain.length > 1 || (kind === "channel" && !chain[0]?.effect.detail.startsWith("receive "))) return false;
  const deferred = deferredCalls(site.fn.flow);
  const isTold = site.fn.calls.some(
    ({ callee, start }, call) => start < span.start && tellsToStop.test(callee) && !deferred.has(call),
  );
  return isTold && !isWantedByStarted(model, site, { lock, detail: chain[0]?.effect.detail ?? "" });
}

/** Who says that it has ended, which `ctx.Done()` does not; a thread that is waited for need not say so. */
const signals = /(?:^|(?<!ctx|context|context\(\))\.)(?:done|close|set|countDown|release)$/i;
const waitsForThread = /join|awaitTermination/i;

/** Whether something that a function of the same file starts, and that may be what is waited for, comes to a lock. */
function isWantedByStarted(
  model: WorkspaceModel,
  { file }: Site,
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
