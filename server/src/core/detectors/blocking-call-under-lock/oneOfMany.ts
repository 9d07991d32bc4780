import { folderOf } from "../../base/paths";
import type { FieldFacts, TypeFacts } from "../../model/facts";
import type { FileSummary, FunctionSummary } from "../../model/fileSummary";
import { isConstruction } from "../../model/graph/construction";
import { functionsAround } from "../../model/graph/graphFunction";
import type { Holding } from "../../model/graph/heldLocks";
import type { FunctionId } from "../../model/link/links";
import { isTestSupport } from "../../model/testSupport";
import { functionAt, type LinkedFunction, linkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import type { Site } from "./blockedOperations";
import { isLifecycle } from "./lifecycle";
import { type DeclaredType, typeWithLock } from "./lockedTypes";
import type { LockUse } from "./lockUses";
import { notedOf } from "./noted";

/**
 * Whether a lock is one of many of its kind: one for each key, of a variable of the function, or of an object that is kept
 * in a collection, made in a loop, or made by what runs again and again. Only those who use the same one wait for it.
 */
export function isLockOfOne(model: WorkspaceModel, { fn }: Pick<Site, "fn">, held: Holding, use: LockUse): boolean {
  const { lock, instance } = held;
  if (isOneForEachKey(fn, held) || (lock.includes("#") && !/#main\./.test(lock))) return true;
  const declared = typeWithLock(model, lock, use);
  // `Berths.all`, a variable of the type itself, is of no object.
  const isOfObject = instance === undefined || /^(?:this\b|[#=])/.test(instance);
  return declared !== undefined && isOfObject && isOneOfMany(model, declared);
}

function isOneForEachKey(fn: FunctionSummary, { call, callee, scope }: Holding): boolean {
  const taken = call >= 0 ? fn.calls[call] : undefined;
  const written = taken?.callee ?? scope?.written ?? scope?.resource ?? "";
  const isHandedAKey = callee !== undefined && (taken?.arguments.length ?? 0) > 0;
  return written.includes("[") || isHandedAKey;
}

/** Whether two functions may have the same lock: not where it is declared above both, and neither is of a type of the other. */
export function mayShareObject(
  model: WorkspaceModel,
  one: FunctionId,
  other: FunctionId,
  { lock, use }: { lock: string; use: LockUse },
): boolean {
  const declared = typeWithLock(model, lock, use);
  if (!declared) return true;
  const [a, b] = [one, other].map((id) => outermostType(model, id)) as [string | undefined, string | undefined];
  const name = declared.type.name;
  if (a === undefined || b === undefined || a === b || a === name || b === name) return true;
  const below = subtypesOf(model, declared);
  const [typeA, typeB] = [a, b].map((wanted) => below.find(({ type }) => type.name === wanted));
  if (!typeA || !typeB) return true;
  const isBelow = (upper: DeclaredType, lower: DeclaredType) =>
    subtypesOf(model, upper).some(({ type }) => type === lower.type);
  return isBelow(typeA, typeB) || isBelow(typeB, typeA);
}

/** The type whose method a function is, or the outermost one around it is. */
function outermostType(model: WorkspaceModel, id: FunctionId): string | undefined {
  const linked = model.functions.get(id);
  const file = linked && model.files.get(linked.path);
  return linked && file && functionsAround(file, linked.index).at(-1)?.typeName;
}

const known = new WeakMap<WorkspaceModel, Map<TypeFacts, boolean>>();

function isOneOfMany(model: WorkspaceModel, declared: DeclaredType): boolean {
  let answers = known.get(model);
  if (!answers) {
    answers = new Map();
    known.set(model, answers);
  }
  let answer = answers.get(declared.type);
  if (answer === undefined) {
    const kinds = [declared, ...subtypesOf(model, declared)];
    answer = isElement(model, declared) || kinds.some((kind) => isMadeAgain(model, kind));
    answers.set(declared.type, answer);
  }
  return answer;
}

/** A file that mentions types, and their names as it writes them. */
interface Mention {
  file: FileSummary;
  written: string;
}

interface Mentions {
  /** What collections hold, by the last name of the type. */
  elements: ReadonlyMap<string, readonly (Mention & { holder: TypeFacts })[]>;
  /** Functions that make objects, by the last name of the type. */
  makers: ReadonlyMap<string, readonly (Mention & { index: number; inLoop: boolean })[]>;
  /** Types that extend or embed others, by the last names of those. */
  subtypes: ReadonlyMap<string, readonly (Mention & { type: DeclaredType })[]>;
}

const mentions = new WeakMap<WorkspaceModel, Mentions>();

function mentionsIn(model: WorkspaceModel): Mentions {
  let found = mentions.get(model);
  if (!found) {
    found = collect(model);
    mentions.set(model, found);
  }
  return found;
}

function collect(model: WorkspaceModel): Mentions {
  const elements = new Map<string, (Mention & { holder: TypeFacts })[]>();
  const makers = new Map<string, (Mention & { index: number; inLoop: boolean })[]>();
  const subtypes = new Map<string, (Mention & { type: DeclaredType })[]>();
  for (const file of model.files.values()) {
    if (file.isTest || isTestSupport(model, file.path)) continue;
    for (const type of file.types) {
      for (const field of type.fields)
        for (const written of elementsOf(field)) add(elements, written, { file, written, holder: type });
      const bases =
        file.language === "go" ? type.fields.flatMap((field) => (field.embedded && field.type) || []) : type.bases;
      for (const base of bases) {
        const written = base.replace(/^\*|[<[(].*$/g, "");
        add(subtypes, written, { file, written, type: { type, path: file.path } });
      }
    }
    file.functions.forEach((fn, index) => {
      for (const made of fn.isTest ? [] : (notedOf(fn)?.makes ?? [])) {
        const written = made.replace(/^\*/, "");
        add(makers, written, { file, written, index, inLoop: made !== written });
      }
    });
  }
  return { elements, makers, subtypes };
}

function add<T>(map: Map<string, T[]>, written: string, item: T): void {
  const name = lastOf(written);
  const before = map.get(name);
  if (before) before.push(item);
  else map.set(name, [item]);
}

/** What a field that is a collection holds: `*Berth` of `map[string]*Berth`, `Berth` of `Map<String, Berth>`. */
function elementsOf({ type = "" }: FieldFacts): string[] {
  const held =
    /^(?:map\[[^\]]*\]|\[\w*\])+\*?([\w.]+)$/.exec(type) ??
    /(?:Map|List|Set|Queue|Deque|Collection|Array|Record|Cache|[dD]ict|list|set|deque)[<[](?:[^<>[\]]*,\s*)?([\w.]+)[>\]]$/.exec(
      type,
    ) ??
    /^(?:readonly )?([\w.]+)\[\]$/.exec(type);
  return held?.[1] === undefined ? [] : [held[1]];
}

function lastOf(written: string): string {
  return written.split(".").at(-1) as string;
}

/** Whether a file means a type by a name: it declares it or stands beside it, or has it from there. */
function isMeant({ file, written }: Mention, { type, path }: DeclaredType): boolean {
  const qualifier = written.slice(0, -type.name.length).replace(/\.$/, "");
  const folder = folderOf(path);
  if (file.language === "go") {
    const imported = qualifier === "" ? undefined : file.imports.find(({ localName }) => localName === qualifier);
    return qualifier === ""
      ? folderOf(file.path) === folder
      : imported !== undefined && folder.endsWith(lastFolder(imported.module));
  }
  if (file.types.some(({ name }) => name === type.name)) return file.path === path;
  const name = qualifier.split(".")[0] || type.name;
  const imported = file.imports.find(({ localName }) => localName === name);
  if (!imported) return folderOf(file.path) === folder;
  const from = `${imported.module}.${imported.member ?? ""}`.split(/[./]/).filter((part) => part !== "");
  const own = path.replace(/\.\w+$/, "").split("/");
  return from.some((part) => part === own.at(-1)) || from.at(-1) === type.name || imported.module.startsWith(".");
}

function lastFolder(module: string): string {
  return (
    module
      .split("/")
      .filter((part) => !/^v\d+$/.test(part))
      .at(-1) ?? module
  );
}

function subtypesOf(model: WorkspaceModel, declared: DeclaredType, depth = 0): DeclaredType[] {
  if (depth > 2) return [];
  const direct = (mentionsIn(model).subtypes.get(declared.type.name) ?? []).filter((mention) =>
    isMeant(mention, declared),
  );
  return direct.flatMap(({ type }) => [type, ...subtypesOf(model, type, depth + 1)]);
}

/** Whether collections hold things of a type; what holds others of its own kind is a whole made of parts. */
function isElement(model: WorkspaceModel, declared: DeclaredType): boolean {
  const held = mentionsIn(model).elements.get(declared.type.name) ?? [];
  if (held.length === 0) return false;
  const own = new Set([declared.type, ...subtypesOf(model, declared).map(({ type }) => type)]);
  return held.some((mention) => isMeant(mention, declared) && !own.has(mention.holder));
}

function isMadeAgain(model: WorkspaceModel, declared: DeclaredType): boolean {
  const makers = mentionsIn(model).makers.get(declared.type.name) ?? [];
  return makers.some((maker) => {
    const linked = isMeant(maker, declared) ? linkedFunction(model, maker.file, maker.index) : undefined;
    return linked !== undefined && (maker.inLoop || runsAgain(model, linked, declared, new Set()));
  });
}

const makes =
  /^_*(?:[nN]ew|[mM]ake|[cC]reate|[bB]uild|[mM]ust|[oO]pen|[lL]oad|[dD]efault|[fF]rom|[wW]ith|[pP]rovide|[gG]et_?[oO]r)(?![a-z])/;
/** What runs for as long as the process does, or changes how it works. */
const runs = /^_*(?:run|serve|execute|main|listen|configure|register|apply|reload|update_?config)(?![a-z])/i;

/** Functions looked at for one type. */
const maxMakers = 30;

/** Whether what a function makes is made more than once: it, or what calls it to have one, is a method at work. */
function runsAgain(
  model: WorkspaceModel,
  linked: LinkedFunction,
  made: DeclaredType,
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
  const isMaker = fn.form === "constructor" || makes.test(fn.name);
  if (!isMaker && fn.form !== "closure") {
    if (runs.test(fn.name) || isLifecycle(model, linked) || isConstruction(model, linked)) return false;
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
  { types, path }: FileSummary,
  fn: FunctionSummary,
  { type: made }: DeclaredType,
): DeclaredType | undefined {
  const given = fn.results[0]?.replace(/^\*/, "");
  const name = fn.typeName ?? given;
  const type = name === made.name ? undefined : types.find((other) => other.name === name);
  if (!type || type.form === "interface") return undefined;
  const isConstructed = fn.form === "constructor" || fn.typeName === undefined;
  const isKept =
    isConstructed || type.fields.some((field) => lastOf(field.type ?? "").replace(/^\*/, "") === made.name);
  return isKept ? { type, path } : undefined;
}

/** Whether a function gives a value to a variable outside functions: there is one of what it makes. */
function keepsInVariable({ constants }: FileSummary, { writes }: FunctionSummary): boolean {
  return writes.some((path) => constants.some(({ name }) => name === path));
}
