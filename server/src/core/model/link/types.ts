import type { CatalogEntry } from "../../catalog/catalog";
import type { TypeFacts } from "../facts";
import type { FileSummary, FunctionSummary } from "../fileSummary";

/** A type declared in the workspace. */
export interface TypeDeclaration {
  module: string;
  file: FileSummary;
  facts: TypeFacts;
}

/** A function of the workspace. */
export interface FunctionRef {
  file: FileSummary;
  index: number;
}

/** What a value can be. `undefined` wherever nothing is known. */
export type Type =
  /** `above`: of the members only those of what it extends, as `super` sees it. */
  | { kind: "declared"; declaration: TypeDeclaration; arguments: readonly (Type | undefined)[]; above?: boolean }
  | { kind: "external"; module: string; symbol: string; arguments: readonly (Type | undefined)[] }
  | { kind: "tuple"; elements: readonly (Type | undefined)[] }
  | { kind: "function"; parameters: readonly (Type | undefined)[]; results: readonly (Type | undefined)[] }
  | { kind: "union"; members: readonly Type[] };

/** What a path leads to. */
export type Entity =
  | { kind: "module"; module: string }
  | { kind: "type"; type: Type }
  | { kind: "value"; type: Type }
  /** Several values at once: the results of a Go function. */
  | { kind: "results"; types: readonly (Type | undefined)[] }
  /** More than one function: overloads, or `dynamic` when what is called depends on the value. */
  | {
      kind: "function";
      functions: readonly FunctionRef[];
      /** The type each one is declared in, as the receiver sees it. */
      owners?: readonly Type[];
      receiver?: Type;
      /** The type it was reached through, when a base of that has it. */
      self?: Type;
      dynamic: boolean;
      /** What is meant when none of them takes the arguments. */
      inherited?: ExternalEntity;
    }
  | ExternalEntity;

export function functionOf({ file, index }: FunctionRef): FunctionSummary {
  return file.functions[index] as FunctionSummary;
}

/** Something outside the workspace, known by name and perhaps by the catalog. */
export interface ExternalEntity {
  kind: "external";
  module: string;
  symbol: string;
  entry?: CatalogEntry;
  receiver?: Type;
  /** The type the member was reached through, when a base of it has the member. */
  self?: Type;
  /** Functions of the workspace one of which it is, where they are too many to say which. */
  alternatives?: readonly FunctionRef[];
}
