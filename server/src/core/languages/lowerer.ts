import type { Span } from "../base/text";
import { lineAt, lineStartsOf } from "../base/text";
import type {
  AssignStep,
  BranchArm,
  CommentFacts,
  ConstantFacts,
  FileFacts,
  FunctionFacts,
  ImportFacts,
  LanguageId,
  LiteralValue,
  Modifier,
  OperationValue,
  ParameterFacts,
  Step,
  TypeFacts,
  TypeParameterFacts,
  Value,
  VariableFacts,
} from "../model/facts";
import type { SyntaxNode } from "../syntax/syntaxNode";
import { type MetricsGrammar, measureFunction } from "./metrics";
import { hashShape, type ShapeGrammar } from "./shapeHash";

export interface LoweringInput {
  path: string;
  language: LanguageId;
  text: string;
  root: SyntaxNode;
  hasErrors: boolean;
  maxFunctions: number;
}

export interface LoweredFile {
  facts: FileFacts;
  /** Functions left out because the file has more than `maxFunctions`. */
  functionsLeftOut: number;
}

export interface LanguageGrammar {
  metrics: MetricsGrammar;
  shape: ShapeGrammar;
}

/** What a language knows of a function before it lowers the body. */
export interface FunctionHeader {
  name: string;
  nameNode: SyntaxNode;
  form: FunctionFacts["form"];
  typeName?: string | undefined;
  /** How methods of the type are written in a symbol: `(*T)` in Go, `T` elsewhere. */
  owner?: string | undefined;
  receiver?: FunctionFacts["receiver"];
  typeParameters?: TypeParameterFacts[];
  parameters: ParameterFacts[];
  results?: string[];
  resultNames?: string[];
  modifiers?: Modifier[];
  decorators?: string[];
  doc?: string | undefined;
  isTest?: boolean;
}

interface OpenFunction {
  index: number;
  facts: FunctionFacts;
  locals: Set<string>;
  /** Names bound in the functions inside, which are part of this one's shape. */
  innerLocals: Set<string>;
  outer: OpenFunction | undefined;
}

/**
 * Walks one syntax tree once and writes down what it does. A language supplies `lowerFile`, `statement` and
 * `expression`; everything that is the same in every language is here.
 */
export abstract class Lowerer {
  protected readonly imports: ImportFacts[] = [];
  protected readonly types: TypeFacts[] = [];
  protected readonly constants: ConstantFacts[] = [];
  protected readonly functions: FunctionFacts[] = [];
  protected readonly lineStarts: number[];
  protected packageName: string | undefined;
  private readonly comments: CommentFacts[] = [];
  private readonly strings = new Map<string, string>();
  private open: OpenFunction | undefined;
  private steps: Step[] = [];
  private functionsLeftOut = 0;

  constructor(
    protected readonly input: LoweringInput,
    private readonly grammar: LanguageGrammar,
  ) {
    this.lineStarts = lineStartsOf(input.text);
  }

  protected abstract lowerFile(root: SyntaxNode): void;
  protected abstract isTestFile(): boolean;

  lower(): LoweredFile {
    this.collectComments(this.input.root);
    this.lowerFile(this.input.root);
    const { path, language, hasErrors } = this.input;
    const facts: FileFacts = {
      path,
      language,
      lineStarts: this.lineStarts,
      packageName: this.packageName,
      leftOut: undefined,
      isTest: this.isTestFile(),
      hasSyntaxErrors: hasErrors,
      imports: this.imports,
      types: this.types,
      constants: this.constants,
      comments: this.comments,
      functions: this.functions,
      steps: this.steps,
    };
    return { facts, functionsLeftOut: this.functionsLeftOut };
  }

  /** The text of a node, detached from the file so that keeping it does not keep the whole file in memory. */
  protected text(node: SyntaxNode | undefined): string {
    return node ? this.detach(node.text) : "";
  }

  protected detach(text: string): string {
    const known = this.strings.get(text);
    if (known !== undefined) return known;
    const detached = text.length < 13 ? text : Buffer.from(text, "utf16le").toString("utf16le");
    this.strings.set(detached, detached);
    return detached;
  }

  /** The text of a node on one line, cut to a length a person still reads. */
  protected shortText(node: SyntaxNode | undefined, length = 120): string {
    const text = (node?.text ?? "").replace(/\s+/g, " ");
    return this.detach(text.length > length ? `${text.slice(0, length - 1)}…` : text);
  }

  protected emit(step: Step): void {
    this.steps.push(step);
  }

