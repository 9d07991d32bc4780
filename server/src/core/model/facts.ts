import type { Span } from "../base/text";

/**
 * What every detector, question and rule works on. Each language lowers its syntax tree once into these plain
 * objects; they can move between threads and into caches. Spans are UTF-16 offsets into the file's text.
 */
export type LanguageId = "go" | "python" | "typescript" | "javascript" | "java";

export interface FileFacts {
  /** Relative to the workspace root, `/` separators. */
  path: string;
  language: LanguageId;
  /** Offset at which each line starts. */
  lineStarts: number[];
  /** The package, namespace or module name the file declares, where the language has one. */
  packageName: string | undefined;
  /** Go: which programs it is part of, in the syntax of `//go:build`; absent where it is part of all. */
  buildConstraint?: string;
  /** Files that detectors leave alone, and why. */
  leftOut: "generated" | "vendored" | "minified" | undefined;
  isTest: boolean;
  hasSyntaxErrors: boolean;
  imports: ImportFacts[];
  types: TypeFacts[];
  /** Variables and constants declared outside functions. */
  constants: ConstantFacts[];
  comments: CommentFacts[];
  /** The comments and directives before the first declaration, as written and cut. */
  head?: string;
  /** Constructs without a name that rules forbid, in source order; absent where there are none. */
  constructs?: ConstructFacts[];
  /** What is set to `true` or `false` where it is written, in source order; absent where there is nothing. */
  flags?: FlagFacts[];
  layout?: LayoutFacts;
  /** Names under which other files see what is declared here, where they differ or are given apart: `export { a as b }`. */
  exports?: ExportFacts[];
  /** In source order; an enclosing function comes before those inside it. */
  functions: FunctionFacts[];
  /** What runs when the file is loaded, outside every function. */
  steps: Step[];
}

export interface ImportFacts extends Span {
  /** As written, without quotes: `database/sql`, `./ports`, `java.util.List`. */
  module: string;
  /** The imported member; `*` for all of them; absent when the module itself is bound. */
  member?: string;
  /** The name it has in this file. */
  localName: string;
  /** Handed on to whoever imports this file: `export { a } from "./b"`, `from .b import a` in a package's `__init__`. */
  exported?: boolean;
}

export interface ExportFacts {
  /** As others import it; `default` for the default export. */
  name: string;
  /** The name it has in this file. */
  localName: string;
}

export interface TypeFacts extends Span {
  name: string;
  form: "struct" | "class" | "interface" | "enum" | "record" | "alias";
  typeParameters: TypeParameterFacts[];
  /** Embedded, extended and implemented types, as written; what an alias stands for. */
  bases: string[];
  /** The one of `bases` that a class extends, where the others are only interfaces. */
  extended?: string;
  /** Whether a comment documents it; absent where that is not known. */
  documented?: boolean;
  /** A class with decorators; of those that others write annotations for, nothing is said. */
  decorated?: true;
  fields: FieldFacts[];
  /** The methods declared inside the type. */
  methods: MethodFacts[];
}

export interface TypeParameterFacts {
  name: string;
  /** What it must be, as written: `Comparable<T>`, `~int | string`. */
  bound?: string;
}

export interface MethodFacts {
  name: string;
  /** Declared result types of a method that has no body, as written; the others are in `FileFacts.functions`. */
  results?: string[];
  /** Declared parameter types, where a type may implement the method without naming the interface. */
  parameters?: string[];
}

export interface FieldFacts extends Span {
  name: string;
  type?: string;
  /** Where the value it is declared with comes from, when the type is not written. */
  origin?: AccessPath;
  /** Where neither type nor origin tells: the parameter without a type that it is set to, `<func#3@1>`, or a part of that. */
  given?: AccessPath;
  /** Where what the file puts into it comes from, closed, when it is a collection whose type does not say. */
  elements?: AccessPath[];
  /** What may be functions in the table that it is declared with, as written: `<func#2>`, `this.hail`. */
  holds?: AccessPath[];
  /** The class of the object of its own that it is declared with: `new Tides()`. */
  made?: string;
  /** Of a semaphore or a queue that it is given: its name and the arguments, as written: `Queue(100)`. */
  madeWith?: string;
  /** Of a lock that is another one, or one side of that, for readers or for writers: the field of the other. */
  sideOf?: { lock: string; forReading?: boolean };
  volatile?: true;
  /** What it is declared with is a collection that takes care of itself. */
  guardsItself?: true;
  record?: true;
  embedded?: boolean;
}

