import { code } from "../../base/markdown";
import { type FileSummary, type Flow, flowsInside } from "../../model/fileSummary";
import { accessStep, functionText, rangeOfAccess } from "../../model/graph/accessText";
import { memberName } from "../../model/graph/effectText";
import { fieldDeclaration, type Sharing, sharingOf } from "../../model/graph/fieldTypes";
import { functionsAround } from "../../model/graph/graphFunction";
import { type FieldAccess, type GuardedField, guardedFields, isHeld } from "../../model/graph/guards";
import { lockAnalysis } from "../../model/graph/lockAnalysis";
import type { FunctionId } from "../../model/link/links";
import type { LinkedFunction, WorkspaceModel } from "../../model/workspaceModel";
import type { Detector, DetectorFinding } from "../detector";

/** Fewer functions that hold the lock than these are no habit. */
const fewestGuarded = { own: 2, other: 3 };

/** So many of the functions that use a field must hold its lock. */
const smallestShare = { own: 0.6, other: 0.75 };

export const inconsistentGuard: Detector<undefined> = {
  id: "inconsistent-guard",
  title: "Field used without its lock",
  defaultSeverity: "warning",
  options: {},
  docs: {
    whatItDoes:
      "Learns from the code which lock guards which field, and reports the functions that use the field without it. A lock guards a field when the field is written under it somewhere and most functions that use the field hold it; a lock in the same type comes first, one of a type that owns the object second. A write under a read lock counts as a write without the lock. Left out are constructors and what only they call, objects that the function has made or copied, atomics, channels, concurrent collections and volatile fields, functions all of whose callers hold the lock, functions whose name or comment says that the caller holds it, and functions inside others when nobody knows when they run. In Python only writes and loops over collections are reported, in TypeScript and JavaScript only writes: one thread runs there at a time.",
    whyIsThisBad:
      "A lock protects nothing from a function that does not take it. In Go a map that is read while another goroutine writes it ends the process; elsewhere a reader sees half a change, or an update is lost. Such a place is seldom found by tests, since both sides have to meet, and a fix of one place leaves the next one standing.",
    example: `func (s *Store) Put(id string, p *Player) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.players[id] = p
}

func (s *Store) Count() int {
	return len(s.players) // the only one that does not hold s.mu
}`,
    exampleLanguage: "go",
    instead: `func (s *Store) Count() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.players)
}`,
    knownMisses: [
      "A field that fewer than two functions use under its lock, or that most functions use without one.",
      "Which of two objects of one type is locked: `a.mu` counts for `b.field`.",
      "A function that some callers call with the lock and others without.",
      "Fields reached through functions, interfaces or reflection, and what comes after the first forty places a function reads.",
      "Objects that are set up in several functions before others get to know them are reported when these functions have no telling name.",
    ],
  },

  check(model) {
    return guardedFields(model).flatMap((guarded) => findingsFor(model, guarded));
  },
};

function findingsFor(model: WorkspaceModel, guarded: GuardedField): DetectorFinding[] {
  if (!isHabit(guarded)) return [];
  const declaration = fieldDeclaration(model, guarded.field);
  const sharing = declaration ? sharingOf(model, declaration) : "unknown";
  const findings: DetectorFinding[] = [];
  for (const [id, accesses] of unguardedByFunction(guarded)) {
    const access = accesses.find((one) => matters(guarded, sharing, one));
    if (access && !isExcused(model, guarded, id, access)) findings.push(findingOf(model, guarded, sharing, access));
  }
  return findings;
}

function isHabit({ isOwnLock, guarded, unguarded }: GuardedField): boolean {
  const kind = isOwnLock ? "own" : "other";
  const share = guarded.size / (guarded.size + unguarded.size);
  return unguarded.size > 0 && guarded.size >= fewestGuarded[kind] && share >= smallestShare[kind];
}

