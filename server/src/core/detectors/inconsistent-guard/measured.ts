import type { Span } from "../../base/text";
import { type Flow, type FunctionSummary, flowsInside, type LoopFlow } from "../../model/fileSummary";
import { callersOf } from "../../model/graph/callersOf";
import { type FieldAccess, isHeld } from "../../model/graph/fieldAccesses";
import type { GuardedField } from "../../model/graph/guards";
import { lockAnalysis } from "../../model/graph/lockAnalysis";
import type { FunctionId } from "../../model/link/links";
import { functionAt, type WorkspaceModel } from "../../model/workspaceModel";
import { comparisonsWithNil, isListed, isSetToNil } from "./fieldNotes";
import type { Unguarded } from "./uses";

/** Whether a loop goes over a collection, or over the keys or values of one. */
export function isIterated(access: FieldAccess): boolean {
  const { fn, path, file } = access;
  return (
    isListed(access) ||
    hasLoop(fn.flow, ({ over }) => over?.replace(ofView, "") === path) ||
    (file.language === "python" && views.some((view) => isComprehended(fn, `${path}.${view}`)))
  );
}

/** What shows a dictionary as it is at the moment. */
const views = ["items", "values", "keys"];
const ofView = new RegExp(`\\.(?:${[...views, "entrySet", "keySet"].join("|")})\\(\\)$`);

/** Whether a view of a dictionary is asked for, and not handed to a call as it is: `list(d.items())` is one step. */
function isComprehended({ calls }: FunctionSummary, asked: string): boolean {
  return calls.some(
    ({ callee, origin = callee, start }) =>
      origin === asked &&
      !calls.some((around) => around.start < start && start < around.end && around.arguments.includes(`${asked}()`)),
  );
}

function hasLoop(flow: readonly Flow[], isMeant: (loop: LoopFlow) => boolean): boolean {
  return flow.some((node) => {
    if (typeof node === "number") return false;
    if (node.kind === "loop" && isMeant(node)) return true;
    return flowsInside(node).some((inner) => hasLoop(inner, isMeant));
  });
}

/** Whether nothing is asked of a Java collection but how much it holds; of a getter, by those who call it. */
export function isOnlyMeasured(model: WorkspaceModel, access: FieldAccess): boolean {
  const { fn, path, start } = access;
  const asked = fn.calls.flatMap(({ callee, origin = callee, start: from, end }) =>
    from <= start && start < end && origin.startsWith(`${path}.`) ? origin.slice(path.length + 1) : [],
  );
  if (asked.length > 0) return asked.every(measures);
  return fn.calls.length === 0 && /^get[A-Z]/.test(fn.name) && isOnlyMeasuredByCallers(model, access);
}

function measures(method: string): boolean {
  return method === "size" || method === "isEmpty";
}

/** Whether each call of a getter that is neither kept nor compared is followed by a question for the size. */
function isOnlyMeasuredByCallers(model: WorkspaceModel, { linked, fn }: FieldAccess): boolean {
  const asked = callersOf(model, linked).flatMap(({ linked: caller }) => {
    const calls = functionAt(model, caller)?.fn.calls ?? [];
    const answer = new RegExp(`\\b${fn.name}\\(\\)\\.(.+)$`);
    const got = calls.filter(({ callee }) => callee.endsWith(`.${fn.name}`)).length;
    const used = calls.flatMap(({ callee }) => answer.exec(callee)?.[1] ?? []);
    return used.length > 0 && got > 0 ? used : [""];
  });
  return asked.length > 0 && asked.every(measures);
}

/** Whether all that a function asks a Go collection without its lock is how long it is, or whether it is there. */
export function isOnlyAskedFor(model: WorkspaceModel, { accesses, lock }: GuardedField, access: FieldAccess): boolean {
  const { fn, file, linked, path } = access;
  if (file.language !== "go" || access.kind === "write") return false;
  const regions = lockAnalysis(model).regionsOf(linked.id);
  const isUnderLock = (step: Flow) => regions?.at(step).holds.some((held) => held.lock === lock) ?? false;
  // A loop over it, or one that goes on as long as it is long.
  const depends = (loop: LoopFlow) =>
    (loop.over === path || loop.test?.includes(`.${lastMember(path)})`) === true) && !isUnderLock(loop);
  if (hasLoop(fn.flow, depends)) return false;
  const given = fn.calls.filter((site, i) => site.arguments.includes(path) && !isUnderLock(i));
  // Elements of it go by other paths.
  const own = accesses.filter((other) => other.linked.id === linked.id && !isHeld(lock, other.mayHold, other.kind));
  // What is answered stays true where nobody takes it away again.
  const isKnownForGood = own.length <= comparisonsWithNil(access) && !accesses.some(isSetToNil);
  const isTested = isComparedWithNil(fn.flow, path) || isKnownForGood;
  return (
    given.every(({ callee }) => callee === "len" || callee === "cap") &&
    own.every(({ path: used, start }) => used === path && (isTested || given.some((site) => isIn(site, start))))
  );
}

function isIn({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset < end;
}

function isComparedWithNil(flow: readonly Flow[], path: string): boolean {
  return flow.some((node) => {
    if (typeof node === "number") return false;
    const test = node.kind === "branch" ? /^[\w.]*\.(\w+) [!=]= nil$/.exec(node.test ?? "") : null;
    return test?.[1] === lastMember(path) || flowsInside(node).some((inner) => isComparedWithNil(inner, path));
  });
}

function lastMember(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

/** What a function uses without the lock, but for what it has got under it. */
function unguardedIn(accesses: readonly FieldAccess[], lock: string, id: FunctionId): FieldAccess[] {
  return accesses.filter(
    ({ linked, kind, mayHold, got }) =>
      linked.id === id && !isHeld(lock, mayHold, kind) && !got?.mayHold?.some((held) => held.lock === lock),
  );
}

const tells =
  /(?:^|\.)(?:[A-Z]\w*(?:Exception|Error)|(?:log|logger|logging|console)\.\w+|fmt\.Errorf|errors\.\w+|Err[A-Z]\w*\.\w+)$/i;

/** Whether all that a function reads of a field without its lock goes into what it logs or throws, but at one place. */
export function isOnlyTold({ guarded: { accesses, lock }, sharing, access }: Unguarded, but?: number): boolean {
  const { linked, fn, file } = access;
  // A Go map that is printed while it is written ends the process as well.
  if (file.language === "go" && sharing === "collection") return false;
  const messages = fn.calls.filter(
    ({ callee }, i) => linked.links.calls[i]?.entry?.role === "log" || tells.test(callee),
  );
  const own = unguardedIn(accesses, lock, linked.id);
  return own.every(
    ({ kind, start }) => kind === "read" && (start === but || messages.some((site) => isIn(site, start))),
  );
}