export interface ConstantFacts extends Span {
  name: string;
  type?: string;
  /** Where the initial value comes from, when the type is not written. */
  origin?: AccessPath;
  /** As in `FieldFacts`. */
  elements?: AccessPath[];
  /** The initial value as written, when it is short. */
  value?: string;
  /** What it is declared with has parts that go by names, each of a kind of its own: `{"rows": [], "at": None}`. */
  record?: true;
  mutable: boolean;
}

export interface CommentFacts extends Span {
  /** Without comment markers. */
  text: string;
}

/** Constructs that have no name to call or import and that the syntax alone tells. */
export type SyntaxConstruct =
  | "any-type"
  | "non-null-assertion"
  | "type-assertion"
  | "type-suppression"
  | "default-export"
  | "wildcard-import"
  | "bare-except"
  | "empty-catch"
  | "todo-comment"
  | "var-declaration"
  | "global-variable"
  | "nested-ternary"
  | "naked-return"
  | "else-after-return"
  | "commonjs"
  | "local-import"
  | "braceless-if"
  | "inline-style"
  | "loose-equality"
  | "for-in-loop"
  | "object-type-alias"
  | "mutable-default"
  | "string-formatting"
  | "broad-catch"
  | "unwrapped-error"
  | "discarded-error"
  | "field-injection"
  | "raw-sql"
  | "const-enum"
  | "unmarked-type-import"
  | "error-comparison"
  | "hardcoded-secret"
  | "foreign-comment"
  | "commented-code";

/** How the text is laid out; what is usual everywhere is left out. */
export interface LayoutFacts {
  /** Lines of more than 79 characters that hold no address: line (zero-based) and length in turn; only the first ones. */
  long?: number[];
  /** The first line that is indented with a tab, zero-based. */
  tabs?: number;
  /** By how many spaces blocks are mostly indented, and a line (zero-based) where one is. */
  spaces?: { width: number; line: number };
  /** The last line does not end. */
  unended?: true;
  /** Offsets of the first string in each kind of quotes that need not be in it. */
  quotes?: { single?: number; double?: number };
  /** Offsets of the first statement that ends with a semicolon, and of the first that could. */
  semicolons?: { with?: number; without?: number };
}

export interface ConstructFacts extends Span {
  kind: SyntaxConstruct;
}

/** A variable, field, key or argument that is given `true` or `false`; the span is that of its name. */
export interface FlagFacts extends Span {
  /** The last name where it is qualified. */
  name: string;
  value: string;
}

export interface FunctionFacts extends Span {
  /** Go `(*T).m` or `f`; elsewhere `Class.method` or `f`; inner functions `outer.inner`, anonymous ones `outer.<anonymous>`. */
  symbol: string;
  /** Last part of the symbol; empty for an anonymous function. */
  name: string;
  nameSpan: Span;
  form: "function" | "method" | "constructor" | "closure";
  /** Index of the enclosing function in `FileFacts.functions`. */
  parent: number | undefined;
  /** The type that declares a method, without pointer or type arguments. */
  typeName: string | undefined;
  /** `typeParameters` are the names a Go method gives those of its type. */
  receiver: { name: string; pointer: boolean; typeParameters?: string[] } | undefined;
  typeParameters: TypeParameterFacts[];
  parameters: ParameterFacts[];
  /** Declared result types, as written. */
  results: string[];
  /** The names of results that are variables of the body, in the order of `results`. */
  resultNames?: string[];
  /** The type of the variable that a function expression is declared as, as written: `const hail: Command = …`. */
  declaredAs?: string;
  modifiers: Modifier[];
  /** Decorators and annotations with their arguments, without `@`. */
  decorators: string[];
  doc: string | undefined;
  isTest: boolean;
  /** Contains text that did not parse: its steps and metrics are not to be trusted. */
  damaged: boolean;
  metrics: FunctionMetrics;
  /** Of the lines that `metrics` counts, those without code; only of functions that somebody may find long. */
  bareLines?: BareLines;
  /** Cognitive complexity without that of the functions inside. */
  ownCognitive: number;
  callsItself: boolean;
  /** Structure only: formatting, comments and names of locals leave it unchanged. */
  shapeHash: string;
  steps: Step[];
}