function unguardedByFunction(guarded: GuardedField): Map<FunctionId, FieldAccess[]> {
  const { lock, accesses } = guarded;
  const found = new Map<FunctionId, FieldAccess[]>();
  for (const access of accesses) {
    if (isHeld(lock, access.mayHold, access.kind) || access.mayHold.some((other) => other.lock !== lock)) continue;
    if (!guarded.isOwnLock && !isOfOwner(guarded, access)) continue;
    // What was got under the lock and is used behind it is told by another detector.
    if (access.got && (!access.got.holds || access.got.holds.some((other) => other.lock === lock))) continue;
    found.set(access.linked.id, [...(found.get(access.linked.id) ?? []), access]);
  }
  // A write tells more than a read.
  for (const list of found.values()) list.sort((a, b) => Number(b.kind === "write") - Number(a.kind === "write"));
  return found;
}

/** Behind a lock of another type, only what is reached from the object that has the lock is certainly the object it guards. */
function isOfOwner({ lock }: GuardedField, { path }: FieldAccess): boolean {
  const owner = lock.split(".").at(-2) ?? "";
  return new RegExp(`^<\\*?(?:\\w+\\.)?${owner}>\\.`).test(path);
}

/** Whether an access may meet one under the lock in a way that goes wrong. */
function matters(guarded: GuardedField, sharing: Sharing, access: FieldAccess): boolean {
  const { file, kind, linked } = access;
  if (file.language === "typescript" || file.language === "javascript") return kind === "write";
  // One bytecode at a time: reads of a single value are whole.
  if (file.language === "python") return kind === "write" || (sharing === "collection" && isIterated(access));
  return (
    kind === "write" ||
    guarded.accesses.some(
      (other) => other.kind === "write" && other.linked.id !== linked.id && isHeld(guarded.lock, other.holds, "write"),
    )
  );
}

function isIterated({ fn, path, start }: FieldAccess): boolean {
  return hasLoopOver(fn.flow, path, start);
}

function hasLoopOver(flow: readonly Flow[], path: string, start: number): boolean {
  return flow.some((node) => {
    if (typeof node === "number") return false;
    if (node.kind === "loop" && node.over?.replace(/\.(?:items|values|keys)\(\)$/, "") === path) return true;
    return flowsInside(node).some((inner) => hasLoopOver(inner, path, start));
  });
}

const callerHolds =
  /\b\w*(?:lock|mutex|mu)\b[^.]{0,60}\b(?:held|hold|locked|acquired|taken)\b|\b(?:hold|holds|held|holding|under|acquired?|own|with)\b[^.]{0,40}(?:\b(?:lock|mutex|mu)\b|Lock\b|Mu\b)|\b(?:lock|mutex|synchroni[sz]ation)\b[^.]{0,40}\b(?:not (?:needed|required|necessary)|unnecessary)|\b(?:no|without)\b[^.]{0,30}\b(?:lock|locking|synchroni[sz]ation)|\bnot\b[^.]{0,20}\b(?:thread|concurren\w+|goroutine|race)|\b(?:racy|benign|lock-?free|single[- ]threaded)\b/i;

const holdsByName =
  /(?:[a-z]Locked|_locked|NoLock|_no_?lock|WithoutLock|[a-z]Unlocked|_unlocked|[uU]nsafe\w*|UnderLock|LockHeld|[a-z]Nolock)$/;

const forTests = /\bfor test(?:s|ing)\b/i;

/** Texts for people who look for a mistake. */
const describes = /^(?:toString|String|GoString|__repr__|__str__)$/;

/** What says that the lock is held, or not needed. */
function isExcused(
  model: WorkspaceModel,
  guarded: GuardedField,
  id: FunctionId,
  { fn, file, start, linked }: FieldAccess,
): boolean {
  const around = functionsAround(file, linked.index);
  if (around.some(({ name, doc }) => holdsByName.test(name) || (doc !== undefined && callerHolds.test(doc))))
    return true;
  if (fn.doc !== undefined && forTests.test(fn.doc)) return true;
  if (fn.form === "closure" && !runsKnown(model, linked)) return true;
  if (someCallerHolds(model, linked, guarded.lock)) return true;
  const line = lineStartBefore(file, start, 4);
  return (
    file.comments.some(
      (comment) =>
        comment.end > line &&
        comment.start < start + 200 &&
        comment.start < fn.end &&
        comment.start > fn.start &&
        callerHolds.test(comment.text),
    ) || guarded.accesses.every(({ kind, linked: by }) => kind !== "write" || by.id === id)
  );
}

