import type { BareLines, LanguageId, SyntaxConstruct } from "../model/facts";

/**
 * What a rule demands of code or of changes, in a form that can be checked. Plain data: the shape of `enforcement` in
 * `fathom rules` and of `check` in `.fathom/rules.yaml`. Names are as the rule writes them: `s.db.*`, `json.Marshal`,
 * `.unwrap`, `lodash`; paths and globs are those of `RuleScope.paths`.
 */
export type Check = CodeCheck | ChangeCheck | TextCheck;

/** Checks of code as it is. */
export type CodeCheck =
  | ForbiddenUse
  | ForbiddenConstruct
  | CallWhileHolding
  | OnlyFrom
  | CallOrder
  | RequiredCompanion
  | Naming
  | Layout
  | SizeLimit
  | RequiredText
  | Invariant;

/** Checks of a change: the working tree or a branch against where it began. */
export type ChangeCheck = ForbiddenEdit | MustAccompany;

/** Checks of texts: scripts, manifests and workflows, or files of any language. */
export type TextCheck = ForbiddenCommand | RequiredSetting | ForbiddenText;

/** What code a check is about, within the files its rule is loaded for. What is absent does not restrict. */
export interface CodeScope {
  languages?: LanguageId[];
  /** Paths and globs as rules name them. */
  paths?: string[];
  exceptPaths?: string[];
  /** `false`: not in tests; `true`: only there. */
  tests?: boolean;
  /** Only what is being changed: what has stood there before breaks nothing. */
  added?: true;
}

/** A check whose rule holds only under a condition no program can see. */
export interface Qualified {
  /** That condition, in the rule's words: "for git-relative paths". What is found is told and never blocks. */
  qualifier?: string;
}

/** X is not called, imported, or named at all. */
export interface ForbiddenUse extends Qualified {
  form: "forbidden-call" | "forbidden-import" | "forbidden-name";
  names: string[];
  /** What to use; a fix when both are single plain names. */
  instead?: string[];
  /** Only inside functions of these names, in what calls of these names are handed, or in a place of this kind. */
  inside?: {
    functions?: string[];
    place?: "loop" | "handler" | "async" | "constructor" | "transaction" | "throw" | "catch";
  };
  /** Only calls that are given one of these: `shell=True`. A name and `true` or `false`. */
  given?: string[];
  /** Only calls that are given none of these, in Python by name: `timeout`. */
  without?: string[];
  /** Only calls whose result nobody takes. */
  dropped?: true;
  /**
   * Only by one part of the folder named of another: of anything there, or of what lies below its entry; of a package
   * named, what lies below it.
   */
  across?: "all" | "inner";
  scope?: CodeScope;
}

/** Constructs that have no name to call or import. */
export type ConstructKind =
  | SyntaxConstruct
  | "any-assertion"
  | "relative-import"
  | "dynamic-import"
  | "extensionless-import"
  | "enum-declaration"
  | "interface-declaration"
  | "class-declaration"
  | "init-function"
  | "class-component"
  | "late-context"
  | "context-field"
  | "accessor"
  | "barrel-file"
  | "synchronized";

export interface ForbiddenConstruct extends Qualified {
  form: "forbidden-construct";
  constructs: ConstructKind[];
  instead?: string[];
  /** Only where no comment beside it says why. */
  unexplained?: true;
  scope?: CodeScope;
}

/** A is not called, directly or through others, while B is held. */
export interface CallWhileHolding {
  form: "call-while-holding";
  names: string[];
  /** Locks as the rule names them; empty: any lock. */
  locks: string[];
  scope?: CodeScope;
}

/** A is called or imported only in B: functions, types or paths. */
export interface OnlyFrom extends Qualified {
  form: "only-from";
  names: string[];
  from: { names?: string[]; paths?: string[] };
  scope?: CodeScope;
}

/** In a function that calls `then`, `first` has been called before; or whoever calls `first` also calls `then`. */
export interface CallOrder {
  form: "call-order" | "call-pair";
  first: string[];
  then: string[];
  scope?: CodeScope;
}

/** What a declaration is, as a rule speaks of it. */
export interface DeclarationKind {
  kind:
    | "function"
    | "type"
    | "class"
    | "interface"
    | "enum"
    | "constant"
    | "file"
    | "test-file"
    | "test"
    | "handler"
    | "hook"
    /** Of React: a function in a file of JSX, in a capital letter. */
    | "component";
  /** Public functions, exported types. */
  exported?: boolean;
  /** Functions that are awaited, and tests that are. */
  async?: true;
  /** Names as patterns: `*Service`, `use*`. */
  names?: string[];
}

