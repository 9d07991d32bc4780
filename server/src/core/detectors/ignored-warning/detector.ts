import { folderOf } from "../../base/paths";
import { lineAt, rangeOf, type Span } from "../../base/text";
import { commentBlocks } from "../../model/commentBlocks";
import type { FileSummary, FunctionSummary } from "../../model/fileSummary";
import type { WitnessStep } from "../../model/finding";
import { callersOf } from "../../model/graph/callersOf";
import { isConstruction } from "../../model/graph/construction";
import { memberName } from "../../model/graph/effectText";
import { fieldDeclaration } from "../../model/graph/fieldTypes";
import type { HeldLock } from "../../model/graph/functionEffects";
import type { Holding } from "../../model/graph/heldLocks";
import { holdsDuring, type LockAnalysis, lockAnalysisInTurns } from "../../model/graph/lockAnalysis";
import { nameOf, stepAt } from "../../model/graph/witness";
import { functionIds } from "../../model/link/links";
import { isScript } from "../../model/scripts";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import type { Detector, DetectorFinding } from "../detector";
import { type Warning, warningsAbove, warningsInside } from "./warnings";

export const ignoredWarning: Detector = {
  id: "ignored-warning",
  title: "Ignored warning",
  defaultSeverity: "warning",
  options: {},
  docs: {
    whatItDoes:
      "Compares what comments say of locks with what the code does. A comment that says who may call a function, and how, is read as a rule: `caller must hold mu`, `must not be called with mu held`, `calling AddBerth here would deadlock`. Reported is a call that breaks it: the lock is not held although the comment asks for it and other callers do hold it, or it is held although the comment forbids it. Where it names the type as well (`Pool.mu`), it is the lock of that one. A warning counts for every caller in the workspace, also for those written long after the comment. Functions that are said not to be safe for concurrent use are reported where a request handler runs them on an object that all requests share, with no lock held.",
    whyIsThisBad:
      "Somebody found this out the hard way and wrote it down, where the next author did not look. A deadlock of this kind takes the whole process; a missing lock corrupts data once a week. Neither shows in a review that sees only the changed lines, since the comment is in another function.",
    example: `// release frees a berth. The caller must hold h.mu.
func (h *Harbour) release(id string) { delete(h.berths, id) }

func (h *Harbour) Depart(id string) {
	h.release(id) // h.mu is not held
}`,
    exampleLanguage: "go",
    instead: `func (h *Harbour) Depart(id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.release(id)
}`,
    knownMisses: [
      "Comments in other words than the usual ones, and in other languages than English.",
      "A rule that no caller keeps: then it is the comment, or what Fathom sees of the locks, that is in doubt.",
      "A function that is handed over together with the lock, as in `withLock(&h.mu, h.release)`: it is taken to run under it.",
      "A lock that the comment asks for, where some callers of the calling function hold it and others do not, where a comment in front of the call speaks of locks, where the object was made in the same function, or in every function that calls the calling one, or where only what makes the object calls.",
      "A lock that the type only has a pointer to: others hold it by another name.",
      "A warning about a function that is returned or handed on, which the comment names.",
      "Warnings in documents outside the code; rules of instruction files are checked by themselves.",
      "In Java, an inherited lock that is used without `this.`.",
      "Comments on fields (`guarded by mu`) are left to `inconsistent-guard`.",
    ],
  },

  *check(model) {
    const locks = yield* lockAnalysisInTurns(model);
    const findings: DetectorFinding[] = [];
    let locksByName: LocksByName | undefined;
    for (const file of model.files.values()) {
      yield;
      if (file.leftOut || file.isTest) continue;
      for (const told of warningsIn(file)) {
        locksByName ??= lockNames(locks);
        findings.push(...brokenBy(model, locks, locksByName, file, told));
      }
    }
    return findings;
  },
};

/** A warning with the function whose comment it is in, or which stands around it. */
interface ToldWarning extends Warning {
  index: number;
  /** Where the comment stands. */
  place: Span;
}

const warnings = new WeakMap<FileSummary, readonly ToldWarning[]>();

function warningsIn(file: FileSummary): readonly ToldWarning[] {
  let known = warnings.get(file);
  if (!known) {
    known = [
      ...file.functions.flatMap((fn, index) => {
        const place = commentAbove(file, fn);
        // Python's documentation is inside; what is above speaks to those who work on the code.
        const said = [fn.doc, file.language === "python" ? place?.text : undefined].filter(
          (text) => text !== undefined,
        );
        return said.flatMap((text) =>
          warningsAbove(text, fn.name).map((warning) => ({ ...warning, index, place: place ?? fn.nameSpan })),
        );
      }),
      ...commentBlocks(file).flatMap(({ text, start, end }) =>
        warningsInside(text).map((warning) => ({
          ...warning,
          index: functionAround(file, start),
          place: { start, end },
        })),
      ),
    ];
    warnings.set(file, known);
  }
  return known;
}

