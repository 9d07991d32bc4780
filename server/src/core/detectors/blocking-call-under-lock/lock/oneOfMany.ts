import { memoized } from "../../../base/memoized";
import type { TypeFacts } from "../../../model/facts";
import type { FileSummary, FunctionSummary } from "../../../model/fileSummary";
import { isOfFile } from "../../../model/graph/acquisitions";
import { isConstruction, makes } from "../../../model/graph/construction";
import type { TypeDeclaration } from "../../../model/graph/fieldTypes";
import { functionsAround } from "../../../model/graph/graphFunction";
import type { Holding } from "../../../model/graph/heldLocks";
import type { FunctionId } from "../../../model/link/links";
import { isTestSupport } from "../../../model/testSupport";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../../model/workspaceModel";
import type { Site } from "../blockedOperations";
import { isLifecycle } from "../lifecycle";
import type { LockUse } from "./lockUses";
import { holdersOf, makersOf, subtypesOf } from "./typeMentions";

/**
 * Whether a lock is one of many of its kind: one for each key, of a variable of the function, or of an object that is kept
 * in a collection, made in a loop, or made by what runs again and again. Only those who use the same one wait for it.
 */
export function isLockOfOne(
  model: WorkspaceModel,
  { fn }: Pick<Site, "fn">,
  held: Holding,
  { owner }: LockUse,
): boolean {
  if (isOneForEachKey(fn, held) || (held.lock.includes("#") && !/#main\./.test(held.lock))) return true;
  // `Berths.all`, a variable of the type itself, is of no object.
  return owner !== undefined && !isOfFile(held) && isOneOfMany(model, owner);
}

function isOneForEachKey(fn: FunctionSummary, { call, callee, scope }: Holding): boolean {
  const taken = call >= 0 ? fn.calls[call] : undefined;
  const written = taken?.callee ?? scope?.written ?? scope?.resource ?? "";
  const isHandedAKey = callee !== undefined && (taken?.arguments.length ?? 0) > 0;
  return written.includes("[") || isHandedAKey;
}

/**
 * Whether two functions may have the same lock: not where it is declared above both, and neither is of a type of the
 * other, nor where each is of a type that is made with a lock of its own.
 */
export function mayShareObject(model: WorkspaceModel, one: FunctionId, other: FunctionId, { owner }: LockUse): boolean {
  if (owner && areMadeApart(model, one, other, owner)) return false;
  const below = owner ? subtypesOf(model, owner) : [];
  if (below.length === 0) return true;
  const [a, b] = [one, other].map((id) => {
    const names = outermostType(model, id)?.split(".");
    return below.find(({ facts }) => names?.includes(facts.name));
  });
  if (!a || !b || a.facts.name === b.facts.name || [a, b].some(({ facts }) => facts.name === owner?.facts.name))
    return true;
  const isBelow = (upper: TypeDeclaration, lower: TypeDeclaration) =>
    subtypesOf(model, upper).some(({ facts }) => facts === lower.facts);
  return isBelow(a, b) || isBelow(b, a);
}

/** Whether the objects that two functions are methods of are made each with its own object of a type. */
function areMadeApart(model: WorkspaceModel, one: FunctionId, other: FunctionId, kept: TypeDeclaration): boolean {
  const [first, second] = [one, other].map((id) => makersWith(model, id, kept));
  return first !== undefined && second !== undefined && !first.some((maker) => second.includes(maker));
}

/** The functions that make objects of a type and, themselves or by what they call, of the type of a function. */
function makersWith(model: WorkspaceModel, id: FunctionId, kept: TypeDeclaration): LinkedFunction[] | undefined {
  const linked = model.functions.get(id);
  const file = linked && model.files.get(linked.path);
  const name = outermostType(model, id);
  const facts = name === undefined ? undefined : file?.types.find((type) => type.name === name);
  if (!file || !facts || facts === kept.facts) return undefined;
  const own = new Set(makersOf(model, { file, facts }).map((maker) => maker.linked.id));
  const both = makersOf(model, kept).flatMap(({ linked: maker }) =>
    own.has(maker.id) || maker.edges.some(({ callee }) => own.has(callee)) ? maker : [],
  );
  return both.length > 0 ? both : undefined;
}

/** The type whose method a function is, or the outermost one around it is. */
function outermostType(model: WorkspaceModel, id: FunctionId): string | undefined {
  const linked = model.functions.get(id);
  const file = linked && model.files.get(linked.path);
  return linked && file && functionsAround(file, linked.index).at(-1)?.typeName;
}

const known = memoized((_: WorkspaceModel) => new Map<TypeFacts, boolean>());

function isOneOfMany(model: WorkspaceModel, declared: TypeDeclaration): boolean {
  const answers = known(model);
  let answer = answers.get(declared.facts);
  if (answer === undefined) {
    // Where things make each other, what is asked for does not decide.
    answers.set(declared.facts, false);
    const kinds = [declared, ...subtypesOf(model, declared)];
    answer = isElement(model, declared) || kinds.some((kind) => isMadeAgain(model, kind));
    answers.set(declared.facts, answer);
  }
  return answer;
}

/** Whether collections hold things of a type; what holds others of its own kind is a whole made of parts. */
function isElement(model: WorkspaceModel, declared: TypeDeclaration): boolean {
  const own = new Set([declared, ...subtypesOf(model, declared)].map(({ facts }) => facts));
  return holdersOf(model, declared).some((holder) => !own.has(holder));
}

function isMadeAgain(model: WorkspaceModel, declared: TypeDeclaration): boolean {
  return makersOf(model, declared).some(
    ({ linked, inLoop }) => inLoop || runsAgain(model, linked, declared, new Set()),
  );
}

/** What answers with what it has, and makes it where it has none. */
const getsOrMakes = /^_*[gG]et_?[oO]r(?![a-z])/;
/** What runs for as long as the process does, or changes how it works. */
const runs = /^_*(?:run|serve|execute|main|listen|configure|register|apply|reload|update_?config)(?![a-z])/i;

/** Functions looked at for one type. */
const maxMakers = 30;

/** Whether what a function makes is made more than once: it, or what calls it to have one, is a method at work. */
function runsAgain(
  model: WorkspaceModel,
  linked: LinkedFunction,
  made: TypeDeclaration,
  seen: Set<LinkedFunction>,
): boolean {
  const place = functionAt(model, linked);
  if (!place || seen.has(linked) || seen.size >= maxMakers) return false;
  const { file, fn } = place;
  if (file.isTest || isTestSupport(model, file.path)) return false;
  seen.add(linked);
  const whole = wholeOf(file, fn, made);
  // A part of what there are many of.
  if (whole) return isElement(model, whole);
  if (linked.reachedFrom.some(({ kind, distance }) => kind === "handler" && distance === 0)) return true;
  const isMaker = fn.form === "constructor" || makes.test(fn.name) || getsOrMakes.test(fn.name);
  if (!isMaker && fn.form !== "closure") {
    if (isLifecycle(model, linked) || isConstruction(model, linked)) return false;
    // What runs may itself be one of many.
    if (runs.test(fn.name)) {
      const owner = file.types.find(({ name }) => name === fn.typeName);
      return owner !== undefined && owner !== made.facts && isOneOfMany(model, { file, facts: owner });
    }
    if (keepsInVariable(file, fn)) return false;
    if (fn.typeName !== undefined && !fn.modifiers.includes("static")) return true;
    if (linked.reachedFrom.some(({ kind }) => kind === "handler")) return true;
  }
  return linked.callers.some((id) => {
    const caller = model.functions.get(id);
    return caller !== undefined && runsAgain(model, caller, made, seen);
  });
}

/** The type of the object that keeps what a function makes in one of its fields: what it constructs, or is a method of. */
function wholeOf(
  file: FileSummary,
  fn: FunctionSummary,
  { facts: made }: TypeDeclaration,
): TypeDeclaration | undefined {
  const given = fn.results[0]?.replace(/^\*/, "");
  const name = fn.typeName ?? given;
  const facts = name === made.name ? undefined : file.types.find((other) => other.name === name);
  if (!facts || facts.form === "interface") return undefined;
  const isConstructed = fn.form === "constructor" || fn.typeName === undefined;
  const isKept = isConstructed || facts.fields.some(({ type = "" }) => /[\w$]*$/.exec(type)?.[0] === made.name);
  return isKept ? { file, facts } : undefined;
}

/** Whether a function gives a value to a variable outside functions: there is one of what it makes. */
function keepsInVariable({ constants }: FileSummary, { writes }: FunctionSummary): boolean {
  return writes.some((path) => constants.some(({ name }) => name === path));
}
