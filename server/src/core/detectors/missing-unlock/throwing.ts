import type { CallSummary, FunctionSummary } from "../../model/fileSummary";
import { effectsOfCall } from "../../model/graph/graphFunction";
import type { LockingFunction } from "../../model/graph/lockAnalysis";
import { isScript } from "../../model/scripts";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";

type Calling = Pick<LockingFunction, "linked" | "fn">;

/** What only asks an object for a number or a flag, and an empty collection. */
const neverThrows =
  /(?:^|\.)(?:isEmpty|size|length|capacity|position|limit|remaining|hasRemaining|equals|hashCode|currentTimeMillis|nanoTime|currentThread|Thread\.currentThread\(\)\.getName)$/;
const collections =
  /^(?:java\.util\.)?(?:concurrent\.)?(?:ArrayList|LinkedList|ArrayDeque|Vector|(?:Linked|Concurrent)?Hash(?:Map|Set)|Tree(?:Map|Set)|PriorityQueue|CopyOnWriteArray(?:List|Set)|Atomic\w+|Object)$/;

/**
 * Methods of collections, of what counts or calculates, of a logger, and what only gives a part of an object; a key that
 * is `null` or an index out of range is a mistake of its own.
 */
const seldomThrows =
  /^Math\.\w+$|\.(?:readLock|writeLock|unlock|get|getOrDefault|put|putIfAbsent|add|addAll|remove|clear|contains(?:Key|Value)?|keySet|values|entrySet|iterator|incrementAndGet|getAndIncrement|set|offer|poll|peek|push|pop|append|toString|name|ordinal)$|\blog(?:ger)?\.\w+$/i;
/** `message.getPool()` */
const givesPart = /\.(?:get|is|has)[A-Z]\w*$/;

/** Of what JavaScript itself has: what reads text, and what waits for others. */
const throwsOfItself = /^(?:JSON|Promise|URL|RegExp|decodeURI\w*|structuredClone)\b/;

const maxDepth = 3;

/** Whether a call cannot throw as things stand: it takes a lock, makes an empty collection, or does nothing but that. */
export function isNeverThrowing(model: WorkspaceModel, calling: Calling, call: number): boolean {
  const { linked, fn } = calling;
  const { callee = "", arguments: given = [], accesses } = fn.calls[call] ?? {};
  if (neverThrows.test(callee)) return true;
  // A field, or what is no more than that.
  if (accesses) return bodiesOf(model, linked, call)?.every((body) => body.fn.calls.length === 0) === true;
  if ((linked.links.calls[call]?.functions ?? []).length === 0)
    return (
      linked.links.lockOperations.get(call)?.action === "acquire" || (given.length === 0 && collections.test(callee))
    );
  const bodies = bodiesOf(model, linked, call);
  // What calls nothing reads and calculates, which may well throw.
  return (
    bodies?.every((body) => body.fn.calls.length > 0 && body.fn.calls.every((_, i) => isOnlyTaking(body, i))) === true
  );
}

function isOnlyTaking({ linked }: Calling, call: number): boolean {
  return linked.links.lockOperations.get(call)?.action === "acquire";
}

/** Whether a call throws only by a mistake in itself: it is one of a collection, or of a function that calls no others. */
function isSeldomThrowing(model: WorkspaceModel, calling: Calling, call: number, depth = 0): boolean {
  const { linked, fn } = calling;
  const { functions = [], external } = linked.links.calls[call] ?? {};
  const language = model.files.get(linked.path)?.language;
  if (external?.module === "builtin" && language && isScript(language)) return !throwsOfItself.test(external.symbol);
  if (functions.length === 0) return isNeverThrowing(model, calling, call) || isPlain(fn.calls[call]);
  if (isPart(fn.calls[call])) return true;
  const bodies = depth === maxDepth ? undefined : bodiesOf(model, linked, call);
  return bodies?.every((body) => body.fn.calls.every((_, i) => isSeldomThrowing(model, body, i, depth + 1))) === true;
}

/** What waits or goes to the outside fails for reasons of its own; so does what says so with a statement. */
const failing: ReadonlySet<string> = new Set(["database", "network", "process", "file", "wait", "sleep"]);

/**
 * Whether a call may well throw. In Java that has to be seen, in what is called: a statement, or something that fails for
 * reasons outside the program. Of what JavaScript calls too little is known.
 */
export function isLikelyThrowing(model: WorkspaceModel, calling: Calling, call: number): boolean {
  if (isSeldomThrowing(model, calling, call)) return false;
  return model.files.get(calling.linked.path)?.language !== "java" || isSeenThrowing(model, calling, call, 0);
}

function isSeenThrowing(model: WorkspaceModel, calling: Calling, call: number, depth: number): boolean {
  if (effectsOfCall(model, calling.linked, call).some(({ kind }) => failing.has(kind))) return true;
  const bodies = bodiesOf(model, calling.linked, call);
  if (!bodies) return true;
  return (
    depth < maxDepth &&
    bodies.some((body) => body.fn.calls.some((_, inner) => isSeenThrowing(model, body, inner, depth + 1)))
  );
}

function isPlain(call: CallSummary | undefined): boolean {
  return isPart(call) || (call !== undefined && seldomThrows.test(call.callee));
}

function isPart(call: CallSummary | undefined): boolean {
  return call !== undefined && call.arguments.length === 0 && givesPart.test(call.callee);
}

/** What a call leads to, where none of it throws by a statement of its own. */
function bodiesOf(model: WorkspaceModel, { links }: LinkedFunction, call: number): Calling[] | undefined {
  const bodies = (links.calls[call]?.functions ?? []).map((id) => {
    const linked = model.functions.get(id);
    const fn: FunctionSummary | undefined = linked && functionAt(model, linked)?.fn;
    const isKnown = fn && fn.failures.throws.length === 0 && !fn.modifiers.includes("abstract");
    return linked && isKnown ? { linked, fn } : undefined;
  });
  return bodies.every((body) => body !== undefined) ? bodies : undefined;
}