function commentAbove(file: FileSummary, fn: FunctionSummary): ReturnType<typeof commentBlocks>[number] | undefined {
  const line = lineAt(file.lineStarts, fn.start);
  return commentBlocks(file).findLast(
    ({ end }) => end <= fn.start && line - lineAt(file.lineStarts, end) <= 1 + fn.decorators.length,
  );
}

function functionAround(file: FileSummary, offset: number): number {
  return file.functions.findLastIndex(({ start, end }) => start <= offset && offset < end);
}

/** Ids of locks by the folder they are used in. */
type LocksByName = ReadonlyMap<string, ReadonlySet<string>>;

function lockNames({ locking }: LockAnalysis): LocksByName {
  const known = new Map<string, Set<string>>();
  for (const { linked } of locking) {
    const folder = folderOf(linked.path);
    let locks = known.get(folder);
    if (!locks) {
      locks = new Set();
      known.set(folder, locks);
    }
    for (const operation of [...linked.links.lockOperations.values(), ...linked.links.scopeLocks])
      if (operation && operation.kind !== "semaphore") locks.add(operation.lock);
  }
  return known;
}

/** The lock a comment means: by the name it gives, or the only one of the type whose method it is about. */
function lockMeant(
  { lock, lockOwner }: Warning,
  { typeName }: FunctionSummary,
  locks: ReadonlySet<string> | undefined,
): string | undefined {
  const isNamed = (id: string) => id.split(".").at(-1) === lock;
  const known = [...(locks ?? [])];
  // `h.lock` means the lock of `h`, whatever its name is by now.
  const isAny = lock === undefined || (/^(?:lock|mutex|mu)$/.test(lock) && !known.some(isNamed));
  const named = isAny ? known : known.filter(isNamed);
  // `Pool.mu` is that of a type, whichever method the comment is above; `p.mu` says nothing of the type.
  const ofOther = named.filter((id) => ownersOf(id)[0] === lockOwner);
  if (ofOther.length > 0 || (lockOwner !== typeName && isTypeName.test(lockOwner ?? ""))) return ofOther[0];
  const ofType = named.filter((id) => typeName !== undefined && ownersOf(id).includes(typeName));
  const candidates = ofType.length > 0 ? ofType : isAny ? [] : named;
  if (candidates.length < 2) return candidates[0];
  // Of several, `the lock` is the one that is called so.
  const plain = candidates.filter((id) => /\W_?(?:lock|mutex|mu)$/i.test(id));
  return plain.length === 1 ? plain[0] : undefined;
}

const isTypeName = /^[A-Z]\w*[a-zA-Z]$/;

/** `Pool` and, where the object is itself the lock, the same for `m.Pool` and `m.Pool.mu`. */
function ownersOf(lock: string): string[] {
  return lock.split(/[./:]/).slice(-2);
}

function brokenBy(
  model: WorkspaceModel,
  locks: LockAnalysis,
  locksByName: LocksByName,
  file: FileSummary,
  told: ToldWarning,
): DetectorFinding[] {
  return targetsOf(model, file, told).flatMap((target) => {
    const place = functionAt(model, target);
    if (!place || place.file.isTest) return [];
    if (told.kind === "one-thread") return sharedCalls(model, locks, file, told, target);
    const lock = lockMeant(told, place.fn, locksByName.get(folderOf(target.path)));
    const sites = callSites(model, locks, target);
    if (told.kind === "do-not-hold")
      return sites.flatMap((site) => {
        const held = site.held.find(
          (other) => isForbidden(other, told, lock, target) && !(other.isOnEntry && isGivenBack(site.caller, other)),
        );
        return held ? [finding(model, file, told, target, site, held)] : [];
      });
    if (lock === undefined || isAtomic(target)) return [];
    if (!sites.some(({ held }) => held.some((other) => other.lock === lock))) return [];
    const isShared = isPointer(model, lock);
    return sites.flatMap((site) => {
      const isHeld = site.held.some((other) => other.lock === lock || isShared);
      return isHeld || mayRelyOnOthers(model, locks, site, place.fn, lock)
        ? []
        : [finding(model, file, told, target, site, { lock })];
    });
  });
}

/** The functions a warning is about. */
function targetsOf(model: WorkspaceModel, file: FileSummary, { callee, index }: ToldWarning): LinkedFunction[] {
  if (callee === undefined) {
    const target = model.functions.get(functionIds(file)[index] as string);
    return target ? [target] : [];
  }
  const around = model.functions.get(functionIds(file)[index] ?? "");
  const typeName = file.functions[index]?.typeName;
  const folder = folderOf(file.path);
  const found: LinkedFunction[] = [];
  for (const other of model.files.values()) {
    if (folderOf(other.path) !== folder || other.isTest) continue;
    other.functions.forEach((fn, i) => {
      if (fn.name !== callee || (fn.typeName !== typeName && typeName !== undefined && fn.typeName !== undefined))
        return;
      const linked = model.functions.get(functionIds(other)[i] as string);
      if (linked && linked !== around) found.push(linked);
    });
  }
  return found;
}