/** Every X has Y. */
export interface RequiredCompanion {
  form: "required-companion";
  subject: DeclarationKind;
  companion: "doc-comment" | "test" | "decorator" | "parameter" | "return-type" | "parameter-types" | "base" | "call";
  /** The decorator, parameter or base it must be, what it must call, as written. */
  name?: string;
  scope?: CodeScope;
}

/** How things are called, and where they are. */
export interface Naming extends Qualified {
  form: "naming";
  subject: DeclarationKind;
  style?: "camelCase" | "PascalCase" | "snake_case" | "kebab-case" | "SCREAMING_SNAKE_CASE";
  prefix?: string;
  suffix?: string;
  /** Patterns no such name matches: `*Impl`. */
  avoid?: string[];
  /** Where such a declaration has to be. */
  paths?: string[];
  scope?: CodeScope;
}

/** How the text of a file is laid out. */
export interface Layout {
  form: "layout";
  /** Characters of a line. */
  maxLine?: number;
  indent?: "tabs" | "spaces";
  /** Spaces by which a block is indented. */
  width?: number;
  /** Files end with a line break. */
  finalNewline?: true;
  /** JavaScript, TypeScript and Python. */
  quotes?: "single" | "double";
  /** JavaScript and TypeScript. */
  semicolons?: "always" | "never";
  scope?: CodeScope;
}

export interface SizeLimit {
  form: "size-limit";
  /** `complexity` is McCabe's, `cognitive` SonarSource's. */
  of: "file" | "class" | "function" | "parameters" | "nesting" | "complexity" | "cognitive";
  /** Lines, parameters, levels, or points of complexity. */
  max: number;
  /** Lines of a function that do not count. */
  excluding?: (keyof BareLines)[];
  scope?: CodeScope;
}

/** Each file has this text, near its start. */
export interface RequiredText {
  form: "required-text";
  text: string;
  scope?: CodeScope;
}

/** A name has a value: `softDeathEnabled = false`. */
export interface Invariant {
  form: "invariant";
  name: string;
  value: string;
  /** The value is a number that is not passed. */
  bound?: "at-most" | "at-least";
  scope?: CodeScope;
}

/** Files that nobody edits: generated, protected, shipped. */
export interface ForbiddenEdit extends Qualified {
  form: "forbidden-edit";
  paths: string[];
  /** Files that say so themselves, near their start: `DO NOT EDIT`; of generated ones, whatever they say. */
  marked?: string[];
  /** New files there are fine. */
  additionsAllowed?: true;
  /** Only new files are forbidden there. */
  additionsOnly?: true;
  /** Not by hand: what their generator writes is fine. */
  generated?: true;
}

/** A change to one of `when` comes with a change to every one of `also`. */
export interface MustAccompany extends Qualified {
  form: "must-accompany";
  when: ChangeSubject;
  also: ChangeSubject[];
}

export interface ChangeSubject {
  paths?: string[];
  /** Functions, types and constants whose text changes. */
  names?: string[];
  /** Files of the product's code, or its tests. */
  of?: "code" | "tests";
  /** What a command writes. */
  madeBy?: string;
  /** Only files that are added; of paths that stand for the files of any folder, only those of a new folder. */
  added?: true;
}

/** What no file of a scope holds, where it is no name of analysed code: SQL, templates, documents, other languages. */
export interface ForbiddenText extends Qualified {
  form: "forbidden-text";
  /** As written; `…` is a little of anything, on the same line. */
  texts: string[];
  /** Characters of a kind. */
  characters?: "emoji";
  instead?: string[];
  /** Without paths: the code, and not the documents. */
  scope?: CodeScope;
}

/** A setting of a tool that is on. */
export interface RequiredSetting {
  form: "required-setting";
  /** Base name of the file: `tsconfig.json`. */
  file: "tsconfig.json";
  key: string;
  value: string;
}

/** A command that no script, manifest or workflow runs. */
export interface ForbiddenCommand extends Qualified {
  form: "forbidden-command";
  /** As written: `npm audit fix --force`; a path such as `cmd/galaxygen/` is any command that runs it. */
  commands: string[];
  /** Arguments with which they are right: forbidden is to leave one of them out. */
  without?: string[];
  instead?: string[];
}

/** Whether a check is of what a change adds, and of nothing that stands already. */
export function isOfAdditions(check: Check | null): boolean {
  return check !== null && "scope" in check && check.scope?.added === true;
}

/** Whether a command is to be run, which may write the same again. */
export function asksForCommand(check: Check | null): boolean {
  return check?.form === "must-accompany" && check.also.some(({ madeBy }) => madeBy !== undefined);
}

/** The condition of a check's rule that nothing can check, if it has one. */
export function qualifierOf(check: Check | null): string | undefined {
  return check && "qualifier" in check ? check.qualifier : undefined;
}