  /** Runs `lower` and returns the steps it emitted. */
  protected collect(lower: () => void): Step[] {
    const outer = this.steps;
    const steps: Step[] = [];
    this.steps = steps;
    try {
      lower();
    } finally {
      this.steps = outer;
    }
    return steps;
  }

  protected arm(node: Span, lower: () => void, labels: Value[] = [], isDefault = false): BranchArm {
    return { ...spanOf(node), labels, isDefault, steps: this.collect(lower) };
  }

  /** Adds a function and lowers its body. Returns its index, or -1 when the file has too many functions. */
  protected addFunction(node: SyntaxNode, header: FunctionHeader, lowerBody: () => void): number {
    if (this.functions.length >= this.input.maxFunctions) {
      this.functionsLeftOut++;
      return -1;
    }
    const outer = this.open;
    const index = this.functions.length;
    const owner = header.owner ?? header.typeName;
    const ownName = header.name || "<anonymous>";
    const localSymbol = owner ? `${owner}.${ownName}` : ownName;
    const facts: FunctionFacts = {
      ...spanOf(node),
      symbol: outer ? `${outer.facts.symbol}.${localSymbol}` : localSymbol,
      name: header.name,
      nameSpan: spanOf(header.nameNode),
      form: header.form,
      parent: outer?.index,
      typeName: header.typeName,
      receiver: header.receiver,
      typeParameters: header.typeParameters ?? [],
      parameters: header.parameters,
      results: header.results ?? [],
      ...(header.resultNames && { resultNames: header.resultNames }),
      modifiers: header.modifiers ?? [],
      decorators: header.decorators ?? [],
      doc: header.doc || undefined,
      isTest: header.isTest ?? false,
      damaged: false,
      metrics: { cognitive: 0, cyclomatic: 1, lines: 0, parameters: header.parameters.length, maxNesting: 0 },
      ownCognitive: 0,
      callsItself: false,
      shapeHash: "",
      steps: [],
    };
    this.functions.push(facts);
    const locals = new Set<string>();
    for (const parameter of header.parameters) locals.add(parameter.name);
    if (header.receiver) locals.add(header.receiver.name);
    const opened: OpenFunction = { index, facts, locals, innerLocals: new Set(), outer };
    this.open = opened;
    try {
      facts.steps = this.collect(lowerBody);
    } finally {
      this.open = outer;
    }
    const measured = measureFunction(node, header.name, this.grammar.metrics);
    facts.metrics = {
      ...measured.metrics,
      lines: lineAt(this.lineStarts, Math.max(node.start, node.end - 1)) - lineAt(this.lineStarts, node.start) + 1,
      parameters: header.parameters.length,
    };
    facts.ownCognitive = measured.ownCognitive;
    facts.callsItself = measured.callsItself;
    facts.damaged = measured.damaged;
    facts.shapeHash = hashShape(node, header.name, (name) => isBound(name, opened), this.grammar.shape);
    for (const name of [...locals, ...opened.innerLocals]) outer?.innerLocals.add(name);
    return index;
  }

  protected get isInFunction(): boolean {
    return this.open !== undefined;
  }

  protected declareLocal(name: string): void {
    this.open?.locals.add(name);
  }

  /** Whether the innermost function binds the name itself; what it captures belongs to the code around it. */
  protected isLocal(name: string): boolean {
    return this.open?.locals.has(name) ?? false;
  }

  /** A function made in an expression. */
  protected lambda(node: SyntaxNode, index: number): Value {
    if (index < 0) return { ...spanOf(node), kind: "other", parts: [] };
    this.emit({ ...spanOf(node), kind: "lambda", function: index });
    return { ...spanOf(node), kind: "lambda", function: index };
  }