function lineStartBefore({ lineStarts }: FileSummary, start: number, lines: number): number {
  let line = lineStarts.findIndex((offset) => offset > start) - 1;
  if (line < 0) line = lineStarts.length - 1;
  return lineStarts[Math.max(0, line - lines)] ?? 0;
}

function runsKnown(model: WorkspaceModel, { id, callers }: LinkedFunction): boolean {
  const edges = callers.flatMap(
    (caller) => model.functions.get(caller)?.edges.filter(({ callee }) => callee === id) ?? [],
  );
  return edges.length > 0 && edges.every(({ runs }) => runs !== "unknown");
}

/** Some callers hold the lock: that others do not says more of them than of the function. */
function someCallerHolds(model: WorkspaceModel, { id, callers }: LinkedFunction, lock: string): boolean {
  const locks = lockAnalysis(model);
  return callers.some((caller) => {
    const edges = model.functions.get(caller)?.edges.filter(({ callee }) => callee === id) ?? [];
    const regions = locks.regionsOf(caller);
    return (
      locks.onEntry(caller).some((held) => held.lock === lock) ||
      (waits(model, caller, edges) &&
        regions?.held.some(({ mayHold }) => mayHold.some((held) => held.lock === lock))) ||
      edges.some(({ call }) => regions?.at(call).mayHold.some((held) => held.lock === lock))
    );
  });
}

/** Whether a caller waits for what it has started. */
function waits(model: WorkspaceModel, caller: FunctionId, edges: readonly { runs: string }[]): boolean {
  const effects = model.functions.get(caller)?.effects.effects ?? [];
  return (
    edges.some(({ runs }) => runs === "later") && effects.some(({ kind }) => kind === "wait" || kind === "channel")
  );
}

function findingOf(
  model: WorkspaceModel,
  guarded: GuardedField,
  sharing: Sharing,
  access: FieldAccess,
): DetectorFinding {
  const { fn, file, linked, kind, mayHold } = access;
  const field = code(memberName(guarded.field));
  const lock = code(memberName(guarded.lock));
  const count = guarded.guarded.size;
  const total = count + guarded.unguarded.size;
  const readLock = mayHold.some((other) => other.lock === guarded.lock);
  const verb = kind === "write" ? (access.depth > 0 || sharing === "collection" ? "changes" : "writes") : "reads";
  const without = readLock ? `while it holds ${lock} only for reading` : `without ${lock}`;
  return {
    path: file.path,
    range: rangeOfAccess(access),
    symbol: fn.symbol,
    ...(describes.test(fn.name) && { atMost: "info" as const }),
    message: `${functionText(fn)} ${verb} ${field} ${without}: it is guarded in ${count} of ${total} functions that use it.`,
    steps: [
      ...examples(guarded).flatMap((example) =>
        accessStep(model, example, `holds ${lock} and ${example.kind === "write" ? "writes" : "reads"} ${field}`),
      ),
      ...accessStep(model, access, `${verb} ${field} ${without}`),
    ],
    rank:
      (linked.reachedFrom.length > 0 ? 2 : 0) +
      (sharing === "collection" ? 4 : 0) +
      (kind === "write" ? 1 : 0) +
      count / total,
  };
}

/** A write and another access under the lock. */
function examples({ accesses, lock, guarded }: GuardedField): FieldAccess[] {
  const good = accesses.filter(({ linked, holds, kind }) => guarded.has(linked.id) && isHeld(lock, holds, kind));
  const write = good.find(({ kind }) => kind === "write");
  const other = good.find(({ linked }) => linked.id !== write?.linked.id);
  return [write, other].flatMap((access) => access ?? []);
}
