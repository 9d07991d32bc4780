import { memoized } from "../../base/memoized";
import { withoutLastPart } from "../accessPath";
import type { AccessPath } from "../facts";
import type { CallSummary, FileSummary, FunctionSummary } from "../fileSummary";
import type { FunctionId } from "../link/links";
import { functionAt, isLinkedAlike, type LinkedFunction, type WorkspaceModel } from "../workspaceModel";
import { callersOf } from "./callersOf";

/** Callers of callers are looked at up to here. */
export const maxConstructionDepth = 4;

/** Names of functions that make what they answer. */
export const makes =
  /^_*(?:[nN]ew|[mM]ake|[cC]reate|[bB]uild|[mM]ust|[oO]pen|[lL]oad|[pP]arse|[dD]efault|[fF]rom|[wW]ith|[pP]rovide)(?![a-z])/;
const creates = /^(?:new|make|create|build|of|from|parse|read_?from|open)(?![a-z])/;
const prepares = /^_*(?:[iI]nit|[iI]nitiali[sz]e|[sS]et_?[uU]p|[bB]ootstrap|[sS]tart|[rR]estore|[cC]onfigure)(?![a-z])/;
const constructors: ReadonlySet<string> = new Set([
  "__init__",
  "__new__",
  "__post_init__",
  "__enter__",
  "__aenter__",
  "__setstate__",
  "constructor",
  "init",
  "main",
]);

/** A container calls it once what the object needs is there, and before others get the object. */
const activates = /^(?:[\w.]+\.)?(?:PostConstruct|Activate)\b/;

/** The answers by how many callers up they were asked for: they do not depend on what was asked before. */
type Answers = readonly Map<FunctionId, boolean>[];

const knownAnswers = memoized(
  (_: WorkspaceModel): Answers => Array.from({ length: maxConstructionDepth + 1 }, () => new Map()),
);

/** Whether a function runs only while the objects it touches are known to nobody else: constructors and what only they call. */
export function isConstruction(model: WorkspaceModel, linked: LinkedFunction): boolean {
  return constructs(model, linked, knownAnswers(model), 0);
}

function constructs(model: WorkspaceModel, linked: LinkedFunction, answers: Answers, depth: number): boolean {
  const before = answers[depth]?.get(linked.id);
  if (before !== undefined) return before;
  const place = functionAt(model, linked);
  const isItself = place !== undefined && isConstructor(place.file, place.fn);
  const answer = isItself || (depth < maxConstructionDepth && isCalledByConstructors(model, linked, answers, depth));
  answers[depth]?.set(linked.id, answer);
  return answer;
}

function isCalledByConstructors(
  model: WorkspaceModel,
  linked: LinkedFunction,
  answers: Answers,
  depth: number,
): boolean {
  if (linked.reachedFrom.some(({ distance }) => distance === 0)) return false;
  const callers = callersOf(model, linked);
  return (
    callers.length > 0 &&
    callers.every(
      (caller) =>
        caller.edges.every(({ runs }) => runs === "now") && constructs(model, caller.linked, answers, depth + 1),
    )
  );
}

/** Whether a function is only run by `sync.Once`, or by what is: everyone else waits for it. */
export function isOnlyRunOnce(model: WorkspaceModel, { id, callers }: LinkedFunction, depth = 0): boolean {
  return (
    callers.length > 0 &&
    callers.every((caller) => {
      const linked = model.functions.get(caller);
      if (!linked || linked.id === id) return false;
      if (linked.edges.every(({ call, callee }) => callee !== id || isOnceDo(linked, call))) return true;
      const runsNow = linked.edges.every(({ callee, runs }) => callee !== id || runs === "now");
      return runsNow && depth < maxConstructionDepth - 1 && isOnlyRunOnce(model, linked, depth + 1);
    })
  );
}

function isOnceDo({ links }: LinkedFunction, call: number): boolean {
  const external = links.calls[call]?.external;
  return external?.module === "sync" && external.symbol === "Once.Do";
}

/**
 * Whether all who call a method outside tests call it on an object that they have made or copied: what it changes is
 * known to nobody else yet.
 */
export function runsOnNewObjects(model: WorkspaceModel, linked: LinkedFunction, depth = 0): boolean {
  const calls = callersOf(model, linked).flatMap((caller) =>
    caller.edges.map((edge) => ({ ...edge, by: caller.linked })),
  );
  return (
    calls.length > 0 &&
    calls.every(({ by, call, runs }) => {
      const { file, fn } = functionAt(model, by) as NonNullable<ReturnType<typeof functionAt>>;
      const site = runs === "now" ? fn.calls[call] : undefined;
      if (site && isOnNewObject(file, fn, site)) return true;
      // A part of an object that is new itself.
      const object = withoutLastPart(site?.origin ?? site?.callee ?? "");
      const isPart = fn.typeName !== undefined && new RegExp(`<(?:each <)?\\*?${fn.typeName}>`).test(object);
      return isPart && depth < maxConstructionDepth && isBrief(by) && runsOnNewObjects(model, by, depth + 1);
    })
  );
}