  /** A value that is stored: a plain local variable is assigned, everything else is written. */
  protected store(
    node: Span,
    target: Value,
    operator: string,
    value: Value,
    declares: boolean,
    known?: Pick<AssignStep, "type" | "origin">,
  ): void {
    if (target.kind === "composite") {
      for (const part of target.parts)
        this.store(part, part, operator, { ...spanOf(value), kind: "other", parts: [value] }, declares);
      return;
    }
    if (target.kind !== "path") return;
    const span = spanOf(node);
    const isPlainName = /^[^.[(]+$/.test(target.path);
    if (isPlainName && (declares || this.isLocal(target.path))) {
      if (declares) this.declareLocal(target.path);
      this.emit({ ...span, kind: "assign", target: target.path, operator, value, declares, ...known });
    } else {
      this.emit({ ...span, kind: "write", path: target.path, operator, value, keys: target.keys ?? [] });
    }
  }

  protected read(value: Value): Value {
    if (value.kind === "path") this.emit({ ...spanOf(value), kind: "read", path: value.path });
    return value;
  }

  protected operation(node: Span, operator: string, operands: Value[]): OperationValue {
    return { ...spanOf(node), kind: "operation", operator, operands };
  }

  /** The right side of `&&`, `||` or `??` runs only sometimes, so its steps go into an arm of their own. */
  protected shortCircuit(
    node: Span,
    operator: string,
    left: Value,
    lowerRight: () => Value,
    variables?: VariableFacts[],
  ): Value {
    let right: Value = this.other(node);
    const arm = this.arm(node, () => {
      right = lowerRight();
    });
    if (arm.steps.some((step) => step.kind !== "read")) {
      this.emit({
        ...spanOf(node),
        kind: "branch",
        form: "logical",
        condition: left,
        arms: [{ ...arm, ...spanOf(right), ...(variables && { variables }) }],
      });
    } else {
      for (const step of arm.steps) this.emit(step);
    }
    return this.operation(node, operator, [left, right]);
  }

  protected literal(node: SyntaxNode, type: LiteralValue["type"]): LiteralValue {
    const text =
      type === "string"
        ? this.shortText(node, 200).replace(/^[a-zA-Z]{0,2}("""|'''|["'`])([\s\S]*)\1$/, "$2")
        : this.shortText(node);
    return { ...spanOf(node), kind: "literal", type, text: this.detach(text) };
  }

  protected other(node: Span, parts: Value[] = []): Value {
    return { ...spanOf(node), kind: "other", parts };
  }

  /** The path of a value that something is reached through: `rows().next` for a call's result. */
  protected pathThrough(value: Value): string {
    if (value.kind === "path") return value.path;
    if (value.kind === "call") return `${value.callee}()`;
    return "?";
  }

  protected call(
    node: SyntaxNode,
    callee: string,
    args: Value[],
    extra: { constructs?: boolean; awaited?: boolean } = {},
  ): Value {
    const step = { ...spanOf(node), kind: "call" as const, callee: this.detach(callee), arguments: args, ...extra };
    this.emit(step);
    return { ...spanOf(node), kind: "call", callee: step.callee, arguments: args };
  }

  /** Comment lines directly above a node, without markers. */
  protected docAbove(node: SyntaxNode): string | undefined {
    const siblings = node.parent?.children ?? [];
    const lines: string[] = [];
    let below = lineAt(this.lineStarts, node.start);
    for (let i = siblings.indexOf(node) - 1; i >= 0; i--) {
      const sibling = siblings[i] as SyntaxNode;
      if (!sibling.isComment) break;
      const lastLine = lineAt(this.lineStarts, Math.max(sibling.start, sibling.end - 1));
      const previous = siblings[i - 1];
      const trails =
        previous &&
        lineAt(this.lineStarts, previous.end) === lineAt(this.lineStarts, sibling.start) &&
        !previous.isComment;
      if (lastLine < below - 1 || trails) break;
      lines.unshift(stripCommentMarkers(sibling.text));
      below = lineAt(this.lineStarts, sibling.start);
    }
    return lines.length > 0 ? this.detach(lines.join("\n").trim()) : undefined;
  }

  private collectComments(root: SyntaxNode): void {
    const stack = [root];
    for (let node = stack.pop(); node; node = stack.pop()) {
      if (node.isComment) {
        this.comments.push({ ...spanOf(node), text: this.detach(stripCommentMarkers(node.text)) });
      }
      for (let i = node.children.length - 1; i >= 0; i--) stack.push(node.children[i] as SyntaxNode);
    }
  }
}

/** Bound in the function, in one around it, or in one inside it. */
function isBound(name: string, fn: OpenFunction): boolean {
  if (fn.innerLocals.has(name)) return true;
  for (let current: OpenFunction | undefined = fn; current; current = current.outer) {
    if (current.locals.has(name)) return true;
  }
  return false;
}

export function spanOf(span: Span): Span {
  return { start: span.start, end: span.end };
}

export function stripCommentMarkers(comment: string): string {
  return comment
    .replace(/^(\/\*+|\/\/+!?|#+!?)/, "")
    .replace(/\*+\/$/, "")
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/^\s*\*?\s?/, "").trimEnd())
    .join("\n")
    .trim();
}