/** Whether a field only points to a lock, which others have by another name. */
function isPointer(model: WorkspaceModel, lock: string): boolean {
  const { type = "" } = fieldDeclaration(model, lock)?.facts ?? {};
  return /^(?:\*(?:\w+\.)?(?:RW)?Mutex|sync\.Locker)$/.test(type);
}

/** Whatever the comment says, nothing of it needs a lock any more. */
function isAtomic({ links: { calls } }: LinkedFunction): boolean {
  return calls.length > 0 && calls.every(({ external }) => external !== undefined && /\batomic$/.test(external.module));
}

/** A lock of the callers that a function gives back at some point. */
function isGivenBack({ effects }: LinkedFunction, { lock }: HeldOrEntry): boolean {
  return effects.releases.some((released) => released.lock === lock);
}

/** Where the comment names no lock, it means the one that the function takes itself. */
function isForbidden(held: HeldOrEntry, told: Warning, meant: string | undefined, target: LinkedFunction): boolean {
  if (held.kind === "semaphore") return false;
  const taken = told.lock === undefined ? target.effects.effects.flatMap(({ lock }) => lock?.lock ?? []) : [];
  return taken.length > 0 ? taken.includes(held.lock) : held.lock === meant;
}

type HeldOrEntry = HeldLock & Partial<Pick<Holding, "scope">> & { call: number; isOnEntry?: boolean };

interface CallSite {
  caller: LinkedFunction;
  file: FileSummary;
  fn: FunctionSummary;
  call: number;
  held: readonly HeldOrEntry[];
  /** The walk through the caller came here, so that what is held is known. */
  isReached: boolean;
}

function callSites(model: WorkspaceModel, locks: LockAnalysis, target: LinkedFunction): CallSite[] {
  return callersOf(model, target).flatMap(({ linked: caller, edges }) => {
    const place = functionAt(model, caller);
    if (!place || place.file.leftOut) return [];
    const onEntry = locks.onEntry(caller.id).map((lock) => ({ ...lock, isOnEntry: true }));
    const regions = locks.regionsOf(caller.id);
    return edges.flatMap(({ call, runs }) => {
      if (runs !== "now") return [];
      // A helper that takes the lock may run what it is handed.
      const during = holdsDuring(model, caller, call, target.id).map((lock) => ({ ...lock, call }));
      const held = [...(regions?.at(call).mayHold ?? []), ...during, ...onEntry];
      return [{ caller, ...place, call, held, isReached: regions?.isReached(call) ?? true }];
    });
  });
}

/** Callers that leave the lock to their own callers, or to nobody since nobody else has the object yet. */
function mayRelyOnOthers(
  model: WorkspaceModel,
  locks: LockAnalysis,
  site: CallSite,
  target: FunctionSummary,
  lock: string,
): boolean {
  const { caller, fn } = site;
  return (
    !site.isReached ||
    isHandedLock(site, lock) ||
    fn.form === "closure" ||
    isConstruction(model, caller) ||
    isOnOwnObject(site, target) ||
    isOnlyOnOwnObjects(model, locks, site) ||
    /lock|unsafe|^_*(?:new|init|create|make|build|load|open|start|restore|setup|main)/i.test(fn.name) ||
    speaksOfLocks.test(fn.doc ?? "") ||
    speaksOfLocks.test(commentBefore(site)) ||
    (target.typeName !== undefined &&
      fn.results.some((result) => new RegExp(`\\b${target.typeName}\\b`).test(result))) ||
    isCalledHolding(model, locks, caller, lock)
  );
}

/** Whether the function is handed over together with the lock: `withLock(&h.mu, h.release)`. */
function isHandedLock({ fn, call }: CallSite, lock: string): boolean {
  const name = lock.slice(lock.lastIndexOf(".") + 1);
  return (fn.calls[call]?.arguments ?? []).some((path) => path.endsWith(`.${name}`));
}

/** Whether a call is of an object that a function of another type has made itself, or of which only the type is known. */
function isOnOwnObject({ fn, call }: CallSite, { typeName }: FunctionSummary): boolean {
  if (typeName === undefined || fn.typeName === typeName) return false;
  const { origin } = fn.calls[call] ?? {};
  const isHandedOne = fn.parameters.some(({ type = "" }) => type.split(/\W+/).includes(typeName));
  return !isHandedOne && origin !== undefined && /^<[^<>]*>\.\w+$/.test(origin);
}

