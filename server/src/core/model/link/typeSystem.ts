import type { Catalog } from "../../catalog/catalog";
import type { Segment } from "../accessPath";
import type { AccessPath, ConstantFacts, FieldFacts } from "../facts";
import type { FileSummary, FunctionSummary } from "../fileSummary";
import type { Declaration, Declarations } from "./declarations";
import type { Bindings } from "./entities";
import type { FileScope } from "./fileScope";
import type { LanguageLinks } from "./languageLinks";
import type { Place, Places } from "./place";
import type { QueryCache } from "./queryCache";
import type { TypeExpression } from "./typeExpression";
import type { Entity, ExternalEntity, FunctionRef, Type, TypeDeclaration } from "./types";

export type DeclaredType = Extract<Type, { kind: "declared" }>;
export type ExternalType = Extract<Type, { kind: "external" }>;
export type FunctionEntity = Extract<Entity, { kind: "function" }>;

/** A method and the type that declares it. */
export interface OwnedMethod {
  ref: FunctionRef;
  owner: DeclaredType;
}

/** What the parts of a `Resolver` ask of one another. */
export interface TypeSystem {
  readonly declarations: Declarations;
  readonly links: LanguageLinks;
  readonly catalog: Catalog;
  readonly queries: QueryCache;
  readonly places: Places;
  readonly names: Names;
  readonly members: Members;
  readonly types: Types;
  readonly results: Results;
  /** Where a type may extend several classes, the order in which they are asked is part of the language. */
  readonly inheritsInOrder: boolean;
  /** What a closed path leads to in a file. */
  resolve(path: AccessPath, place: Place, depth?: number, isCallee?: boolean): Entity | undefined;
}

export interface Names {
  /** What a plain name means in a file. */
  name(name: string, place: Place, depth: number, next?: Segment): Entity | undefined;
  /** @param file the file asking: its own declarations come before those of its module's other files */
  memberOfModule(module: string, name: string, depth: number, file?: FileSummary): Entity | undefined;
  /** What a module stands for when it is used as a value or a type itself: its default export. */
  mainOf(module: string, depth: number): Entity | undefined;
  dottedModule(name: string, place: Place): Entity | undefined;
  dottedImport(
    root: string,
    segments: readonly Segment[],
    place: Place,
  ): { entity: Entity | undefined; length: number } | undefined;
  declared(declarations: readonly Declaration[], depth: number, asking?: FileSummary): Entity | undefined;
  variable(variable: ConstantFacts | FieldFacts, place: Place, depth: number, bindings?: Bindings): Entity | undefined;
  scopeOf(file: FileSummary): FileScope;
}

export interface Members {
  member(entity: Entity, name: string, next: Segment | undefined, depth: number): Entity | undefined;
  /** A member of a type or of a value of that type. */
  memberOfType(type: Type, name: string, depth: number, seen?: Set<unknown>, next?: Segment): Entity | undefined;
  memberOfExternal(type: ExternalType, name: string, depth: number, seen: Set<unknown>): Entity | undefined;
  subtypes(type: TypeDeclaration): TypeDeclaration[];
  /** Whether a type has all methods of an interface, where it need not say so; `false` in other languages. */
  isImplementedBy(interfaceType: TypeDeclaration, type: TypeDeclaration): boolean;
  constructors(type: TypeDeclaration): readonly FunctionRef[];
  /** What runs when a value of a type is called. */
  callOf(type: Type, depth: number): Entity | undefined;
}

export interface Types {
  type(expression: TypeExpression, place: Place, bindings: Bindings, depth: number): Type | undefined;
  /** A type by its dotted name as the file sees it; an alias is what it stands for. */
  typeNamed(name: string, place: Place, depth: number): Type | undefined;
  declaredType(module: string, name: string, file: FileSummary, depth: number): Type | undefined;
  basesOf(type: DeclaredType, depth: number): readonly Type[];
  /** What a type extends, directly or not, in the order in which members are looked for. */
  ancestorsOf(type: DeclaredType, depth: number): readonly Type[];
  argumentsOf(type: DeclaredType, depth: number, names?: readonly string[]): Bindings;
  /** Type parameters by their arguments, or by their bounds where no argument is given. */
  argumentsOrBounds(type: DeclaredType, depth: number): Bindings;
  receiverBindings(receiver: Type | undefined, fn: FunctionSummary): Bindings;
  /** A type text of the catalog, seen from the entry it belongs to. */
  catalogType(
    text: string,
    owner: ExternalType,
    depth: number,
    self?: Type | undefined,
    handed?: Type,
  ): Type | undefined;
  catalogTypeIn(text: string, module: string, bindings: Bindings, depth: number): Type | undefined;
}

export interface Results {
  result(entity: Entity, depth: number): Entity | undefined;
  resultOf(entity: FunctionEntity, depth: number): Entity | undefined;
  /**
   * What a call gives that is handed a function, that function itself or something made of its result; and what one
   * gives that is handed a type.
   */
  resultOfHanding(entity: Entity, given: AccessPath, place: Place, depth: number): Entity | undefined;
  externalResult(entity: ExternalEntity, depth: number): Entity | undefined;
  /** The type of an external variable or class seen as a value. */
  externalValueType(entity: ExternalEntity, depth: number): Type | undefined;
  part(entity: Entity, index: number, depth: number): Entity | undefined;
  element(entity: Entity, form: "element" | "each" | "key", depth: number): Entity | undefined;
  /** What a function without types is given: by the type it is declared as, or by what the call that it is handed to says. */
  closureParameter(file: FileSummary, index: number, parameter: number, depth: number): Type | undefined;
}
