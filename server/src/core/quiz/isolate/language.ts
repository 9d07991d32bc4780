import type { SyntaxNode } from "../../syntax/syntaxNode";
import type { NotRunnable } from "../program";
import type { Replacement } from "./rewritten";

/** What a language knows about taking functions out of their files. */
export interface IsolationLanguage {
  /** What a file's top level declares, imports and gives to others. */
  declarations(root: SyntaxNode): ModuleDeclarations;
  /** What a statement takes from outside itself. */
  uses(statement: SyntaxNode, isWanted: IsWanted, standIn?: StandIn): Uses;
  /** Why a name that the file does not declare cannot be had, or `undefined` where the language provides it. */
  refusesGlobal(name: string): string | undefined;
  /** What of a statement the program takes. */
  taken(statement: SyntaxNode, isWanted: IsWanted, standIn?: StandIn): Taken;
  entryOf(place: FunctionPlace): string | NotRunnable;
  /** A function or a declaration inside another function as a statement of its own, under this name. */
  lifted(node: SyntaxNode, name: string): Taken;
  /** Lines around lifted statements that make of them one function, which takes what these capture and calls one of them. */
  capturing(name: string, captured: readonly string[], called: string): Capturing;
  /** Whether a function needs nothing of the expression it stands in: a member of an object that says nothing of `this`. */
  standsAlone(node: SyntaxNode): boolean;
  /** Whether a declaration in a function gives code, which is the same whatever it takes when it runs. */
  isCode(node: SyntaxNode): boolean;
  /** What a function binds for those inside it: declarations that are the same each time it runs, or nothing to take. */
  bindings(enclosing: SyntaxNode): ReadonlyMap<string, SyntaxNode | undefined>;
  /** Imports for names that inputs use though the file may not know them. */
  inputImports: ReadonlyMap<string, string>;
  /** Whether a name in a statement is evaluated only when somebody calls a function. */
  isDeferred(place: SyntaxNode, statement: SyntaxNode): boolean;
  /** Whether a statement of this kind can be run though it evaluates absent names: what it makes of them is absent too. */
  loadsWithout(statement: SyntaxNode): boolean;
  /** A use of a name under another one: `{ size }` becomes `{ size: size_2 }`. */
  renamed(place: SyntaxNode, name: string): string;
  /** The member that is reached at once where a name is used: `arrange` of `piers.arrange()`. */
  memberAt(place: SyntaxNode): string | undefined;
  /** Whether a name is used for more than one of its members, so that all of them may be needed. */
  isUsedWhole(place: SyntaxNode): boolean;
  /** Members of what a statement declares that are left out unless they are wanted. */
  held(statement: SyntaxNode): readonly string[];
  /** A statement that gives a name to an expression. */
  alias(name: string, expression: string): string;
  /** An expression whose members are these, and a line it needs. */
  namespace(members: ReadonlyMap<string, string>, absent: ReadonlySet<string>): { expression: string; line?: string };
  /** The module that a member of the module in this file may be, as the file itself would import it. */
  submodule(path: string, member: string): string | undefined;
}

/** Whether a method of this name is called by what is gathered; all others are left out with all that they need. */
export type IsWanted = (method: string) => boolean;

/** The class of a method whose objects are made from their fields alone: only methods are taken, and plain constants. */
export interface StandIn {
  className: string;
  /** The statement that declares it. */
  statement: SyntaxNode;
}

export interface Taken {
  /** The statement without what only a module can say. */
  node: SyntaxNode;
  /** Methods that nobody reaches; their lines stay empty. In the order of the text. */
  replaced: readonly Replacement[];
  /** What has to stand before it. */
  start?: string;
  /** What has to follow. */
  end: string;
}

export interface Capturing {
  before: string;
  /** What stands at the beginning of every line in between that is not of the file. */
  indent: string;
  after: string;
}

export interface Uses {
  /** Names, and where they stand; types that only describe are none. */
  names: ReadonlyMap<string, readonly SyntaxNode[]>;
  /** Names of members that are reached: `arrange` in `this.arrange()`. */
  members: ReadonlySet<string>;
  /** Why it cannot be run whatever it uses. */
  refused: string | undefined;
}

export interface ModuleDeclarations {
  statements: ReadonlyMap<string, readonly SyntaxNode[]>;
  /** Statements that only add one function to what a name stands for, `Fleet.arrange = ...`: taken when it is reached. */
  additions: ReadonlyMap<string, readonly Addition[]>;
  imports: ReadonlyMap<string, ImportedName>;
  /** Names that the module system provides, with the text that stands in for it. */
  provided: ReadonlyMap<string, string>;
  /** What others get under a name. */
  exported(name: string): Exported | undefined;
  /** Modules all of whose names are handed on. */
  handedOn: readonly string[];
}

export interface Addition {
  member: string;
  statement: SyntaxNode;
}

/** A name of the file, with the members that lead from there to what is meant, or something of another module. */
export type Exported = { name: string; members?: string } | ImportedName;

export interface ImportedName {
  /** As written. */
  module: string;
  /** The name it has there; absent for the module itself. */
  member?: string;
  /** Where the language provides the module: the statement that brings this one name as another one. */
  statement?: (localName: string) => string;
}

/** Where a function stands in its file. */
export interface FunctionPlace {
  /** The declaration as the facts have it. */
  node: SyntaxNode;
  symbol: string;
  /** The statement of the top level it is in; the function itself where others are around it. */
  statement: SyntaxNode;
  /** The functions around it, innermost first. */
  enclosing: readonly SyntaxNode[];
  isMethod: boolean;
  isStatic: boolean;
}