/** Whether all who call a method of the same type do so on objects that they have made themselves. */
function isOnlyOnOwnObjects(model: WorkspaceModel, locks: LockAnalysis, { caller, fn }: CallSite): boolean {
  const sites = fn.typeName === undefined ? [] : callSites(model, locks, caller);
  // In a function without a name it may be the object of the one around.
  return sites.length > 0 && sites.every((site) => site.fn.form !== "closure" && isOnOwnObject(site, fn));
}

const speaksOfLocks = /lock|mutex|\bheld\b|\bhold\b|concurren|thread|goroutine/i;

/** What the lines just above a call say. */
function commentBefore({ file, fn, call }: CallSite): string {
  const { start = 0 } = fn.calls[call] ?? {};
  const line = lineAt(file.lineStarts, start);
  const above = commentBlocks(file).findLast(({ end }) => end <= start);
  return above && above.start >= fn.start && line - lineAt(file.lineStarts, above.end) <= 1 ? above.text : "";
}

const maxCallersAbove = 4;

/** Whether somebody holds a lock when calling a function that does not take it itself: then it is left to its callers. */
function isCalledHolding(model: WorkspaceModel, locks: LockAnalysis, linked: LinkedFunction, lock: string): boolean {
  const seen = new Set([linked]);
  let front = [linked];
  for (let depth = 0; depth < maxCallersAbove && front.length > 0; depth++) {
    const above: LinkedFunction[] = [];
    for (const callee of front) {
      if (callee.effects.effects.some((effect) => effect.lock?.lock === lock && effect.distance === 0)) continue;
      for (const { caller, held, isReached } of callSites(model, locks, callee)) {
        if (!isReached || held.some((other) => other.lock === lock)) return true;
        if (seen.has(caller)) continue;
        seen.add(caller);
        above.push(caller);
      }
    }
    front = above;
  }
  return false;
}

/** Calls of what is not safe for concurrent use, on an object of the whole process, by whoever handles requests. */
function sharedCalls(
  model: WorkspaceModel,
  locks: LockAnalysis,
  file: FileSummary,
  told: ToldWarning,
  target: LinkedFunction,
): DetectorFinding[] {
  if (isScript(file.language)) return [];
  return callSites(model, locks, target).flatMap((site) => {
    const { caller, file: where, fn, call, held } = site;
    const { callee = "", origin } = fn.calls[call] ?? {};
    const root = /^[\w$]+(?=\.)/.exec(callee)?.[0];
    const isOfProcess = origin === undefined && where.constants.some(({ name, mutable }) => name === root && mutable);
    const isServed = caller.reachedFrom.some(({ kind }) => kind === "handler");
    return isOfProcess && isServed && held.length === 0 ? [finding(model, file, told, target, site, undefined)] : [];
  });
}

function finding(
  model: WorkspaceModel,
  commented: FileSummary,
  told: ToldWarning,
  target: LinkedFunction,
  { caller, file, fn, call, held }: CallSite,
  lock: (Pick<HeldLock, "lock"> & Partial<HeldOrEntry>) | undefined,
): DetectorFinding {
  const site = fn.calls[call] as Span;
  const subject = fn.name === "" ? "This function" : `\`${fn.name}\``;
  const what = `\`${nameOf(target.id)}\``;
  const which = lock && `\`${memberName(lock.lock)}\``;
  const does =
    told.kind === "hold"
      ? `${subject} calls ${what} without holding ${which}`
      : told.kind === "do-not-hold"
        ? `${subject} calls ${what} while it holds ${which}`
        : `${subject} handles requests and calls ${what} on an object they all share, with no lock held`;
  const steps: (WitnessStep | undefined)[] = [
    { path: commented.path, range: rangeOf(commented.lineStarts, told.place), message: `warns: ${told.quote}` },
    lock && told.kind === "do-not-hold" ? takenAt(model, caller, fn, lock as HeldOrEntry) : undefined,
    stepAt(model, caller, site, `calls ${what}${held.length === 0 ? " with no lock held" : ""}`),
  ];
  return {
    path: file.path,
    range: rangeOf(file.lineStarts, site),
    symbol: fn.symbol,
    message: `${does}, though a comment warns: “${told.quote}”`,
    steps: steps.filter((step) => step !== undefined),
    rank: told.kind === "do-not-hold" ? 3 : told.kind === "hold" ? 2 : 1,
  };
}

function takenAt(
  model: WorkspaceModel,
  caller: LinkedFunction,
  fn: FunctionSummary,
  { lock, call, scope, isOnEntry }: HeldOrEntry,
): WitnessStep | undefined {
  const name = `\`${memberName(lock)}\``;
  if (isOnEntry) return stepAt(model, caller, fn.nameSpan, `every caller holds ${name}`);
  const span = scope ? { start: scope.start, end: scope.start } : fn.calls[call];
  return span && stepAt(model, caller, span, `takes ${name}`);
}
