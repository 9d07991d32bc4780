import type { TypeFacts } from "../facts";
import type { FileSummary } from "../fileSummary";
import type { TypeExpression } from "./typeExpression";

/** What a language's build files and folders say about where modules are. */
export interface Project {
  /** Text of a build file (`go.mod`, `tsconfig.json`, `package.json`, `pyproject.toml` ...) by path from the root. */
  configuration(path: string): string | undefined;
  /** Paths of all build files, sorted. */
  readonly configurations: readonly string[];
  /** Whether the workspace has a source file of this path. */
  hasFile(path: string): boolean;
  /** Whether the workspace has source files in this folder or below it. */
  hasFolder(path: string): boolean;
}

/** Rules of languages in which every function belongs to a class and is told apart by its parameters (Java). */
export interface ClassRules {
  /** What types of a form extend without saying so. */
  readonly implicitBases: Readonly<Record<TypeFacts["form"], { module: string; symbol: string }>>;
  /** Members the language gives every type, as type texts: `this` stands for the type, `super` for what it extends. */
  readonly typeMembers: ReadonlyMap<string, string>;
}

/** How one language finds what a name means. Made anew when a build file or the set of files changes. */
export interface LanguageLinks {
  /** The module that a file's declarations belong to: a Go import path, a Python or Java package, a TypeScript file. */
  moduleOf(file: Pick<FileSummary, "path" | "packageName">): string;
  /**
   * The module an import means, in the workspace or not. In languages where an import may name a type or a package
   * (`import a.b.C`), `module` and `member` come apart here.
   */
  resolveImport(
    imported: { module: string; member?: string },
    from: Pick<FileSummary, "path" | "packageName">,
  ): { module: string; member?: string };
  /** Modules whose names need no import, most specific first. */
  readonly implicitModules: readonly string[];
  /** Reads a declared type as written in the source. Never throws; what it does not understand is `unknown`. */
  parseType(text: string): TypeExpression;
  /** Name of the method that runs when a type is constructed: `__init__`, `constructor`; absent when it is the type's. */
  readonly constructorName: string | undefined;
  /** Members of the type around a method need no receiver (Java). */
  readonly implicitReceiver: boolean;
  /** Types that are seen through to their first argument, as `await` does: `Promise`, `Awaitable`. */
  readonly unwraps: readonly string[];
  /** `a, b = list` takes a list apart (Python, JavaScript), where elsewhere parts are those of several results. */
  readonly destructures: boolean;
  /** Name of what a module stands for when it is used as a value itself (JavaScript). */
  readonly defaultExport?: string;
  /** Member of every value that is its type: `__class__`. */
  readonly typeMember?: string;
  /** Methods that give the value itself where its type does not declare them: `__enter__`. */
  readonly selfMethods?: readonly string[];
  /** Method that is asked for members a type does not have: `__getattr__`. */
  readonly anyMember?: string;
  /** A type implements an interface without naming it. */
  readonly structural: boolean;
  /** A type may implement an interface without naming it, though most do (Python's protocols). */
  readonly protocols?: boolean;
  /** Modules are folders whose files see one another's names (Go, Java). */
  readonly sharesModule: boolean;
  /** Present where methods are told apart by the types of their parameters and share no names with fields. */
  readonly classes?: ClassRules;
}
