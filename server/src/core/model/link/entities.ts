import type { Catalog, CatalogEntry } from "../../catalog/catalog";
import type { FileSummary, FunctionSummary } from "../fileSummary";
import type { Declaration } from "./declarations";
import { type Entity, type ExternalEntity, type FunctionRef, functionOf, type Type } from "./types";

/** Of more functions of one name in one place the last ones count: it is the last that languages keep. */
export const maxNamesakes = 20;

/** In a result type of the catalog: the function at `callback` itself, and what that function gives. */
export const handedFunction = "$callback";
export const handedResult = "$result";
/** The function at `callback`, in the form that gives a promise in place of calling back. */
export const promisedFunction = "$promised";

/** What type parameters stand for. */
export type Bindings = ReadonlyMap<string, Type | undefined>;
export const noBindings: Bindings = new Map();

/** Among overloads those that take as many arguments; all of them when none does. */
export function fitting(functions: readonly FunctionRef[], argumentCount: number): readonly FunctionRef[] {
  if (functions.length < 2) return functions;
  const taking = functions.filter((ref) => takes(functionOf(ref), argumentCount));
  return taking.length > 0 ? taking : functions;
}

function takes({ parameters }: FunctionSummary, count: number): boolean {
  const required = parameters.filter((parameter) => !parameter.rest && parameter.default === undefined).length;
  const most = parameters.some(({ rest }) => rest) ? Number.POSITIVE_INFINITY : parameters.length;
  return count >= required && count <= most;
}

export function isSameType(a: Type, b: Type): boolean {
  if (a.kind === "declared" && b.kind === "declared") return a.declaration.facts === b.declaration.facts;
  return a.kind === "external" && b.kind === "external" && a.module === b.module && a.symbol === b.symbol;
}

export function asValue(type: Type | undefined): Entity | undefined {
  // Python's `type[Foo]` is the class itself.
  const [ofClass] =
    type?.kind === "external" && type.symbol === "type" && type.module === "builtin" ? type.arguments : [];
  if (ofClass) return { kind: "type", type: ofClass };
  return type && { kind: "value", type };
}

/** Something outside the workspace that only its place is known of. */
export function isGuess(entity: Entity): boolean {
  return entity.kind === "external" && entity.entry === undefined && entity.receiver?.kind !== "function";
}

/** Whether a wildcard stands for all of a module. */
export function isWhole(member: string | undefined): member is "*" | undefined {
  return member === undefined || member === "*";
}

export function isDeclaredIn(type: Type, file: FileSummary): boolean {
  return type.kind === "declared" && type.declaration.file === file;
}

export function results(types: readonly (Type | undefined)[]): Entity | undefined {
  return types.length === 1 ? asValue(types[0]) : { kind: "results", types };
}

export function externalType(
  module: string,
  symbol: string,
  given: readonly (Type | undefined)[],
): Extract<Type, { kind: "external" }> {
  return { kind: "external", module, symbol, arguments: given };
}

/** Something outside the workspace, with what the catalog says of it. */
export function externalEntity(
  catalog: Catalog,
  module: string,
  symbol: string,
  receiver: Type | undefined,
): ExternalEntity {
  const entry = catalog.entry(module, symbol);
  return { kind: "external", module, symbol, ...(entry && { entry }), ...(receiver && { receiver }) };
}

/** What is done when a function that calls back is made to give a promise: `promisify(exec)`, `promisify(setTimeout)`. */
export function promised(catalog: Catalog, { module, symbol, entry }: ExternalEntity): Entity | undefined {
  const own = externalEntity(catalog, `${module === "builtin" ? "timers" : module}/promises`, symbol, undefined);
  if (own.entry) return own;
  if (!entry?.role || entry.blocks !== false) return undefined;
  const { role, access } = entry;
  return { kind: "external", module, symbol, entry: { role, ...(access && { access }), returns: "Promise<any>" } };
}

export function isProperty({ modifiers, decorators }: FunctionSummary): boolean {
  return modifiers.includes("getter") || decorators.some((decorator) => /(^|[._])property(\.|$|\()/.test(decorator));
}

/** The function that a value of a type is or may be. */
export function functionIn(type: Type | undefined): Extract<Type, { kind: "function" }> | undefined {
  if (type?.kind === "union") return type.members.map(functionIn).find(Boolean);
  return type?.kind === "function" ? type : undefined;
}

/** Of methods of one name those of the type itself, or those of its values. */
export function ofKind(
  found: Extract<Entity, { kind: "function" }>,
  ofType: boolean,
): Extract<Entity, { kind: "function" }> {
  if (found.functions.length < 2) return found;
  const functions = found.functions.filter((ref) => functionOf(ref).modifiers.includes("static") === ofType);
  return functions.length > 0 ? { ...found, functions } : found;
}

export function ownerOf(entity: Extract<Entity, { kind: "external" }>): Extract<Type, { kind: "external" }> {
  return entity.receiver?.kind === "external" ? entity.receiver : externalType(entity.module, entity.symbol, []);
}

export function bindingsOf(parameters: readonly string[], given: readonly (Type | undefined)[]): Bindings {
  if (parameters.length === 0) return noBindings;
  return new Map(parameters.map((parameter, i) => [parameter, given[i]]));
}

/** Whether a catalog entry describes a type. */
export function isType(entry: CatalogEntry): boolean {
  return (
    entry.lock !== undefined ||
    entry.parameters !== undefined ||
    entry.bases !== undefined ||
    entry.fields !== undefined ||
    entry.element !== undefined ||
    (entry.role === undefined && entry.returns === undefined && entry.type === undefined)
  );
}

export function fileOf(declaration: Declaration): FileSummary {
  if (declaration.kind === "type") return declaration.type.file;
  return declaration.kind === "function" ? declaration.ref.file : declaration.file;
}

export function distinct(functions: readonly FunctionRef[]): FunctionRef[] {
  return functions.filter(
    (ref, i) => functions.findIndex((other) => other.file === ref.file && other.index === ref.index) === i,
  );
}