/** Whether a call is one of a method of an object that the function around it has made or copied. */
export function isOnNewObject(file: FileSummary, fn: FunctionSummary, site: CallSummary): boolean {
  return (
    site.onNew === true || isMadeIn(file, fn, withoutLastPart(site.origin ?? site.callee)) || isCalledOnNew(fn, site)
  );
}

/** `new Tides(moon).shift()`: a call on an object that is made where the call begins. */
function isCalledOnNew({ calls }: FunctionSummary, { callee, start }: CallSummary): boolean {
  const type = /^<([\w$.]+)>\.[\w$]+$/.exec(callee)?.[1];
  return type !== undefined && calls.some((made) => made.start === start && made.callee === type);
}

/** What starts others, or waits for them, goes on when they know the object. */
function isBrief({ edges, effects: { effects } }: LinkedFunction): boolean {
  const goesOn: ReadonlySet<string> = new Set(["wait", "sleep", "channel"]);
  return edges.every(({ runs }) => runs === "now") && !effects.some(({ kind }) => goesOn.has(kind));
}

/** The functions that may be construction, or run once, in one of two models and not in the other. */
export function affectedConstruction(
  before: WorkspaceModel,
  now: WorkspaceModel,
  replaced: Iterable<FunctionId>,
): Iterable<FunctionId> {
  const affected = new Set([...replaced].filter((id) => !isCalledTheSame(before, now, id)));
  let front = [...affected];
  for (let depth = 0; depth < maxConstructionDepth && front.length > 0; depth++) {
    const next: FunctionId[] = [];
    for (const id of front)
      for (const model of [before, now])
        for (const { callee } of model.functions.get(id)?.edges ?? []) {
          if (affected.has(callee)) continue;
          affected.add(callee);
          next.push(callee);
        }
    front = next;
  }
  return affected;
}

/** Whether a function that was replaced calls and is called as before. */
function isCalledTheSame(before: WorkspaceModel, now: WorkspaceModel, id: FunctionId): boolean {
  const a = before.functions.get(id);
  const b = now.functions.get(id);
  const then = a && functionAt(before, a);
  const place = b && functionAt(now, b);
  return (
    a !== undefined &&
    b !== undefined &&
    isLinkedAlike(a, b) &&
    then?.file.isTest === place?.file.isTest &&
    then?.fn.form === place?.fn.form &&
    then?.fn.name === place?.fn.name
  );
}

function isConstructor(
  { language }: FileSummary,
  { name, form, typeName, modifiers, results, decorators, parameters }: FunctionSummary,
): boolean {
  if (form === "constructor" || constructors.has(name) || decorators.some((one) => activates.test(one))) return true;
  if (prepares.test(name)) return true;
  // Java's serialisation makes an object and has it read itself in.
  if (/^read(?:Object|External)$/.test(name) && parameters.some(({ type }) => /^ObjectInput/.test(type ?? "")))
    return true;
  // A static method of a class that gives one of it.
  const gives = modifiers.includes("static") && typeName !== undefined && results.includes(typeName);
  if (gives) return creates.test(name);
  return language === "go" && form === "function" && typeName === undefined && makes.test(name);
}

/** Whether a closed path is what a function answers that makes, copies or loads objects, by its name. */
export function isMade({ language }: Pick<FileSummary, "language">, path: AccessPath): boolean {
  if (language !== "go") return madeElsewhere.test(path);
  return madeInGo.test(path) || loadedInGo.test(path) || defaultsInGo.test(path);
}

/** Whether a closed path starts at what a function itself has made: a closure may share what was made around it. */
export function isMadeIn(
  file: Pick<FileSummary, "language">,
  fn: Pick<FunctionSummary, "form" | "calls">,
  path: AccessPath,
): boolean {
  return isMade(file, path) && (fn.form !== "closure" || makesItself(fn, path));
}

/** Whether a function itself calls what a path starts with. */
export function makesItself({ calls }: Pick<FunctionSummary, "calls">, path: AccessPath): boolean {
  return calls.some(({ callee, origin = callee }) => path.startsWith(`${origin}(`));
}

const madeInGo =
  /(?:^|\.)(?:[nN]ew|[mM]ake|[cC]reate|[bB]uild|[pP]arse|[dD]ecode|[cC]lone|[cC]opy|[dD]eepCopy)(?:[A-Z_]\w*)?\(\)(?![^(]*\()/;
/** By a function of the own package; a method may load what it keeps. */
const loadedInGo = /^(?:[lL]oad|[oO]pen|[iI]nit|[rR]estore)(?:[A-Z_]\w*)?\(\)(?![^(]*\()/;
/** Of what is changed before it is used: a default of other things is mostly one for all. */
const defaultsInGo = /(?:^|\.)[dD]efault\w*(?:Config|Configuration|Options|Opts|Settings|Params)\(\)(?![^(]*\()/;
const madeElsewhere =
  /^(?:[\w$]+\.)*(?:[A-Z][\w$]*|(?:new|make|create|build|parse|decode|clone|copy)(?:[A-Z_][\w$]*)?)\((?:<\w+>)?\)/;