export type Modifier = "async" | "generator" | "static" | "abstract" | "public" | "exported" | "getter" | "setter";

export interface ParameterFacts {
  /** A pattern that takes the argument apart stands here as written. */
  name: string;
  type?: string;
  default?: string;
  rest?: boolean;
  /** The names a pattern binds; their origins go on from the argument: `.user.id`, `#0`. */
  parts?: VariableFacts[];
}

/** Numbers of lines that are blank, hold only brackets and what ends a statement, or begin with a comment. */
export interface BareLines {
  blank?: number;
  brackets?: number;
  comments?: number;
}

export interface FunctionMetrics {
  /** SonarSource's Cognitive Complexity. */
  cognitive: number;
  /** McCabe's cyclomatic complexity. */
  cyclomatic: number;
  lines: number;
  parameters: number;
  /** Deepest nesting of control structures. */
  maxNesting: number;
}

/**
 * A place data lives, as a dotted text in one normal form: `s.players[].name`, `rows().next`. `this` and `self` are
 * kept as written. Parsed by `parseAccessPath`.
 *
 * - `[]` any element by its key, `[each]` what a loop over it yields, `[key]` a key of it
 * - `()` the result of a call, `#1` the second part of a tuple or of several results
 * - `(f)`, `(<func#3>)` the result of a call that is handed that function; only in origins, callees leave it out
 * - `(<*T>)` the result of a call that is handed nothing but a type: Go `find((*T)(nil))`, Java `(<T>)`: `find(T.class)`
 * - `<T>` seen as a `T`: `x<*ast.Ident>.Name`; in front, a value of type `T` that has no name: `<string>.trim`
 * - `<func#3>` in front, the function with index 3 in `FileFacts.functions`
 * - `<each rows()[each].name>` in front, a list of what the path inside leads to
 */
export type AccessPath = string;

/** A name bound inside a function. */
export interface VariableFacts {
  name: string;
  /** Declared type, as written. */
  type?: string;
  /** Where its value comes from. */
  origin?: AccessPath;
}

/** What a function does, in evaluation order. Sub-expressions come before the step that uses them. */
export type Step =
  | CallStep
  | ReadStep
  | AssignStep
  | WriteStep
  | BranchStep
  | LoopStep
  | TryStep
  | ScopeStep
  | ReturnStep
  | ThrowStep
  | SpawnStep
  | DeferStep
  | LambdaStep
  | ChannelStep
  | JumpStep
  | YieldStep;

export interface CallStep extends Span {
  kind: "call";
  callee: AccessPath;
  arguments: Value[];
  constructs?: boolean;
  awaited?: boolean;
  /** Names that are known more closely afterwards: `assert isinstance(x, Foo)`. */
  narrows?: VariableFacts[];
}

export interface ReadStep extends Span {
  kind: "read";
  path: AccessPath;
}

/** A local variable gets a value. */
export interface AssignStep extends Span {
  kind: "assign";
  target: string;
  /** `=`, or the operator of a compound assignment: `+`, `<<`, `??`. */
  operator: string;
  value: Value;
  declares: boolean;
  /** Declared type, as written. */
  type?: string;
  /** Where the value comes from when `value` does not say: one part of a destructured value. */
  origin?: AccessPath;
}

/** A field, an element, or a variable of an enclosing function or file gets a value. */
export interface WriteStep extends Span {
  kind: "write";
  path: AccessPath;
  operator: string;
  value: Value;
  /** Keys of the elements in `path`, outermost last. */
  keys: Value[];
}

export interface BranchStep extends Span {
  kind: "branch";
  form: "if" | "conditional" | "switch" | "select" | "logical";
  condition: Value | undefined;
  /** What jumps call it, where it has a name. */
  label?: string;
  arms: BranchArm[];
  /** Names that are known more closely afterwards, since an arm leaves: `if not isinstance(x, Foo): return`. */
  narrows?: VariableFacts[];
}

