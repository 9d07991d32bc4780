import { rootOf } from "../../model/accessPath";
import type { AccessPath } from "../../model/facts";
import { fileIndex } from "../../model/fileIndex";
import type { FileSummary, FunctionSummary } from "../../model/fileSummary";
import { isMade } from "../../model/graph/construction";
import { typesNamed } from "../../model/graph/fieldTypes";
import { argumentsGiven, type ReachedCall } from "../../model/graph/givenConstants";
import { functionsAround } from "../../model/graph/graphFunction";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import type { CollectionUse } from "./collectionUses";
import { notesOf } from "./growthNotes";

/** Whose a collection is, as a function knows it: of what it has made, of its own object, of what a parameter is given. */
type Holder = "new" | "receiver" | { parameter: number };

type Place = NonNullable<ReturnType<typeof functionAt>>;

/**
 * Whether a way adds to a collection of an object that was made on the way, however many calls before: it goes with the
 * request.
 */
export function isOfNewObject(
  model: WorkspaceModel,
  calls: readonly ReachedCall[],
  linked: LinkedFunction,
  use: CollectionUse,
): boolean {
  const place = functionAt(model, linked);
  const dot = use.path.lastIndexOf(".");
  if (!place || dot < 0) return false;
  // What is appended to is the object's own; a map may be one that it was handed.
  const isOwn = (use.call === undefined && use.isKeyed !== true) || makesItself(place.file, use.name);
  let holder = isOwn ? holderOf(model, place, use.path.slice(0, dot)) : undefined;
  let callee = place.fn;
  for (const { linked: caller, call } of calls.toReversed()) {
    if (holder === undefined || holder === "new") break;
    const around = functionAt(model, caller);
    const given = around && pathGiven(around, call, callee, holder);
    // What is there before the loop that takes connections or messages is there for all of them.
    if (caller.links.callsByMessages?.has(call)) return false;
    holder = given === undefined || !around ? undefined : holderOf(model, around, given);
    callee = around?.fn ?? callee;
  }
  return holder === "new";
}

/** What a call is made on, or gives a parameter. */
function pathGiven(caller: Place, call: number, callee: FunctionSummary, holder: Holder): AccessPath | undefined {
  if (typeof holder === "object") return argumentsGiven(caller, call, callee)[holder.parameter];
  const site = caller.fn.calls[call];
  const path = site?.origin ?? site?.callee ?? "";
  const dot = path.lastIndexOf(".");
  return dot < 0 || !path.endsWith(`.${callee.name}`) ? undefined : path.slice(0, dot);
}

/** Whose an object is; nothing where it may be one that others have, too. */
function holderOf(model: WorkspaceModel, { file, fn }: Place, object: AccessPath): Holder | undefined {
  const parts = /(?:\.[\w$]+)*$/.exec(object)?.[0] ?? "";
  const start = object.slice(0, object.length - parts.length);
  const isOwn = (name: string) => makesItself(file, name) || (file.language === "go" && isHeldByValue(model, name));
  if (!parts.split(".").every((name) => name === "" || isOwn(name))) return undefined;
  const position = /^<func#\d+@(\d+)>(?:<[^<>]+>)?$/.exec(start)?.[1];
  if (position !== undefined) return { parameter: Number(position) };
  if (rootOf(start) !== start) return isMade(file, start) ? "new" : undefined;
  const type = /^<(.+)>$/.exec(start)?.[1];
  if (type === undefined) return /^(?:this|self)$/.test(start) ? "receiver" : undefined;
  const parameter = fn.parameters.findIndex((one) => one.type === type);
  if (parameter >= 0) return { parameter };
  // A function inside a method has the method's object.
  const around = functionsAround(file, file.functions.indexOf(fn));
  if (around.some(({ typeName }) => typeName !== undefined && type.replace(/^\*/, "") === typeName)) return "receiver";
  return file.language === "go" && isStruct(model, type) ? "new" : undefined;
}

/** Whether a file gives a field of that name something it has just made. */
function makesItself({ functions, types }: FileSummary, name: string): boolean {
  return (
    functions.some((fn) => notesOf(fn).makes?.includes(name)) ||
    types.some(({ fields }) =>
      fields.some((field) => field.name === name && (field.made ?? field.origin) !== undefined),
    )
  );
}

/** Whether wherever a field of that name is declared in Go, embedded or not, it holds a struct itself and no pointer to one. */
function isHeldByValue(model: WorkspaceModel, name: string): boolean {
  const types = fieldTypes(model.files).get(name);
  return types.length > 0 && types.every((type) => isStruct(model, type));
}

/** The types of the fields of a workspace, by the names of the fields. */
const fieldTypes = fileIndex(({ types }) =>
  types.flatMap(({ fields }) => fields.map(({ name, type = "" }) => [name, type] as const)),
);

/** In Go a value of such a type that is no parameter was made or declared in the function; what is shared goes by a pointer. */
function isStruct({ files }: WorkspaceModel, type: string): boolean {
  const name = /^(?:\w+\.)?(\w+)$/.exec(type)?.[1];
  const declared = name === undefined ? [] : typesNamed(files).get(name);
  return declared.length > 0 && declared.every(({ facts }) => facts.form === "struct");
}