export interface BranchArm extends Span {
  /** The values a switch arm stands for; empty for `if`, `else` and `default`. */
  labels: Value[];
  isDefault: boolean;
  /** Names that are known more closely inside this arm: a type switch, `instanceof`, `isinstance`. */
  variables?: VariableFacts[];
  steps: Step[];
}

export interface LoopStep extends Span {
  kind: "loop";
  form: "each" | "while" | "for" | "comprehension";
  /** The collection, channel or iterator a loop goes over. */
  over: Value | undefined;
  variables: VariableFacts[];
  condition: Value | undefined;
  /** What jumps call it, where it has a name. */
  label?: string;
  /** Run before every iteration. */
  header: Step[];
  body: Step[];
}

export interface TryStep extends Span {
  kind: "try";
  body: Step[];
  catches: CatchArm[];
  finally: Step[];
}

export interface CatchArm extends Span {
  /** Caught types as written; empty catches everything. */
  types: string[];
  variable: string | undefined;
  steps: Step[];
}

/** Something held while the body runs: Python `with`, Java `synchronized` and try-with-resources. */
export interface ScopeStep extends Span {
  kind: "scope";
  form: "with" | "synchronized" | "resource";
  resource: Value;
  variable: VariableFacts | undefined;
  body: Step[];
}

export interface ReturnStep extends Span {
  kind: "return";
  values: Value[];
}

export interface ThrowStep extends Span {
  kind: "throw";
  value: Value | undefined;
}

/** Work that goes on without its caller: Go `go`. */
export interface SpawnStep extends Span {
  kind: "spawn";
  steps: Step[];
}

/** Work that runs when the function is left. */
export interface DeferStep extends Span {
  kind: "defer";
  steps: Step[];
}

/** A function made here; `function` indexes `FileFacts.functions`. */
export interface LambdaStep extends Span {
  kind: "lambda";
  function: number;
}

export interface ChannelStep extends Span {
  kind: "channel";
  form: "send" | "receive";
  path: AccessPath;
}

export interface JumpStep extends Span {
  kind: "jump";
  form: "break" | "continue" | "goto" | "fallthrough";
  label: string | undefined;
}

export interface YieldStep extends Span {
  kind: "yield";
  value: Value | undefined;
}

export type Value =
  | PathValue
  | LiteralValue
  | CallValue
  | OperationValue
  | CompositeValue
  | ConditionalValue
  | LambdaValue
  | OtherValue;

export interface PathValue extends Span {
  kind: "path";
  path: AccessPath;
  /** Keys of the elements in `path`, outermost last. */
  keys?: Value[];
  /** What a pointer leads to, as a value of its own: Go `*p`. */
  dereferenced?: true;
  /** The type a cast gives it, as written. */
  seenAs?: string;
}

export interface LiteralValue extends Span {
  kind: "literal";
  type: "number" | "string" | "boolean" | "null" | "regex";
  /** As written, without quotes for strings. */
  text: string;
  /** Its type when that is not the language's usual one for such a literal: Java's `char`. */
  seenAs?: string;
}

/** The result of the call step of the same span. */
export interface CallValue extends Span {
  kind: "call";
  callee: AccessPath;
  arguments: Value[];
  /** The type a cast gives it, as written. */
  seenAs?: string;
}

export interface OperationValue extends Span {
  kind: "operation";
  /** As written in the source language; `!` and `not` are both `!`, `&&` and `and` both `&&`. */
  operator: string;
  operands: Value[];
}

export interface CompositeValue extends Span {
  kind: "composite";
  form: "list" | "map" | "tuple" | "object" | "template" | "set";
  typeName?: string;
  keys?: Value[];
  parts: Value[];
}

export interface ConditionalValue extends Span {
  kind: "conditional";
  condition: Value;
  then: Value;
  else: Value;
}

export interface LambdaValue extends Span {
  kind: "lambda";
  function: number;
}

export interface OtherValue extends Span {
  kind: "other";
  parts: Value[];
}
